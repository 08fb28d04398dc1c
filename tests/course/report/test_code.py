"""Beside a failed check stands the student's own code, and the line that failed."""

import pytest

from course.intake.excerpts import excerpts_at
from course.intake.submission import Submission
from course.outcome import Outcome, Row
from course.report.code import excerpts
from course.report.pages import write_report

TEXT = '''import numpy as np

def helper(x):
    return x[9]

def svm_loss_naive(W, X, y, reg):
    """<script>alert(1)</script>"""
    return helper(X), 0.0

class LinearSVM:
    def loss(self):
        return 1
'''
FILES = {"linear_svm.py": TEXT.encode()}


def failed(task="svm_loss_naive, the loss", message="", verdict="failed"):
    """Return the outcome of a check."""
    about = {"notebook": "1_svm", "check": 1, "points": 0, "max_points": 4}
    return Outcome(task=task, message=message, verdict=verdict, **about)


def pieces(outcome, files=FILES):
    """Return the pieces for one outcome, as (name, first line, lines that failed)."""
    found = excerpts(Submission("ada", files), [outcome]).get(("1_svm", 1), [])
    return [(one["name"], one["lines"][0][0], one["failed"]) for one in found]


def test_the_function_of_a_failed_check_is_shown():
    assert pieces(failed()) == [("svm_loss_naive", 6, [])]
    assert pieces(failed("LinearSVM.loss")) == [("LinearSVM.loss", 11, [])]


def test_the_line_that_failed_is_marked_in_the_function_that_has_it():
    message = "IndexError: no\n  starter/linear_svm.py, line 8\n  starter/linear_svm.py, line 4"
    assert pieces(failed(message=message)) == [
        ("svm_loss_naive", 6, [8]),
        ("helper", 3, [4]),
    ]


@pytest.mark.parametrize("verdict", ["passed", "not written", "not run"])
def test_only_failed_checks_have_code(verdict):
    assert pieces(failed(verdict=verdict)) == []


@pytest.mark.parametrize(
    "text", ["def f(:", "(" * 100_000, "-" * 200_000 + "1", "\0", "x = " + "[" * 900 + "]" * 900]
)
def test_code_that_cannot_be_read_is_not_shown_and_stops_nothing(text):
    assert pieces(failed(), {"linear_svm.py": text.encode()}) == []


def test_nothing_is_shown_that_is_not_in_the_students_package():
    assert pieces(failed("softmax_loss_naive")) == []


def test_a_long_function_is_cut_and_says_so():
    text = "def f():\n" + "    x = 1\n" * 200
    (piece,) = excerpts_at([], {"a.py": text}, [["f", "", 0]])
    assert (len(piece["lines"]), piece["more"]) == (80, 121)


def test_code_is_coloured_and_text_as_it_was_written():
    (piece,) = excerpts_at([], {"a.py": TEXT}, [["svm_loss_naive", "", 0]])
    assert piece["lines"][0][0] == ["k", "def"]
    assert ["f", "svm_loss_naive"] in piece["lines"][0]
    shown = ["".join(text for _, text in line) for line in piece["lines"]]
    assert shown == TEXT.split("\n")[5:8]


def test_code_on_a_page_runs_nowhere(tmp_path):
    submission = Submission("ada", FILES)
    outcome = failed(message="no: starter/linear_svm.py, line 8")
    code = lambda row: excerpts(submission, row.outcomes)  # noqa: E731
    write_report(tmp_path, [Row("ada", [outcome])], 0, code=code)
    page = (tmp_path / "feedback" / "ada.html").read_text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>" not in page
    assert '<span class="line hit"><i>8</i>' in page
