"""Submissions that are alike: what counts, and what does not."""

import random

import numpy as np
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
    pairs = similarity.compare([hand_in("one", one), hand_in("other", other)]).pairs
    assert len(pairs) < 2
    return pairs[0].figure if pairs else None


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


LOOPS = """
def {name}(W, X, y, reg):
    total, gradient = 0, np.zeros(W.shape)
    for row in range(X.shape[0]):
        for {k} in range(W.shape[1]):
            if {k} != y[row] and X[row] @ W[:, {k}] + 1 > X[row] @ W[:, y[row]]:
                total += X[row] @ W[:, {k}] - X[row] @ W[:, y[row]] + 1
                gradient[:, {k}] += X[row]
                gradient[:, y[row]] -= X[row]
    return total / X.shape[0] + reg * (W ** 2).sum(), gradient / X.shape[0] + 2 * reg * W
"""


def write_class(**own):
    """Return a class of ten who wrote what everybody writes; own: {student: text they added}."""
    names = [f"student-{n}" for n in range(10 - len(own))]
    everybody = [hand_in(name, SOLVED) for name in names]
    special = [
        hand_in(name, {**SOLVED, "softmax.py": SOLVED["softmax.py"] + text})
        for name, text in own.items()
    ]
    return [*everybody, *special]


def test_what_everybody_wrote_says_nothing_about_a_pair():
    found = similarity.compare(write_class())
    assert found.pairs == []
    assert found.median == 1


def test_what_two_of_a_class_alone_wrote_is_named_whatever_their_names():
    copied = LOOPS.format(name="one", k="k"), LOOPS.format(name="other", k="column")
    (pair,) = similarity.compare(write_class(ada=copied[0], eve=copied[1])).pairs
    assert (pair.one, pair.other, pair.share) == ("ada", "eve", 1)


def test_what_two_wrote_each_in_their_own_way_is_not_named():
    other = LOOPS.format(name="f", k="k").replace("for k in", "for k, _ in").replace("+=", "-=")
    own = "\n".join(f"x{n} = [{n}, x[{n}:], -y] if z else {{}}" for n in range(20))
    found = similarity.compare(write_class(ada=LOOPS.format(name="f", k="k"), eve=own + other))
    assert found.pairs == []


def test_a_run_weighs_the_less_the_more_have_it():
    found = similarity.weights(np.array([2, 5, 10, 30, 60]), 60)
    assert found[0] == 1
    assert list(found) == sorted(found, reverse=True)
    assert found[2] > found[3] == found[4] == 0


def test_too_many_submissions_are_not_compared(monkeypatch):
    monkeypatch.setattr(similarity, "MAX_SUBMISSIONS", 1)
    assert similarity.compare([hand_in(name, SOLVED) for name in "ab"]) is None
