"""A megabyte of empty lines, each of which a search could try anew.

Fails: a search for imports looks within one line.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "newlines.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"cs231n/{name}", content)
        archive.writestr("cs231n/helper.py", b"\n" * (2**20 - 1))
