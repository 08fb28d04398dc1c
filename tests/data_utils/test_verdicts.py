"""What a student reads when something is raised, in this process and in a real kernel."""

import json
import subprocess
import sys
import textwrap

import pytest

from course import paths
from data_utils import verdicts
from tests.mistakes.harness import at_home, execute


def said(tmp_path, module, cell):
    """Return the CheckFailed about a cell run on a package of one module, starter.task."""
    (tmp_path / "starter").mkdir()
    (tmp_path / "starter" / "__init__.py").touch()
    (tmp_path / "starter" / "task.py").write_text(textwrap.dedent(module))
    with at_home(tmp_path, 0):
        try:
            execute(f"import numpy as np\nfrom starter.task import f\n{cell}", {})
        except Exception as error:
            return verdicts.verdict(error)
    return None


def test_a_stub_is_not_written_yet(tmp_path):
    verdict = said(
        tmp_path, 'def f():\n    raise NotImplementedError("f is yours to write")', "f()"
    )
    assert isinstance(verdict, verdicts.NotWritten)
    assert verdict.sentence == "f is not written yet: starter/task.py, line 2"


def test_a_helper_that_is_not_written_yet_is_named(tmp_path):
    code = """
    def g():
        raise NotImplementedError("g is yours to write")

    def f():
        return g()
    """
    assert said(tmp_path, code, "f()").sentence == "g is not written yet: starter/task.py, line 3"


def test_an_exception_comes_with_its_way_through_the_students_files(tmp_path):
    code = "def f(x):\n    return g(x)\n\ndef g(x):\n    return x['a']\n"
    verdict = said(tmp_path, code, "f({})")
    assert verdict.diagnosis == "raised"
    assert verdict.sentence == (
        "f raised KeyError: 'a'\n  starter/task.py, line 2, in f\n    return g(x)"
        "\n  starter/task.py, line 5, in g\n    return x['a']"
    )


def test_a_call_from_an_earlier_cell_is_quoted(tmp_path):
    said(tmp_path, "def f():\n    pass", "")
    space = {}
    with at_home(tmp_path, 0):
        execute("from starter.task import f\ndef parts():\n    a, b = f()", space)
        with pytest.raises(TypeError) as caught:
            execute("x = 1\n\nparts()", space)
    assert verdicts.verdict(caught.value).sentence.startswith("`a, b = f()` got None")


def test_a_line_that_is_not_known_is_not_quoted(tmp_path):
    space = {"f": lambda: None}
    exec(compile("def parts():\n    a, b = f()", "<cell> unknown", "exec"), space)
    with pytest.raises(TypeError) as caught:
        execute("parts()", space)
    assert verdicts.verdict(caught.value).sentence.startswith("`parts()` got None")


def test_writing_into_an_argument_is_named(tmp_path):
    cell = "x = np.ones(3)\nx.flags.writeable = False\nf(x)"
    verdict = said(tmp_path, "def f(x):\n    x += 1", cell)
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
    verdict = said(tmp_path, f"def f():\n    return {returns}", cell)
    assert verdict.diagnosis == code
    assert cell in verdict.sentence


def test_a_file_that_python_cannot_read_is_named(tmp_path):
    verdict = said(tmp_path, "def f(:\n    pass", "f()")
    assert verdict.sentence.startswith("Python cannot read starter/task.py, line 1: invalid syntax")
    assert verdict.diagnosis == "syntax"


def test_a_place_that_python_names_itself_is_not_said_twice(tmp_path):
    verdict = said(tmp_path, "def f(:\n    pass", "f()")
    error = SyntaxError("invalid syntax (task.py, line 1)")
    error.student_frames, error.kind = (
        [("starter/task.py", 1, "<module>", "def f(:")],
        "SyntaxError",
    )
    assert verdicts.verdict(error).sentence == verdict.sentence
    assert verdict.sentence.count("line 1") == 1


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("np.ones((3, 4)) + np.ones(3)", "Which axes should lie along each other?"),
        ("np.ones((3, 4)) @ np.ones((3, 4))", "which of them has to be transposed?"),
        ("np.ones(6).reshape(4, 2)", "which axes belong together?"),
        ("np.ones(3)[3]", "Indices begin with 0"),
        ("1 if np.ones(3) > 0 else 0", "An array has many truth values"),
        ("np.max(0, np.ones(3))", "there is np.maximum"),
        ("None.T", "an argument that may be None"),
    ],
)
def test_an_exception_that_many_meet_comes_with_a_pointer(tmp_path, line, says):
    verdict = said(tmp_path, f"import numpy as np\ndef f():\n    return {line}", "f()")
    assert says in verdict.sentence
    assert line in verdict.sentence


def test_a_file_that_cannot_be_imported_is_named(tmp_path):
    verdict = said(tmp_path, "f = g", "f()")
    assert verdict.sentence.startswith("starter/task.py cannot be imported, it raises NameError")


def test_an_error_of_the_cell_alone_is_left_to_python(tmp_path):
    assert said(tmp_path, "def f():\n    return 1", "1 / 0") is None


def test_a_failure_as_text_ends_with_its_code():
    assert str(verdicts.CheckFailed("It is wrong.", "sign")) == "It is wrong. [sign]"


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
        "check.close('x', np.arange(8.0), np.minimum(np.arange(8.0), 6))",
        "import os; os.environ['COURSE_SEED'] = '1'",
        "check.close('x', np.arange(8.0), np.minimum(np.arange(8.0), 6))",
        "# Check 3 (4 points): softmax_loss, the loss, given affine\n"
        "check.close('the loss', 2.0, 4.0)",
        "# Check 4 (1 point): softmax_loss\n"
        "with check.after((3, 'softmax_loss', lambda: 1.0, 2.0)):\n"
        "    check.close('the loss', 2.0, 4.0)",
        "# Check 5 (1 point): svm_loss_naive, the loss\n"
        "svm_loss_naive(np.ones((2, 3)), np.ones((4, 2)), np.array([0, 1, 2, 0]), 0.0)",
    ]
    ran = subprocess.run(
        [sys.executable, "-c", KERNEL], input=json.dumps(cells), capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_a_kernel_shows_a_failed_check_as_its_sentence_alone(shown):
    assert shown[1][0]["traceback"] == [
        "✗ the loss: no, yours is 2, expected 1. It is twice too large: is it counted twice?"
    ]


def test_a_kernel_shows_a_stub_as_one_sentence(shown):
    assert len(shown[2][0]["traceback"]) == 1
    assert (
        "svm_loss_naive is not written yet: starter/linear_svm.py, line"
        in (shown[2][0]["traceback"][0])
    )


def test_a_kernel_shows_other_errors_as_ever(shown):
    assert shown[3][0]["ename"] == "ZeroDivisionError"
    assert len(shown[3][0]["traceback"]) > 1


def test_a_kernel_shows_a_picture_of_what_is_wrong_in_part_but_not_when_grading(shown):
    kinds = [[output["output_type"] for output in outputs] for outputs in shown]
    assert kinds[5] == ["error", "display_data"] and "image/png" in shown[5][1]["data"]
    assert kinds[4] == kinds[7] == ["error"]


def test_a_kernel_names_the_hints_for_the_task_of_a_check_that_failed(shown):
    assert shown[8][0]["traceback"] == [
        "✗ the loss: no, yours is 2, expected 4. It is half of what it should be: is there a ½ too "
        "many?",
        "For a hint: course hint softmax_loss, the loss",
    ]


def test_a_kernel_names_no_hints_where_another_check_comes_first_or_nothing_is_written(shown):
    assert [len(shown[cell][0]["traceback"]) for cell in (9, 10)] == [1, 1]


def test_a_kernel_shows_sentences_again_after_another_error(shown):
    assert len(shown[4][0]["traceback"]) == 1
