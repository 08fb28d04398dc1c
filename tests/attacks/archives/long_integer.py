"""A notebook that holds a number of five million digits.

Fails: it is parsed where time is limited, and Python refuses such a number.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "long_integer.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("1_svm.ipynb", b'{"cells": ' + b"9" * 5_000_000 + b"}")
