"""`course grade` is killed again and again; in the end nothing is missing, nothing is another."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from course.authoring.sample_class import CLASS, write_submission

STUDENTS = ("ada", "edsger", "dorothy")


def command(folder, out):
    """Return the words of the real command, as it is started each time."""
    words = ["grade", folder, "--out", out, "--notebook", "1_svm", "--seed", "7"]
    words = [*words, "--sandbox", "none", "--jobs", "1"]
    return [sys.executable, "-m", "course.commands", *map(str, words)]


def arrived(out):
    """Return how many outcomes the gradebook of a report has."""
    path = out / "gradebook.sqlite"
    if not path.exists():
        return 0
    with closing(sqlite3.connect(path)) as db:
        try:
            return db.execute("SELECT count(*) FROM outcome").fetchone()[0]
        except sqlite3.OperationalError:
            return 0


def killed(folder, out, after):
    """Start the command, and kill it when so many more outcomes have arrived; return how many."""
    before = arrived(out)
    with subprocess.Popen(command(folder, out), stderr=subprocess.DEVNULL) as run:
        while arrived(out) < before + after and run.poll() is None:
            time.sleep(0.01)
        run.kill()
    assert run.returncode == -signal.SIGKILL
    return arrived(out) - before


def marks(out):
    """Return the outcomes of a report, without the time they took."""
    return [
        {name: value for name, value in outcome.items() if name != "seconds"}
        for outcome in json.loads((out / "outcomes.json").read_text())
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A class of three."""
    folder = tmp_path_factory.mktemp("class")
    for student in STUDENTS:
        write_submission(folder, student, CLASS[student]())
    return folder


def test_after_four_kills_every_outcome_is_there_and_none_is_another(folder, tmp_path):
    whole, often = tmp_path / "whole", tmp_path / "often"
    subprocess.run(command(folder, whole), check=True, capture_output=True)
    kept = [killed(folder, often, after) for after in (0, 1, 5, 7)]
    assert sum(kept) >= 13
    assert "this page fills itself" in (often / "index.html").read_text()
    subprocess.run(command(folder, often), check=True, capture_output=True)
    assert marks(often) == marks(whole)
    assert len(marks(often)) == 17 * len(STUDENTS)
    assert "this page fills itself" not in (often / "index.html").read_text()

    many = arrived(often)
    subprocess.run(command(folder, often), check=True, capture_output=True)
    assert arrived(often) == many
    assert marks(often) == marks(whole)


def test_a_changed_submission_is_graded_anew_and_its_old_marks_stay_on_its_page(folder, tmp_path):
    alone, out = tmp_path / "class", tmp_path / "out"
    write_submission(alone, "edsger", CLASS["edsger"]())
    subprocess.run(command(alone, out), check=True, capture_output=True)
    write_submission(alone, "edsger", CLASS["ada"]())
    subprocess.run(command(alone, out), check=True, capture_output=True)
    assert {outcome["outcome"] for outcome in marks(out)} == {"passed"}
    page = (out / "feedback" / "edsger.html").read_text()
    assert "Earlier marks" in page
    assert "34 / 39" in page
    assert "another package" in page
