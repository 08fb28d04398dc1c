"""`course new` and `course new-task`: a course that works as it stands, and one made from the page.

tests/courses/neighbours/ has the second: what its author wrote, without the engine.
"""

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from course import paths
from course.authoring import new_course, new_task
from course.commands.authoring.new import new
from course.release.errors import ReleaseError
from tests.helpers.releases import git, run_in

pytestmark = pytest.mark.slow

NEIGHBOURS = paths.ROOT / "tests" / "courses" / "neighbours"
WRAPPER = '#!/bin/sh\nexec "{}" "$@"\n'


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """The folder of a new course, with a .venv that make takes for installed."""
    dest = tmp_path_factory.mktemp("new") / "small-course"
    new_course.write(dest, "Small & beautiful")
    (dest / ".venv" / "bin").mkdir(parents=True)
    python = dest / ".venv" / "bin" / "python"
    python.write_text(WRAPPER.format(sys.executable))
    python.chmod(0o755)
    (dest / ".venv" / ".installed").touch()
    return dest


@pytest.fixture(scope="module")
def neighbours(begun, tmp_path_factory):
    """The example course: the engine of a new course, and what its author wrote; committed."""
    dest = tmp_path_factory.mktemp("neighbours") / "course"
    shutil.copytree(begun, dest)
    for path in [*dest.rglob("*warm_up*")]:
        path.unlink()
    shutil.copytree(NEIGHBOURS, dest, dirs_exist_ok=True)
    assert run_in(dest, "derive").returncode == 0
    git(dest, "init", "--initial-branch", "main")
    git(dest, "add", "--all")
    git(dest, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "--message", "Begin")
    return dest


def make(folder, *targets):
    """Run targets of a course's Makefile and return what became of it."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    return subprocess.run(
        ["make", *targets], cwd=folder, env=environment, capture_output=True, text=True
    )


def marks(folder):
    """Return {submission: points} of a report."""
    with (folder / "marks.csv").open(encoding="utf-8-sig") as stream:
        return {row["submission"]: row["points"] for row in csv.DictReader(stream)}


def test_in_a_new_course_all_tests_pass(begun):
    ran = make(begun, "test")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_new_course_has_nothing_of_this_one(begun):
    files = [path for path in begun.rglob("*") if path.suffix in (".py", ".toml", ".md", ".ipynb")]
    files = [path.relative_to(begun).as_posix() for path in files]
    texts = [(begun / name).read_text(encoding="utf-8") for name in files if name[:6] != "course"]
    assert len(texts) > 20
    assert not [text for text in texts if "Deep learning from scratch" in text]
    assert {path.stem for path in (begun / "assignments").iterdir()} == {"1_warm_up"}
    assert "small-beautiful" in (begun / "pyproject.toml").read_text(encoding="utf-8")


def test_the_example_course_passes_its_tests_and_its_class_is_graded(neighbours, bubblewrap):
    ran = make(neighbours, "test", "grade")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    points = marks(neighbours / "build" / "grades")
    assert len(points) == 12
    assert points["ada"] == points["barbara"] == points["katherine"] == "9"
    assert points["carl"] == "0"
    others = {points[name] for name in points.keys() - {"ada", "barbara", "katherine"}}
    assert "9" not in others


def test_a_student_of_the_example_course_gets_stubs_and_their_own_readme(neighbours, tmp_path):
    ran = run_in(neighbours, "release", "student", str(tmp_path / "student"))
    assert ran.returncode == 0, ran.stderr
    text = (tmp_path / "student" / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Neighbours\n\nYou will write k nearest neighbours and k-means")
    assert "`distances` in `starter/knn.py`" in text
    out = tmp_path / "outcomes.json"
    run_in(tmp_path / "student", "check", "--json", str(out))
    assert {outcome["outcome"] for outcome in json.loads(out.read_text())} == {"not written"}


def test_what_takes_distances_as_given_is_graded_on_the_courses_own(neighbours, tmp_path):
    package = tmp_path / "class" / "mary" / "starter"
    shutil.copytree(neighbours / "solutions", package)
    text = (package / "knn.py").read_text(encoding="utf-8")
    (package / "knn.py").write_text(text.replace("return np.sqrt(", "return -np.sqrt("))
    words = ("--sandbox", "none", "--notebook", "1_knn", "--out", str(tmp_path / "out"))
    ran = run_in(neighbours, "grade", str(package.parents[1]), *words)
    assert ran.returncode == 0, ran.stderr
    assert marks(tmp_path / "out") == {"mary": "2"}


def test_new_tasks_are_todos_that_the_doctor_lists(neighbours, tmp_path):
    dest = tmp_path / "course"
    shutil.copytree(neighbours, dest)
    for name, where in (("spread", "2_k_means"), ("weigh", "2_k_means"), ("rank", "3_ranks")):
        ran = run_in(dest, "new-task", name, "--notebook", where)
        assert ran.returncode == 0, ran.stderr
    program = (dest / "build" / "2_k_means.py").read_text(encoding="utf-8")
    assert "# Check 3 (1 point): spread\n" in program and "# Check 4 (1 point): weigh\n" in program
    assert "from starter.k_means import assign, update, spread, weigh\n" in program
    assert run_in(dest, "build", "3_ranks").returncode == 0
    assert run_in(dest, "derive").returncode == 0
    assert "rank is yours to write" in (dest / "starter" / "ranks.py").read_text(encoding="utf-8")
    assert "2_k_means = 6\n3_ranks = 1\n" in (dest / "course.toml").read_text(encoding="utf-8")
    assert "| `3_ranks` | TODO" in (dest / "README.md").read_text(encoding="utf-8")
    said = run_in(dest, "doctor").stdout
    assert "3_ranks, check 1: accepts-input" in said
    assert "assignments/3_ranks.ipynb: todo" in said


@pytest.mark.parametrize(
    ("name", "where", "said"),
    [
        ("nearest", "knn", "is not a notebook's name"),
        ("Nearest one", "1_knn", "is not the name of a function"),
        ("softmax_loss", "1_knn", "solutions/layers.py has softmax_loss already"),
    ],
)
def test_a_task_that_cannot_be_added_is_refused(name, where, said):
    with pytest.raises(ReleaseError, match=said):
        new_task.task(name, where)


def test_a_course_is_never_written_over_something_else(tmp_path):
    (tmp_path / "thesis.tex").touch()
    ran = CliRunner().invoke(new, [str(tmp_path)])
    assert ran.exit_code == 2
    assert "is not empty; give a new folder" in ran.output
