"""What a student reads when something is raised, in this process and in a real kernel."""

import json
import subprocess
import sys
import textwrap

import pytest

from course import paths
from data_utils import failures
from tests.mistakes.harness import at_home, execute


def told(tmp_path, module, cell):
    """Return the CheckFailed about a cell run on a package of one module, starter.task."""
    (tmp_path / "starter").mkdir()
    (tmp_path / "starter" / "__init__.py").touch()
    (tmp_path / "starter" / "task.py").write_text(textwrap.dedent(module))
    with at_home(tmp_path, 0):
        try:
            execute(f"import numpy as np\nfrom starter.task import f\n{cell}", {})
        except Exception as error:
            return failures.verdict(error)
    return None


def test_a_stub_is_not_written_yet(tmp_path):
    verdict = told(
        tmp_path, 'def f():\n    raise NotImplementedError("f is yours to write")', "f()"
    )
    assert isinstance(verdict, failures.NotWritten)
    assert verdict.sentence == "f is not written yet: starter/task.py, line 2"


def test_a_helper_that_is_not_written_yet_is_named(tmp_path):
    code = """
    def g():
        raise NotImplementedError("g is yours to write")

    def f():
        return g()
    """
    assert told(tmp_path, code, "f()").sentence == "g is not written yet: starter/task.py, line 3"


def test_an_exception_comes_with_its_way_through_the_students_files(tmp_path):
    code = "def f(x):\n    return g(x)\n\ndef g(x):\n    return x['a']\n"
    verdict = told(tmp_path, code, "f({})")
    assert verdict.diagnosis == "raised"
    assert verdict.sentence == (
        "f raised KeyError: 'a'\n  starter/task.py, line 2, in f\n    return g(x)"
        "\n  starter/task.py, line 5, in g\n    return x['a']"
    )


def test_writing_into_an_argument_is_named(tmp_path):
    cell = "x = np.ones(3)\nx.flags.writeable = False\nf(x)"
    verdict = told(tmp_path, "def f(x):\n    x += 1", cell)
    assert verdict.diagnosis == "in-place"
    assert "f writes into an array that it was given: starter/task.py, line 2: `x += 1`" in (
        verdict.sentence
    )


@pytest.mark.parametrize(
    ("returns", "cell", "code"),
    [
        ("None", "loss, dW = f()", "returned-none"),
        ("None", "f()[0]", "returned-none"),
        ("None", "f() + 1", "returned-none"),
        ("1.0", "loss, dW = f()", "returned-count"),
        ("1.0", "f()[1]", "returned-count"),
        ("(1, 2, 3)", "loss, dW = f()", "returned-count"),
        ("1.0", "f(1, 2)", "arguments"),
        ("1.0", "f(reg=1)", "arguments"),
        ("1.0", "best_svm", "cell-order"),
    ],
)
def test_an_error_in_a_cell_is_traced_to_what_was_returned(tmp_path, returns, cell, code):
    verdict = told(tmp_path, f"def f():\n    return {returns}", cell)
    assert verdict.diagnosis == code
    assert cell in verdict.sentence


def test_a_file_that_python_cannot_read_is_named(tmp_path):
    verdict = told(tmp_path, "def f(:\n    pass", "f()")
    assert verdict.sentence.startswith("Python cannot read starter/task.py, line 1: invalid syntax")
    assert verdict.diagnosis == "syntax"


def test_a_file_that_cannot_be_imported_is_named(tmp_path):
    verdict = told(tmp_path, "f = g", "f()")
    assert verdict.sentence.startswith("starter/task.py cannot be imported, it raises NameError")


def test_an_error_of_the_cell_alone_is_left_to_python(tmp_path):
    assert told(tmp_path, "def f():\n    return 1", "1 / 0") is None


def test_a_failure_as_text_ends_with_its_code():
    assert str(failures.CheckFailed("It is wrong.", "sign")) == "It is wrong. [sign]"


KERNEL = """
import json, sys
import nbformat
from nbclient import NotebookClient
cells = [nbformat.v4.new_code_cell(source) for source in json.load(sys.stdin)]
document = nbformat.v4.new_notebook(cells=cells)
NotebookClient(document, kernel_name="python3", allow_errors=True).execute()
print(json.dumps([cell.outputs for cell in cells]))
"""


@pytest.fixture(scope="module")
def shown():
    """Return {cell: outputs} of cells run in a real kernel."""
    set_up = f"import sys; sys.path[:0] = [{str(paths.ROOT)!r}]\nfrom data_utils import check\n"
    cells = [
        f"{set_up}check.show_sentences()\nimport numpy as np",
        "check.close('the loss', 2.0, 1.0)",
        "from starter.linear_svm import svm_loss_naive\n"
        "svm_loss_naive(np.ones((2, 3)), np.ones((4, 2)), np.array([0, 1, 2, 0]), 0.0)",
        "1 / 0",
        "check.close('the loss', 2.0, 4.0)",
    ]
    ran = subprocess.run(
        [sys.executable, "-c", KERNEL], input=json.dumps(cells), capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return [outputs[0] if outputs else None for outputs in json.loads(ran.stdout)]


def test_a_kernel_shows_a_failed_check_as_its_sentence_alone(shown):
    assert shown[1]["traceback"] == [
        "✗ the loss: no, yours is 2, expected 1. It is twice too large: does something count double?"
    ]


def test_a_kernel_shows_a_stub_as_one_sentence(shown):
    assert len(shown[2]["traceback"]) == 1
    assert (
        "svm_loss_naive is not written yet: starter/linear_svm.py, line"
        in (shown[2]["traceback"][0])
    )


def test_a_kernel_shows_other_errors_as_ever(shown):
    assert shown[3]["ename"] == "ZeroDivisionError"
    assert len(shown[3]["traceback"]) > 1


def test_a_kernel_shows_sentences_again_after_another_error(shown):
    assert len(shown[4]["traceback"]) == 1
