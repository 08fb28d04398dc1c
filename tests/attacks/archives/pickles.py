"""Data that run a program when they are loaded.

Fails: nothing but modules and the course's notebooks is read, and nothing is loaded.
"""

import zipfile

LOADED = b"cos\nsystem\n(S'touch @CANARY@/attacked'\ntR."


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "pickles.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("starter/params.pkl", LOADED)
        archive.writestr("starter/data.npy", b"\x93NUMPY\x01\x00" + LOADED)
        archive.writestr("checkpoint.npz", LOADED)
