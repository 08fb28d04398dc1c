"""A megabyte of empty lines in a module of the course, which a search for stubs could try anew.

Fails: stubs are looked for within one line.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "newlines_in_task.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("starter/optim (1).py", package["optim.py"] + b"\n" * 900_000 + b"x = 1\n")
