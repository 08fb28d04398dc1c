"""A notebook nested a million deep.

Fails: a notebook that cannot be read has no answers, and says so.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "deep_notebook.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        archive.writestr("1_svm.ipynb", b"[" * 1_000_000)
