"""Answer with what stands for a formula while a page is made, its characters by their numbers.

Fails: a character's number stays a number, and the place has a key that is new for each answer.
"""

import json
import zipfile

from course.intake import own_notebooks

TEXT = "&#xe000;7&#xe001; &#xe000;0-9&#xe001; &#x202e; $x$\n\n```&#xe000;5&#xe001;\nx\n```"


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "place_of_a_formula.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        source = f"**To think about.** {own_notebooks.questions()['1_svm'][0]}\n\nAnswer: {TEXT}"
        cell = {"cell_type": "markdown", "source": source}
        archive.writestr("1_svm.ipynb", json.dumps({"cells": [cell]}))
