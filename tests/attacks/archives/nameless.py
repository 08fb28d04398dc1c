"""A file without a name, at which the reader of archives trips.

Fails: the archive is refused, with a sentence, and the class goes on.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "nameless.zip", "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = ""
        archive.writestr(info, b"")
