"""A module of 300 MB of blanks, packed by bzip2 into some hundred bytes, which unpacks at once.

Fails: what a header calls too large is not unpacked; and memory is limited where it lies.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "blanks.zip", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("starter/optim.py", package["optim.py"])
        with archive.open("starter/softmax.py", "w", force_zip64=True) as stream:
            for _ in range(300):
                stream.write(b" " * 2**20)
