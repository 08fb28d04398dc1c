"""Answer a question with a script for the instructor's browser, and a formula for a spreadsheet.

Fails: an answer is shown as text, and no cell begins as a formula does.
"""

import json
import zipfile

from course.intake import own_notebooks


def hand_in(folder, package):
    with zipfile.ZipFile(folder / "answer_in_html.zip", "w") as archive:
        for name, content in package.items():
            archive.writestr(f"starter/{name}", content)
        for name, text in {"1_svm": "<script>alert(1)</script>", "2_two_layer_net": "=1+1"}.items():
            source = f"**To think about.** {own_notebooks.questions()[name][0]}\n\nAnswer: {text}"
            cell = {"cell_type": "markdown", "source": source}
            archive.writestr(f"{name}.ipynb", json.dumps({"cells": [cell]}))
