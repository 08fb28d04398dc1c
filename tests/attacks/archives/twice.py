"""Two files of one name in a zip: which one is checked, and which one counts?

Fails: both are read; the one in which more is written counts, and it is told.
"""

import warnings
import zipfile


def hand_in(folder, package):
    with warnings.catch_warnings(), zipfile.ZipFile(folder / "twice.zip", "w") as archive:
        warnings.simplefilter("ignore")
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("starter/optim.py", b"raise SystemExit\n")
