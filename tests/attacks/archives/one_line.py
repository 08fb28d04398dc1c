"""A quarter of a million strings on one line, each of which could be compared with all of it.

Fails: submissions are compared by their first tokens, and a long line stands for no docstring.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "one_line.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("starter/helper.py", b"x = [" + b"''," * 250_000 + b"]\n")
