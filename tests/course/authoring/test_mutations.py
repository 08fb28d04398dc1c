"""`course mistakes`: small changes of a solution, and those that no check notices."""

import ast

import pytest

from course import paths
from course.authoring import survivors
from course.authoring.mutations import mutants
from course.authoring.tables import solutions

PATH = paths.ASSIGNMENTS / "2_two_layer_net.ipynb"


@pytest.fixture(scope="module")
def changes():
    """All Mutants of a notebook."""
    return list(survivors.of_notebook(PATH))


CHANGES = [
    ("return a + b", "return (a - b)"),
    ("return a + b", "return a"),
    ("return a + b", "return b"),
    ("return -a", "return a"),
    ("return a[0]", "return a[1]"),
    ("return 0.5 * a", "return 1.0 * a"),
    ("return a < b", "return a <= b"),
    ("return np.sum(a, axis=0)", "return np.sum(a)"),
    ("return np.sum(a, axis=0)", "return np.mean(a, axis=0)"),
    ("return a.max(axis=1, keepdims=True)", "return a.max(axis=1)"),
    ("return a.copy()", "return a"),
    ("return np.maximum(0, a)", "return a"),
    ("return list(range(b))", "return list(range(b - 1))"),
    ("a += b\n    return a", "a = b\n    return a"),
    ("a[0] = b\n    return a", "pass\n    return a"),
    ("c = a - b\n    return c", "a -= b\n    c = a\n    return c"),
    ("if b:\n        a = 0\n    return a", "if not b:\n        a = 0\n    return a"),
]
"""(the solution, a change of it that there has to be)."""


def normal(text):
    """Return source as Python writes it, so that brackets and line ends do not matter."""
    return ast.unparse(ast.parse(text))


@pytest.mark.parametrize(("right", "wrong"), CHANGES)
def test_the_slips_of_people_are_among_the_changes(right, wrong):
    head = "def f(a, b):\n    # SOLUTION: Do it.\n    "
    changed = {normal(text) for *_, text in mutants(head + right, 2, 9)}
    assert normal(head + wrong) in changed
    assert normal(head + right) not in changed


def test_only_what_students_write_is_changed(changes):
    assert {"layers.py", "optim.py", "fc_net.py"} <= {mutant.module for mutant in changes}
    for mutant in changes:
        before = solutions()[mutant.module].split("\n")[: mutant.line]
        assert any("# SOLUTION" in line for line in before)


@pytest.fixture(scope="module")
def relu(changes):
    """The Mutants of relu_backward, {(before, after): Mutant}."""
    found = [mutant for mutant in changes if mutant.task == "relu_backward"]
    return {(mutant.before, mutant.after): mutant for mutant in found}


def test_a_wrong_answer_is_noticed_and_a_right_one_survives(relu):
    assert not survivors.survives(first(relu, "/"), PATH)
    assert survivors.survives(relu["x > 0", "(x >= 0)"], PATH)  # a matter of taste


def first(relu, sign):
    """Return the first Mutant with an operator in it."""
    return next(mutant for (_, after), mutant in relu.items() if f" {sign} " in after)


def test_an_answer_that_never_ends_is_noticed(relu, monkeypatch):
    monkeypatch.setattr(survivors, "SECONDS", 1)
    mutant = first(relu, "/")
    endless = "    # SOLUTION: Do it.\n    while True:\n        pass\n"
    text = solutions()["layers.py"] + f"\n\ndef relu_backward(dout, cache):\n{endless}"
    assert not survivors.survives(type(mutant)(**vars(mutant) | {"text": text}), PATH)
