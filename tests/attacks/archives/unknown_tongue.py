"""Write a module in an encoding that nobody can read.

Fails: where an encoding does not hold, a module is read as Latin-1; Python itself refuses it later.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "unknown_tongue.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("starter/other.py", b"# coding: undefined\n" + package["optim.py"])
        archive.writestr("starter/helper.py", b"# coding: punycode\nx-9" * 1000)
