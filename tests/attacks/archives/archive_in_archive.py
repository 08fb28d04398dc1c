"""An archive in an archive in an archive.

Fails: an archive is opened once.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "archive_in_archive.zip", "w") as archive:
        archive.writestr("starter.zip", b"PK\x05\x06" + bytes(18))
