"""A student's folder on other people's machines: odd names, no right to write, older and newer Pythons."""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import warnings
import zipfile
from pathlib import Path

import pytest

from course import notebook, paths, release
from releases import solve

FIRST = "1_svm.ipynb"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A finished student's folder whose name has a space and an accent, with the first notebook."""
    folder = tmp_path_factory.mktemp("places") / "my course é"
    release.student(folder)
    solve(folder)
    for path in paths.notebooks():
        if path.name != FIRST:
            (folder / "assignments" / path.name).unlink()
    return folder


def run_read_only(course, *words):
    """Run Python in a student's folder that cannot be written to, by root neither."""
    there = str(course)
    wall = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", there, there, "--chdir", there]
    environment = {**os.environ, "PYTHONPATH": there}
    return subprocess.run(
        [*wall, sys.executable, *words], env=environment, capture_output=True, text=True
    )


def test_a_read_only_folder_with_an_odd_name_can_be_checked(course, bubblewrap):
    ran = run_read_only(course, "-m", "course.cli", "check")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "36 of 36 points" in ran.stdout


def test_a_read_only_folder_with_an_odd_name_tells_its_status(course, bubblewrap):
    ran = run_read_only(course, "-m", "course.cli", "status")
    assert ran.returncode == 0, ran.stderr
    assert "36 of 36 points" in ran.stdout


def test_a_read_only_folder_with_an_odd_name_gives_hints(course, bubblewrap):
    ran = run_read_only(course, "-m", "course.cli", "hint", "svm_loss_naive")
    assert ran.returncode == 0, ran.stderr
    assert "course hint svm_loss_naive 2" in ran.stdout


def test_from_a_read_only_folder_one_hands_in_elsewhere(course, bubblewrap, tmp_path):
    ran = run_read_only(course, "-m", "course.cli", "submit")
    assert ran.returncode == 2
    assert "submission.zip cannot be written: Read-only file system; name a place" in ran.stderr
    ran = run_read_only(course, "-m", "course.cli", "submit", str(tmp_path / "zoé.zip"))
    assert ran.returncode == 0, ran.stderr
    with zipfile.ZipFile(tmp_path / "zoé.zip") as archive:
        assert "starter/linear_svm.py" in archive.namelist()


def test_a_notebook_runs_in_a_read_only_folder_with_an_odd_name(course, bubblewrap):
    path = course / "assignments" / FIRST
    whole = path.read_text(encoding="utf-8")
    path.write_text(json.dumps(notebook.graded(json.loads(whole))), encoding="utf-8")
    words = ("-m", "pytest", "--nbval-lax", "--nbval-current-env", "-p", "no:cacheprovider")
    ran = run_read_only(course, *words, f"assignments/{FIRST}")
    path.write_text(whole, encoding="utf-8")
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert " passed" in ran.stdout
