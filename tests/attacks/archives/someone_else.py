"""Be called as another student is, but for capitals and what a name may not hold.

Fails: every submission has an id of its own.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "AAA-HONEST.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
