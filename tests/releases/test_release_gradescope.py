"""The autograder for Gradescope, unpacked and run in the folders that Gradescope has."""

import ctypes
import os
import re
import shutil
import tempfile
import textwrap
import zipfile

import pytest

from course import paths
from course.box import landlock
from course.judge import sandbox
from course.release import gradescope
from course.release.errors import ReleaseError
from course.stubs import package_texts
from tests.helpers import autograder

SPY = """
import glob, os

def svm_loss_naive(W, X, y, reg):
    jobs = glob.glob("/tmp/course-*")
    secret = ["@ROOT@/source", "@ROOT@/results", *jobs]
    secret += [f"{job}/{name}" for job in jobs for name in ("judge", "reference")]
    seen = [place for place in secret if list(os.walk(place))]
    written = []
    for path in ("@ROOT@/results/results.json", "@ROOT@/run_autograder", "@ROOT@/source/x"):
        try:
            open(path, "a")
        except OSError:
            continue
        written.append(path)
    raise LookupError(f"{len(secret)} secrets, seen {seen}, written {written}, {os.getuid()}")
"""


@pytest.fixture(scope="module")
def place(bubblewrap):
    """A folder as /autograder is, with the autograder of 1_svm."""
    with autograder.unpacked(paths.notebooks()[:1]) as place:
        yield place


def grade(place, submission, **variables):
    """Run the autograder on {file name: text}; return (exit code, results or None, said)."""
    shutil.rmtree(place / "submission", ignore_errors=True)
    for name, text in {"readme.txt": "mine", **submission}.items():
        path = place / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return autograder.run(place, **variables)


def solved(**changed):
    """Return {file name: text} of the solutions, handed in as a folder, with modules changed."""
    modules = package_texts(paths.SOLUTIONS)
    changed = {f"{name}.py": textwrap.dedent(text) for name, text in changed.items()}
    return {f"starter/{name}": text for name, text in {**modules, **changed}.items()}


def test_the_zip_has_its_programs_at_the_top_and_nothing_that_is_not_needed(place):
    with zipfile.ZipFile(place / "autograder.zip") as archive:
        about = {info.filename: info.external_attr >> 16 for info in archive.infolist()}
    assert about["setup.sh"] == about["run_autograder"] == 0o755
    assert {name.split("/")[0] for name in about} == {
        *("LICENSE", "pyproject.toml", "setup.sh", "run_autograder"),
        *("requirements.txt", "requirements-grade.txt"),
        *("assignments", "course", "course.toml", "data_utils", "solutions"),
    }
    assert not any(name.startswith("course/release/") for name in about)
    assert [name for name in about if name.startswith("assignments/")] == [
        "assignments/1_svm.ipynb"
    ]


def test_the_same_course_gives_the_same_zip(place, tmp_path):
    gradescope.write_autograder(tmp_path / "twin.zip", paths.notebooks()[:1])
    assert (tmp_path / "twin.zip").read_bytes() == (place / "autograder.zip").read_bytes()


def test_a_zip_is_never_written_over_anything(place):
    with pytest.raises(ReleaseError, match="give a new name.zip"):
        gradescope.write_autograder(place / "autograder.zip", paths.notebooks())


def test_a_perfect_submission_has_every_point(place):
    code, found, said = grade(place, solved())
    assert code == 0, said
    assert "Sandbox: bwrap" in said
    assert found["score"] == sum(test["max_score"] for test in found["tests"]) == 39
    assert {test["status"] for test in found["tests"]} == {"passed"}
    assert {test["visibility"] for test in found["tests"]} == {"visible"}


def test_an_empty_submission_is_told_what_to_hand_in(place):
    code, found, said = grade(place, {})
    assert code == 0, said
    assert found["score"] == 0
    assert "none of the course's" in found["output"]
    assert "hand in `starter`" in found["output"]


def test_a_broken_submission_loses_what_is_broken_and_is_told_why(place):
    code, found, said = grade(place, solved(linear_svm="import nowhere"))
    assert code == 0, said
    wrong = [test for test in found["tests"] if "svm_loss" in test["name"]]
    assert {(test["status"], test["score"]) for test in wrong} == {("failed", 0)}
    assert "No module named 'nowhere'" in wrong[0]["output"]
    assert 0 <= found["score"] < 39


def test_modules_handed_in_without_a_folder_are_found(place):
    loose = {name.removeprefix("starter/"): text for name, text in solved().items()}
    assert grade(place, loose)[1]["score"] == 39


@pytest.fixture
def no_bubblewrap(tmp_path):
    """Variables that hide bubblewrap, as a container does that forbids it."""
    if os.getuid() != 0:
        pytest.skip("becoming another user takes root")
    return autograder.without_bubblewrap(tmp_path)


def test_where_bubblewrap_cannot_be_a_student_is_another_user(place, no_bubblewrap):
    code, found, said = grade(place, solved(), **no_bubblewrap)
    assert code == 0, said
    assert "Sandbox: user" in said
    assert found["score"] == 39


def test_another_user_neither_sees_the_course_nor_writes_marks(place, no_bubblewrap):
    spy = SPY.replace("@ROOT@", str(place))
    found = grade(place, solved(linear_svm=spy), **no_bubblewrap)[1]
    words = re.search(r"(\d+) secrets, seen \[\], written \[\], (\d+)", found["tests"][0]["output"])
    assert words, found["tests"][0]["output"]
    hidden_too = 2 if sees_landlock() else 4  # then /tmp cannot be listed, and no run is found
    assert int(words[1]) >= hidden_too and int(words[2]) >= 20_000


def sees_landlock():
    """Tell whether the kernel hides files from a process that asks for it."""
    return ctypes.CDLL(None).syscall(landlock.CREATE_RULESET, None, 0, landlock.VERSION) > 0


def test_where_there_is_no_wall_at_all_nothing_is_graded(place, no_bubblewrap):
    """Without a mark, Gradescope says that the autograder failed, and keeps what was handed in."""
    with tempfile.TemporaryDirectory() as closed:
        code, found, said = grade(place, solved(), TMPDIR=closed, **no_bubblewrap)
    assert (code, found) == (1, None)
    assert f"{closed} is closed to other users" in said


def test_the_probe_for_other_users_says_what_is_closed(monkeypatch, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(sandbox, "SITE", closed)
    monkeypatch.setattr(sandbox.sys, "base_prefix", "/usr")
    monkeypatch.setattr(sandbox.os, "getuid", lambda: 0)
    with pytest.raises(sandbox.SandboxError, match="closed to other users"):
        sandbox.require("user")
    monkeypatch.setattr(sandbox.os, "getuid", lambda: 1000)
    with pytest.raises(sandbox.SandboxError, match="run it as root"):
        sandbox.require("user")
