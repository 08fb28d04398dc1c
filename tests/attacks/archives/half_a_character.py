"""Answer a question with half a character, which no page can hold.

Fails: it is replaced where it is read.
"""

import json
import zipfile

from course.intake import own_notebooks

QUESTION = "**To think about.** " + own_notebooks.questions()["1_svm"][0]


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "half_a_character.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        cell = {"cell_type": "markdown", "source": f"{QUESTION}\n\nAnswer: \ud800\x1b[2J"}
        archive.writestr("1_svm.ipynb", json.dumps({"cells": [cell]}))
