"""Fill the memory: thirty modules of a megabyte, in thirty kilobytes.

Fails: what is read is counted.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"starter/m{number}.py", bytes(2**20))
