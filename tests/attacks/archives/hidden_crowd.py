"""Hand in sixty thousand hidden files, which are passed over and so cost time alone.

Fails: what is passed over is counted, too.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "hidden_crowd.zip", "w") as archive:
        for number in range(60_000):
            archive.writestr(f".{number}", b"")
