"""Unpack over the grader: a module whose name climbs out of the folder.

Fails: nothing is unpacked, and such a name is refused.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "above.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("../../../course/judge.py", "")
