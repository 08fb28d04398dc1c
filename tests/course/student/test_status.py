"""`course status`: every task of every notebook, and what to do next."""

import os
import subprocess
import sys

import pytest

from course import notebook, paths
from course.intake.submission import read_submission
from course.outcome import Marks, Outcome, marks_of, worst
from course.release import folders
from course.student import status


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
    files = read_submission(paths.STARTER, "student").files
    place = status.place("LinearClassifier.predict", files)
    file, _, line = place.partition(", line ")
    text = (paths.ROOT / file).read_text().splitlines()[int(line) - 1]
    assert (file, text) == ("starter/linear_classifier.py", "    def predict(self, X):")


def in_folder(folder):
    """Return the files in a folder and when they were written; what Python caches is left out."""
    files = (
        path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path: path.stat().st_mtime_ns for path in files}


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """What `course status` says in a student's folder, with a space in its path, where the first
    task is solved; and what was in the folder before and after."""
    folder = tmp_path_factory.mktemp("begun") / "my course"
    folders.student(folder)
    (folder / "starter" / "linear_svm.py").write_text(
        (paths.SOLUTIONS / "linear_svm.py").read_text()
    )
    before = in_folder(folder)
    command = [sys.executable, "-m", "course.commands", "status"]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return ran, before, in_folder(folder)


def test_every_task_is_listed_with_its_state(begun):
    ran, _, _ = begun
    lines = [line.strip() for line in ran.stdout.splitlines()]
    assert "✓ passing     8/8  svm_loss_naive" in lines, ran.stdout + ran.stderr
    assert "· to do       0/2  LinearClassifier.predict" in lines
    tasks = {check.task.split(",")[0] for p in paths.notebooks() for check in notebook.checks(p)}
    assert not [task for task in tasks if not any(line.endswith(f"  {task}") for line in lines)]


def test_what_to_do_next_is_said_last_with_its_place_and_the_way_to_a_hint(begun):
    lines = begun[0].stdout.splitlines()[-4:]
    assert lines[0] == "Next: check 5 of 1_svm, LinearClassifier.train, the batches"
    assert lines[1].startswith("  starter/linear_classifier.py, line ")
    assert lines[2].startswith("  LinearClassifier.train is not written yet")
    assert lines[3] == "  For a hint: course hint LinearClassifier.train, the batches"


def test_nothing_is_written_into_the_course_folder(begun):
    _, before, after = begun
    assert before == after
