"""`course status`: every task of every notebook, and what to do next."""

import os
import re
import subprocess
import sys

import pytest

from course import notebook, paths
from course.outcome import Marks, Outcome, marks_of, worst
from course.release import folders
from course.student import status
from data_utils import record


def outcome(check, task, kind, points=2, name="1_svm"):
    """Return the outcome of one check, as the judge gives it."""
    earned = points if kind == "passed" else 0
    return Outcome(
        notebook=name, check=check, task=task, points=earned, max_points=points, verdict=kind
    )


def test_a_task_has_the_points_of_all_its_checks():
    both = [outcome(1, "f, the loss", "passed"), outcome(2, "f, the rest", "failed")]
    assert status.by_task(both) == {"1_svm": {"f": both}}
    assert marks_of(both) == Marks(points=2, max_points=4, ran=True)


@pytest.mark.parametrize(
    "kinds, expected",
    [
        (["passed", "passed"], "passed"),
        (["passed", "not written"], "not written"),
        (["not written", "failed"], "failed"),
        (["failed", "not run"], "not run"),
    ],
)
def test_a_task_is_as_good_as_its_worst_check(kinds, expected):
    assert worst([outcome(n, "f", kind) for n, kind in enumerate(kinds)]) == expected


def test_what_is_asked_beyond_cs231n_is_a_task_that_says_what_it_asks():
    two = [outcome(1, "f, the loss", "passed"), outcome(2, "f, float32, beyond CS231n", "failed")]
    assert list(status.by_task(two)["1_svm"]) == ["f", "f, float32, beyond CS231n"]


def test_a_task_that_two_notebooks_have_is_one_of_each():
    found = status.by_task([outcome(1, "f", "passed"), outcome(1, "f", "failed", name="2_two")])
    assert {name: worst(tasks["f"]) for name, tasks in found.items()} == {
        "1_svm": "passed",
        "2_two": "failed",
    }


def test_the_next_step_is_the_first_check_that_has_not_passed():
    outcomes = [
        outcome(1, "f", "passed"),
        outcome(2, "g", "not written"),
        outcome(3, "h", "failed"),
    ]
    assert status.next_step(outcomes).task == "g"
    assert status.next_step(outcomes[:1]) is None


def test_the_place_of_a_task_is_its_file_and_line():
    file, _, line = status.place("LinearClassifier.predict").partition(", line ")
    text = (paths.ROOT / file).read_text().splitlines()[int(line) - 1]
    assert (file, text) == ("starter/linear_classifier.py", "    def predict(self, X):")


def in_folder(folder):
    """Return the files in a folder and when they were written; what Python caches is left out."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path: path.stat().st_mtime_ns for path in files}


def course(folder, *words):
    """Run the command `course` of a student's folder and return what became of it."""
    command = [sys.executable, "-m", "course.commands", *words]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A student's folder, with a space in its path, in which the first task is solved."""
    folder = tmp_path_factory.mktemp("begun") / "my course"
    folders.student(folder)
    solution = (paths.SOLUTIONS / "linear_svm.py").read_text()
    (folder / "starter" / "linear_svm.py").write_text(solution)
    return folder


@pytest.fixture(scope="module")
def begun(folder):
    """What `course status` says there after `course check`; and the files before and after."""
    course(folder, "check", "1_svm")
    before = in_folder(folder)
    ran = course(folder, "status")
    return ran, before, in_folder(folder)


def test_every_task_of_a_notebook_that_is_begun_is_listed_with_its_state(begun):
    ran, _, _ = begun
    lines = [line.strip() for line in ran.stdout.splitlines()]
    assert "✓ passing     8/8  svm_loss_naive  checks 1, 2" in lines, ran.stdout + ran.stderr
    assert "· to do       0/2  LinearClassifier.predict  check 7" in lines
    svm = paths.ASSIGNMENTS / "1_svm.ipynb"
    tasks = {c.task if c.beyond else c.task.split(",")[0] for c in notebook.checks(svm)}
    assert not [task for task in tasks if not any(f"  {task}  check" in line for line in lines)]


def test_a_notebook_that_is_not_begun_takes_a_line_until_it_is_named(begun, folder):
    assert "\n2_two_layer_net: not begun, 55 points\n" in begun[0].stdout
    assert "affine_forward" not in begun[0].stdout
    named = course(folder, "status", "2_two_layer_net").stdout
    assert "· to do       0/3  affine_forward" in named and "svm_loss_naive" not in named


def test_what_to_do_next_is_said_last_with_its_place_and_the_way_to_a_hint(begun):
    lines = begun[0].stdout.splitlines()[-3:]
    assert lines[0] == "Next: check 5 of 1_svm, LinearClassifier.train, the batches"
    written = "  LinearClassifier.train is not written yet: starter/linear_classifier.py, line "
    assert lines[1].startswith(written)
    assert lines[2] == "  For a hint: course hint LinearClassifier.train, the batches"


def test_status_writes_nothing_into_the_course_folder(begun):
    _, before, after = begun
    assert before == after


def test_only_the_task_that_was_edited_since_its_check_is_not_said_to_pass(begun, folder):
    module = folder / "starter" / "linear_svm.py"
    text = module.read_text()
    try:
        module.write_text(text.replace("margins", "spaces"))
        said = course(folder, "status", "1_svm").stdout
    finally:
        module.write_text(text)
    assert "✓ passing     8/8  svm_loss_naive" in said
    assert "? not run     0/7  svm_loss_vectorized" in said
    assert (
        "svm_loss_vectorized, the loss has been edited since its check ran and passed: run it again"
        in said
    )
    assert course(folder, "status", "1_svm").stdout.count("✓") == 2


def test_status_that_is_asked_to_check_says_what_is_so_now(begun, folder):
    assert (
        "✓ passing     8/8  svm_loss_naive" in course(folder, "status", "1_svm", "--check").stdout
    )


def test_a_task_that_was_written_and_never_checked_is_not_said_to_be_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(record, "FILE", tmp_path / ".progress")
    monkeypatch.setattr(record, "unwritten", lambda: ["svm_loss_vectorized", "TwoLayerNet.loss"])
    found = {o.task: o.verdict for name in ("1_svm", "2_two_layer_net") for o in status.known(name)}
    assert found["svm_loss_naive, the loss"] == found["affine_forward"] == "not run"
    assert found["svm_loss_vectorized, the loss"] == "not written"
    assert found["TwoLayerNet, the first parameters"] == "not written"


def test_a_check_that_waits_for_a_stub_is_not_said_to_fail():
    said = record.Said("failed", "svm_loss_vectorized is too slow", record.digest("f and g"))
    verdict, message = status.latest("f and g", said, ["g"], "1_svm")
    assert verdict == "not written" and message.startswith("g is not written yet")
    assert status.latest("f and g", said, [], "1_svm") == ("failed", said.message)


def test_a_student_is_offered_what_a_student_can_do(folder):
    _, commands = course(folder, "--help").stdout.split("Commands:\n")
    listed = re.findall(r"^  (\w+) ", commands, re.MULTILINE)
    assert listed == ["check", "hint", "status", "submit", "watch"]


def test_status_starts_without_what_runs_checks():
    code = "import sys; from course.commands import status; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert not {"numpy", "nbval", "pytest", "course.judge.jobs"} & set(ran.stdout.split())
