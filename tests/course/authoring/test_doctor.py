"""`course doctor`: our course is well, and a course with a weakness is told of it."""

import json

import pytest

from course import notebook, paths
from course.authoring import doctor, gaps, leftovers, trial, weak
from course.authoring.tables import Table, mistakes, solutions
from data_utils.headings import heading

PATH = paths.ASSIGNMENTS / "2_two_layer_net.ipynb"
HEADING = "# Check 3 (2 points): relu_forward\n"
CASE = "x = rng().normal(size=(3, 4))\n"
WEAK = {
    "accepts-none": "relu_forward(x)",
    "accepts-zeros": "out, _ = relu_forward(x)\nassert out.shape == x.shape",
    "accepts-input": "out, _ = relu_forward(x)\nassert ((out == x) == (out == x)).all()",
    "memorised": "x = np.array([[1.0, -2.0]])\nassert (relu_forward(x)[0] == [1, 0]).all()",
    "rests-on-a-cell": "assert (relu_forward(earlier)[0] >= 0).all()",
    "no-task": "pass",
}
"""{kind of weakness: lines of a check that has it}."""


def weaknesses(lines, head=HEADING):
    """Return the kinds of weaknesses that a check of relu_forward has."""
    source = head + CASE + lines
    with trial.set_up(PATH, solutions()) as space:
        return [kind for kind, _ in weak.weaknesses(heading(source), source, space)]


def test_the_doctor_finds_nothing_in_this_course():
    assert list(map(str, doctor.examine())) == []


@pytest.mark.parametrize("kind", sorted(set(WEAK) - {"no-task", "accepts-input"}))
def test_a_weak_check_is_named(kind):
    assert kind in weaknesses(WEAK[kind])


def test_a_check_that_accepts_its_input_is_named():
    head = HEADING.replace("relu_forward", "relu_backward")
    lines = "dx = relu_backward(x, abs(x) + 1)\nassert dx.shape == x.shape and (dx == x).all()"
    assert weaknesses(lines, head) == ["accepts-input"]


def test_a_heading_that_names_no_stub_is_named():
    assert weaknesses("pass", HEADING.replace("relu_forward", "relu_sideways")) == ["no-task"]


def test_a_check_that_is_right_has_no_weakness():
    lines = "assert np.array_equal(relu_forward(x)[0], np.maximum(x, 0))"
    assert weaknesses(lines) == []


TABLE = Table("1_svm", {"all": mistakes("softmax.py", ("a", "b", "c", {1}, None))}, {})


def test_a_check_without_hint_mistake_and_right_answer_is_told_what_it_lacks():
    check = heading("# Check 2 (1 point): a_new_task")
    kinds = [kind for kind, _ in gaps.of_check(check, TABLE)]
    assert kinds == ["no-hint", "no-mistake", "no-right-answer"]


def test_points_that_do_not_add_up_are_told():
    checks = notebook.checks(TABLE.path)
    assert list(gaps.of_numbers(checks, TABLE)) == []
    kinds = [kind for kind, _ in gaps.of_numbers(checks[1:], TABLE)]
    assert kinds == ["numbers", "points", "readme"]


@pytest.fixture
def notebook_with(tmp_path):
    """A function that returns the Table of a notebook with one set-up cell."""

    def make(source):
        cell = {"cell_type": "code", "source": f"# Set-up\n{source}", "metadata": {}, "outputs": []}
        path = tmp_path / "1_svm.ipynb"
        path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
        return type("Table", (), {"path": path, "notebook": "1_svm"})

    return make


def test_a_set_up_cell_that_calls_a_stub_is_named(notebook_with):
    table = notebook_with("from starter.tuning import svm_search_space\nsvm_search_space()")
    assert [kind for kind, _ in gaps.of_set_up(table)] == ["set-up"]


def test_a_set_up_cell_that_holds_a_line_of_the_solution_is_named(notebook_with):
    line = "margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)"
    assert line in solutions()["linear_svm.py"]
    table = notebook_with(f"if False:\n    {line}")
    assert [kind for kind, _ in gaps.of_set_up(table)] == ["gives-away"]


def test_todos_and_messages_that_no_mistake_gets_are_named(monkeypatch, tmp_path):
    lesson = 'import starter\nMistake("seen", "", 1)\nMistake("unseen", "TODO: say", 2)\n'
    for name, text in {
        "data_utils/lessons/one.py": lesson,
        "assignments/1_one.ipynb": "from data_utils.lessons import one as lesson",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(paths, "ASSIGNMENTS", tmp_path / "assignments")
    monkeypatch.setattr(paths, "DATA_UTILS", tmp_path / "data_utils")
    table = Table("1_one", {"all": mistakes("a.py", ("a", "b", "c", {1}, "seen"))}, {})
    found = [finding.key for finding in leftovers.findings([table])]
    assert found == ["data_utils/lessons/one.py: todo", "lessons/one.py: unreached unseen"]


def test_what_is_called_meant_and_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(doctor, "all_findings", lambda: iter(()))
    stale = {finding.kind for finding in doctor.examine()}
    assert stale == {"stale"}


def test_every_check_asks_for_stubs():
    for path in paths.notebooks():
        assert all(weak.tasks_of(check) for check in notebook.checks(path))
