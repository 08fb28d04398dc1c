"""How far a student is: what checks said is kept, and drawn."""

from types import SimpleNamespace

import IPython
import matplotlib
import pytest
from matplotlib.colors import to_rgba

from course import notebook, paths
from course.student import status
from data_utils import record as kept_record
from data_utils import verdicts
from data_utils.notebook import given, next_step, progress, reload, show, warned

matplotlib.use("agg")

from data_utils import plots  # noqa: E402
from data_utils.plots import progress as plots_progress  # noqa: E402
from data_utils.plots import style  # noqa: E402

FIRST = "# Check 1 (4 points): svm_loss_naive, the loss"
WRONG = verdicts.CheckFailed("dW: no.")
TO_DO = verdicts.NotWritten("svm_loss_naive is not written yet")


def ran(heading, error=None):
    """Return what IPython tells of a cell that has been run."""
    info = SimpleNamespace(raw_cell=f"{heading}\nx = 1\n")
    return SimpleNamespace(
        info=info, success=not error, error_before_exec=None, error_in_exec=error
    )


@pytest.fixture(autouse=True)
def record(tmp_path, monkeypatch):
    """A record of one's own, empty, beside a package in which all is written."""
    monkeypatch.setattr(kept_record, "STARTER", paths.SOLUTIONS)
    monkeypatch.setattr(kept_record, "FILE", tmp_path / ".progress")
    return kept_record.FILE


def said(number=1, name="1_svm"):
    """Return what is kept of a check."""
    return progress.checks()[name][number - 1]


@pytest.mark.parametrize(
    "error, kept", [(None, "passed"), (WRONG, "failed"), (TO_DO, "not written")]
)
def test_what_a_check_says_is_kept(error, kept):
    progress.keep(ran(FIRST, error))
    assert said() == (1, 4, kept)
    assert said(2) == (2, 4, "not written")


def test_what_was_edited_since_its_check_ran_is_drawn_as_course_status_tells_it(monkeypatch):
    monkeypatch.setattr(plots.plt, "show", lambda: None)
    for heading in (FIRST, FIRST.replace("1 (4", "2 (4").replace("the loss", "the gradient")):
        progress.keep(ran(heading))
    monkeypatch.setattr(kept_record, "digest", lambda task: "another")
    assert [said(n)[2] for n in (1, 2, 3)] == ["not run", "not run", "not written"]
    assert [o.verdict for o in status.known("1_svm")][:3] == ["not run"] * 3
    monkeypatch.setattr(kept_record, "unwritten", lambda: ["svm_loss_naive"])
    assert said()[2] == status.known("1_svm")[0].verdict == "not written"


def test_the_last_run_counts():
    for error in (TO_DO, None, WRONG):
        progress.keep(ran(FIRST, error))
    assert said()[2] == "failed"


def test_a_file_that_cannot_be_read_fails_the_check():
    progress.keep(ran(FIRST, verdicts.Unreadable("Python cannot read starter/optim.py")))
    assert said()[2] == "failed"


def test_what_is_no_check_or_no_fault_of_the_students_is_not_kept(record):
    for cell in (ran("# Set-up: numbers"), ran("x = 2", WRONG), ran(FIRST, KeyboardInterrupt())):
        progress.keep(cell)
    assert not record.exists()


def test_a_line_that_was_cut_short_is_passed_over(record):
    progress.keep(ran(FIRST))
    record.write_text(record.read_text() + "fail")
    assert said()[2] == "passed"


def test_the_sentence_and_the_file_that_was_judged_are_kept_too(monkeypatch, tmp_path):
    monkeypatch.setattr(kept_record, "STARTER", tmp_path)
    module, line = tmp_path / "linear_svm.py", "def svm_loss_naive(W):\n"
    module.write_text(line)
    progress.keep(ran(FIRST, WRONG))
    said = kept_record.last()[FIRST]
    assert said.message == "dW: no."
    assert said.digest == kept_record.digest("svm_loss_naive, the loss")
    module.write_text(line + "    return 1\n")
    assert said.digest != kept_record.digest("svm_loss_naive, the loss")


def test_a_method_that_is_edited_leaves_those_alone_that_do_not_use_it():
    text = (
        "class A:\n    def f(self):\n        return self.g()\n"
        "    def g(self):\n        return 1\n    def h(self):\n        return 2\n"
    )
    for edited, changes in {"return 2": {"A.h", "A"}, "return 1": {"A.f", "A.g", "A"}}.items():
        other = text.replace(edited, "return 3")
        for name in ("A", "A.f", "A.g", "A.h"):
            same = kept_record.own_code(text, name) == kept_record.own_code(other, name)
            assert same == (name not in changes), (edited, name)


def test_a_method_is_found_in_its_class():
    text = "def train(): pass\nclass A:\n    def f(self): pass\nclass B:\n    def f(self): pass\n"
    lines = [kept_record.line_of(name, text) for name in ("train", "A", "B.f", "B.g", "C.f")]
    assert lines == [1, 2, 5, None, None]


def test_a_course_that_cannot_be_written_to_is_no_error(monkeypatch, tmp_path):
    monkeypatch.setattr(kept_record, "FILE", tmp_path / "missing" / ".progress")
    progress.keep(ran(FIRST))
    assert said()[2] == "not written"


def test_grading_keeps_nothing(monkeypatch):
    kept = []
    shell = SimpleNamespace(set_custom_exc=lambda *_: None)
    monkeypatch.setattr(reload, "register", lambda shell: kept.append("reload"))
    shell.events = SimpleNamespace(register=lambda event, call: kept.append(call))
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    monkeypatch.setenv("COURSE_SEED", "7")
    show.show_sentences()
    assert kept == []
    monkeypatch.delenv("COURSE_SEED")
    show.show_sentences()
    held = [warned.HELD.hold, warned.HELD.tell]
    assert kept == ["reload", given.remind, *held, progress.keep, next_step.tell, show.go_on]


def test_all_checks_of_the_course_are_there_and_no_two_have_one_heading():
    found = {name: [row[:2] for row in rows] for name, rows in progress.checks().items()}
    known = {p.stem: [(c.number, c.points) for c in notebook.checks(p)] for p in paths.notebooks()}
    assert found == known
    lines = [line for path in paths.notebooks() for line in progress.first_lines(path)]
    headings = [line for line in lines if progress.is_check(line)]
    assert len(set(headings)) == len(headings) == sum(map(len, known.values()))


def test_a_square_is_drawn_for_each_check_and_filled_if_it_passes(monkeypatch):
    monkeypatch.setattr(plots.plt, "show", lambda: None)
    plots.plt.close("all")
    progress.keep(ran(FIRST))
    plots_progress.checks()
    axes = plots.plt.gcf().axes[0]
    checks = sum(map(len, progress.checks().values()))
    green = [p for p in axes.patches if p.get_facecolor() == to_rgba(style.GREEN)]
    legend = len(plots_progress.LOOKS)
    assert (len(axes.patches), len(green)) == (checks + legend, 1 + 1)
    assert "4 of 39 points" in [text.get_text() for text in axes.texts]
    plots.plt.close("all")


TWO = """import numpy as np

SIZE = 3


def helper(x):
    return x * SIZE


def first(x):
    return helper(x)


def second(x):
    return x
"""


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("return x\n", "return -x\n", False),
        ("    return helper(x)", "    # Why.\n\n    return helper( x )", False),
        ("return helper(x)", "return -helper(x)", True),
        ("return x * SIZE", "return x + SIZE", True),
        ("SIZE = 3", "SIZE = 4", True),
        ("return x\n", "return (\n", True),
    ],
)
def test_a_task_is_edited_where_its_own_code_or_what_it_uses_changes(old, new, changed):
    assert old in TWO
    codes = {kept_record.own_code(text, "first") for text in (TWO, TWO.replace(old, new))}
    assert (len(codes) == 2) == changed
