"""What a person who runs a notebook is told beside a verdict: where to go on."""

import json
from types import SimpleNamespace

import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course import paths
from data_utils import record
from data_utils.headings import heading
from data_utils.notebook import next_step, outline, say
from tests.helpers.kernel import SET_UP, Kernel

HINTS = "## 2. A task (4 points)\n\n<details><summary>Hints: f, the loss</summary>\n\n</details>"
CHECK = "# Check 1 (4 points): svm_loss_naive, the loss\n"
SVM = paths.ASSIGNMENTS / "1_svm.ipynb"


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """A record of one's own, empty."""
    monkeypatch.setattr(record, "FILE", tmp_path / ".progress")
    monkeypatch.setattr(record, "unwritten", list)


def written(folder, *cells):
    """Write a notebook of (kind, source) and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    found = [{"cell_type": kind, "source": source} for kind, source in cells]
    (folder / "1_svm.ipynb").write_text(json.dumps({"cells": found}))
    return folder / "1_svm.ipynb"


@pytest.fixture
def notebook(tmp_path):
    """A notebook whose names are made here and there."""
    return written(
        tmp_path,
        ("markdown", "# 1 · A title"),
        ("code", "import numpy as np\nfrom a import b as c"),
        ("markdown", "## 1. First"),
        ("code", "P, (Q, *R) = 1, (2, 3)\nfor i in range(3):\n    S = i\ndef f(x):\n    y = x"),
        ("markdown", HINTS),
        ("code", CHECK + "P + 1"),
        ("markdown", "## 3. Later\n\n### Again"),
        ("code", "P = 7"),
    )


@pytest.mark.parametrize("name", ["P", "Q", "R", "S", "i", "f"])
def test_the_heading_is_named_below_which_a_cell_makes_a_name(notebook, name):
    assert outline.maker(name, CHECK + "P + 1", notebook) == "1. First"


def test_the_nearest_cell_above_is_named_and_a_later_one_where_there_is_none(notebook):
    assert outline.maker("P", "a cell of one's own", notebook) == "Again"
    assert outline.maker("c", "P = 7", notebook) == ""


@pytest.mark.parametrize("name", ["x", "y", "b", "unheard_of"])
def test_a_name_that_no_cell_makes_is_none(notebook, name):
    assert outline.maker(name, "P = 7", notebook) is None


def test_hints_are_found_above_the_check_of_their_task(notebook):
    assert outline.hints_above(heading(CHECK), notebook) == "Hints: f, the loss"
    assert outline.hints_above(heading("# Check 9 (1 point): g"), notebook) is None


def test_of_several_hints_in_a_section_those_for_the_check_are_named(tmp_path):
    hints = "<summary>Hints: {}</summary>"
    checks = ["# Check 1 (1 point): f, float32, beyond CS231n", "# Check 2 (1 point): f, a seed"]
    cells = [
        ("markdown", f"## Beyond\n{hints.format('float32')}\n{hints.format('f, by hand')}"),
        *[("code", check) for check in checks],
        ("markdown", "## Elsewhere"),
        ("code", "# Check 3 (1 point): h"),
    ]
    path = tmp_path / "n.ipynb"
    path.write_text(json.dumps({"cells": [{"cell_type": k, "source": s} for k, s in cells]}))
    above = [outline.hints_above(heading(check), path) for check in [*checks, cells[-1][1]]]
    assert above == ["Hints: float32", "Hints: f, by hand", None]


def test_a_pass_tells_points_how_many_checks_hold_and_the_next_task_with_its_stub():
    record.add(CHECK.strip(), "svm_loss_naive, the loss", "passed")
    told = next_step.sentences(heading(CHECK), SVM)
    assert told.startswith("4 of 4 points. In this notebook 1 of 17 checks hold: 4 of 39 points.\n")
    line = record.places("svm_loss_naive")["linear_svm.py"]
    text = (paths.STARTER / "linear_svm.py").read_text().split("\n")[line - 1]
    assert told.endswith(
        f"Next: check 2, svm_loss_naive, the gradient, in starter/linear_svm.py, line {line}."
    )
    assert text.startswith("def svm_loss_naive(")


def test_the_last_pass_tells_the_next_notebook():
    for check, _ in next_step.progress.by_notebook()[SVM]:
        points = f"{check.points} point{'s' * (check.points != 1)}"
        record.add(f"# Check {check.number} ({points}): {check.task}", check.task, "passed")
    told = next_step.sentences(heading(CHECK), SVM)
    assert told.endswith("That is all of it. On to 2_two_layer_net.ipynb.")


def test_files_are_links_and_what_a_student_wrote_is_text(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    say.say("starter/optim.py, line 3: <b>`a & b`</b>, 2_two_layer_net.ipynb", good=False)
    page = shown[0]["text/html"]
    assert '<a href="../starter/optim.py">starter/optim.py</a>, line 3: ' in page
    assert '<a href="2_two_layer_net.ipynb">' in page
    assert "&lt;b&gt;`a &amp; b`&lt;/b&gt;" in page


@pytest.mark.parametrize(
    "environment", [{}, {"JPY_SESSION_NAME": "x/1_svm.ipynb", "COURSE_SEED": "1"}]
)
def test_no_notebook_is_being_read_where_a_program_runs_it(monkeypatch, environment):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert outline.here() is None


CELLS = [
    SET_UP,
    "from starter.linear_svm import svm_loss_naive",
    CHECK + 'check.that("it is", False, "It is not.")',
    "P",
    "1 / 0",
    "def (",
    'print("the end")',
]


def ran(folder, monkeypatch, cells=CELLS):
    """Return what each cell of a notebook shows that would stop at the first failed one."""
    document = new_notebook(cells=[new_markdown_cell(HINTS), *map(new_code_cell, cells)])
    Kernel(folder)
    written(folder / "assignments", *[(c.cell_type, c.source) for c in document.cells])
    where = {"metadata": {"path": str(folder / "assignments")}}
    NotebookClient(document, resources=where).execute()
    return [str(cell.outputs) for cell in document.cells[1:]]


def test_a_run_of_all_cells_goes_to_the_last_whatever_fails(tmp_path, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "assignments" / "1_svm.ipynb"))
    said = ran(tmp_path / "course", monkeypatch)
    assert "the end" in said[-1]
    assert "✗ it is" in said[2] and "Above this check, “Hints: f, the loss” unfolds" in said[2]
    assert "No cell of 1_svm.ipynb makes `P`" in said[3]
    assert "ZeroDivisionError" in said[4] and "SyntaxError" in said[5]


def test_a_failed_check_is_an_error_where_a_program_runs_the_notebook(tmp_path, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    with pytest.raises(CellExecutionError, match="it is"):
        ran(tmp_path / "course", monkeypatch)


def test_what_was_interrupted_stays_an_error(monkeypatch):
    from data_utils.notebook import show

    monkeypatch.setattr(outline, "here", lambda: SVM)
    result = SimpleNamespace(error_before_exec=None, error_in_exec=KeyboardInterrupt())
    show.go_on(result)
    assert isinstance(result.error_in_exec, KeyboardInterrupt)


def test_where_no_notebook_is_named_the_one_that_has_the_cell_is_found(monkeypatch):
    monkeypatch.delenv("COURSE_SEED", raising=False)
    path = paths.ASSIGNMENTS / "4_batchnorm.ipynb"
    source = next(
        text for _, kind, text in outline.cells(path) if kind == "code" and "data[" in text
    )
    assert outline.holding(source) == path
    assert outline.holding("data") is None and outline.holding("") is None
    monkeypatch.setenv("COURSE_SEED", "1")
    assert outline.holding(source) is None
