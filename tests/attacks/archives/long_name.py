"""Be called by 63 characters of four bytes, so that a page about it has a name too long for a disk.

Fails: names of files are made by us, and short.
"""

import zipfile

NAME = "\U00020000" * 62


def hand_in(folder, package):
    with zipfile.ZipFile(folder / f"{NAME}.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr(f"starter/{'a' * 80}.py", b"x = 1\n")
        archive.writestr(f"starter/{chr(0x20000) * 80}.py", b"x = 1\n")
