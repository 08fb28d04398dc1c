"""Submissions that are alike: what counts, and what does not."""

import random

import pytest

from course import paths, stubs
from course.intake.submission import Submission
from course.report import similarity

NAMES = ("linear_svm.py", "softmax.py")
SOLVED = {name: (paths.SOLUTIONS / name).read_text() for name in NAMES}
STUBS = {name: stubs.package()[name] for name in NAMES}


def hand_in(name, files):
    """Return a Submission of {module name: text}."""
    return Submission(name, {module: text.encode() for module, text in files.items()})


def figure(one, other):
    """Return how alike two packages are, or None if that is not worth a word."""
    pairs = similarity.pairs([hand_in("one", one), hand_in("other", other)])
    assert len(pairs) < 2
    return pairs[0][0] if pairs else None


def edited(change):
    """Return the solved modules with a change made to each text."""
    return {name: change(text) for name, text in SOLVED.items()}


def test_a_copy_is_wholly_alike():
    assert figure(SOLVED, SOLVED) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("margins", "violations").replace("loss =", "total ="),
        lambda text: text.replace("    loss", "    # the loss\n    loss"),
        lambda text: text.replace("\n\n", "\n\n\n"),
        lambda text: text.replace("\n    loss", '\n    "the loss"\n    loss'),
    ],
    ids=["other names", "comments", "empty lines", "strings"],
)
def test_other_names_and_comments_change_little(change):
    assert figure(SOLVED, edited(change)) > 0.95


def test_unfilled_stubs_are_not_alike():
    assert figure(STUBS, STUBS) is None


def test_given_modules_do_not_count():
    given = {"solver.py": (paths.SOLUTIONS / "solver.py").read_text()}
    assert figure(given, given) is None


def test_modules_of_one_s_own_count():
    own = {"helpers.py": (paths.SOLUTIONS / "solver.py").read_text()}
    assert figure(own, own) == 1


def test_different_tasks_are_not_alike():
    names = ("optim.py", "pooling.py")
    one, other = ({name: (paths.SOLUTIONS / name).read_text()} for name in names)
    assert figure(one, other) is None


def test_the_figure_falls_with_each_line_that_is_other():
    drawn = random.Random(0)

    def without(share):
        return edited(lambda text: "".join(
            line for line in text.splitlines(True) if drawn.random() > share or "def " in line
        ))  # fmt: skip

    figures = [figure(SOLVED, without(share)) or 0 for share in (0, 0.05, 0.3)]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] == 1
    assert figures[-1] == 0


def test_a_module_that_python_cannot_read_is_compared_as_far_as_it_goes():
    broken = edited(lambda text: text + "\ndef (:\n'''")
    assert figure(SOLVED, broken) > 0.95


def test_pairs_are_sorted_by_how_alike_they_are():
    other = edited(lambda text: text.replace("loss = 0.0", "loss = 0.0 + 0.0"))
    three = [hand_in(name, files) for name, files in (("a", SOLVED), ("c", other), ("b", SOLVED))]
    found = similarity.pairs(three)
    assert [pair[1:] for pair in found] == [("a", "b"), ("a", "c"), ("b", "c")]
    assert found[0][0] == 1 > found[1][0]


def test_too_many_submissions_are_not_compared(monkeypatch):
    monkeypatch.setattr(similarity, "MAX_SUBMISSIONS", 1)
    assert similarity.pairs([hand_in(name, SOLVED) for name in "ab"]) is None
