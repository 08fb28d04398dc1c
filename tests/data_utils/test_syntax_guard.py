"""In a running notebook: what is judged is what is in the files."""

import shutil

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from course import notebook, paths

SET_UP = "".join(notebook.read(paths.notebooks()[0])["cells"][1]["source"])
CALL = "svm_loss_naive(np.zeros((2, 3)), np.zeros((4, 2)), np.zeros(4, int), 0.0)"
RIGHT = "def svm_loss_naive(W, X, y, reg):\n    return 2.0, W\n"
LATER = '\n\n\ndef svm_loss_naive(W, X, y, reg):\n    """Say."""\n    return missing\n'
UNREADABLE = "def svm_loss_naive(W, X, y, reg:\n    return 2.0, W\n"


@pytest.fixture
def said(tmp_path):
    """Return a function: the texts and errors of CALL, run after each of some edits."""
    shutil.copytree(paths.STARTER, tmp_path / "starter")
    shutil.copytree(paths.DATA_UTILS, tmp_path / "data_utils")
    (tmp_path / "assignments").mkdir()
    file = tmp_path / "starter" / "linear_svm.py"
    rest = file.read_text().partition("def svm_loss_vectorized")

    def run(*edits):
        cells = [SET_UP]
        for number, text in enumerate(edits, 1):
            source = text + "\n\n" + "".join(rest[1:])
            cells.append(write(file, source, number))
            cells.append(CALL)
        book = new_notebook(cells=[new_code_cell(source) for source in cells])
        where = {"metadata": {"path": str(tmp_path / "assignments")}}
        NotebookClient(book, allow_errors=True, kernel_name="python3", resources=where).execute()
        return [told(cell) for cell in book.cells[2::2]]

    return run


def write(file, source, number):
    """Return a cell that saves a file as an editor would, `number` seconds from now."""
    return (
        f"import os, time; _ = open({str(file)!r}, 'w').write({source!r})\n"
        f"os.utime({str(file)!r}, (time.time() + {number},) * 2)"
    )


def told(cell):
    """Return a cell's printed texts, result and tracebacks as one text."""
    parts = [o.get("text", "") or "\n".join(o.get("traceback", [])) for o in cell.outputs]
    results = [o["data"]["text/plain"] for o in cell.outputs if "data" in o]
    return "".join(parts + results)


def test_a_saved_edit_is_judged_without_a_restart(said):
    before, after = said(RIGHT, RIGHT.replace("2.0", "3.0"))
    assert before.startswith("(2.0")
    assert after.startswith("(3.0")


def test_the_line_of_an_edited_function_is_the_line_in_the_file(said):
    _, after = said(RIGHT, LATER)
    assert "NameError" in after
    assert "starter/linear_svm.py, line 6" in after


def test_a_file_that_cannot_be_read_is_one_sentence_and_nothing_is_judged(said):
    _, after = said(RIGHT, UNREADABLE)
    assert after.startswith(
        "✗ Python cannot read starter/linear_svm.py, line 1: '(' was never closed"
    )
    assert "2.0" not in after
    assert "Traceback" not in after
