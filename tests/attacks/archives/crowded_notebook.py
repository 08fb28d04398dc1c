"""A notebook of a million cells, each of which could be compared with all questions.

Fails: of a notebook so many cells are read, in a process whose time is limited.
"""

import zipfile


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "crowded_notebook.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        cell = b'{"cell_type":"raw","source":"a"},'
        archive.writestr("1_svm.ipynb", b'{"cells":[' + cell * 300_000 + cell[:-1] + b"]}")
