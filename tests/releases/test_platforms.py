"""A student's folder on other people's machines: odd names, no right to write, another Python."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
import warnings
import zipfile

import pytest

from course import notebook, paths
from course.release import folders
from tests.helpers.releases import solve
from tools.other_versions import pins

FIRST = "1_svm.ipynb"
GONE = set(
    """
    aifc asynchat asyncore audioop cgi cgitb chunk crypt distutils imghdr imp lib2to3 mailcap msilib
    nis nntplib ossaudiodev pipes smtpd sndhdr spwd sunau telnetlib uu xdrlib
    """.split()  # noqa: SIM905
)
"""Modules that Python 3.12 or 3.13 no longer has."""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A finished student's folder whose name has a space and an accent, with the first notebook."""
    folder = tmp_path_factory.mktemp("places") / "my course é"
    folders.student(folder)
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
    ran = run_read_only(course, "-m", "course.commands", "check")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "39 of 39 points" in ran.stdout


def test_make_lab_finds_course_on_the_path_of_its_terminals_and_opens_the_layout(tmp_path):
    folder = tmp_path / "my course é"
    folders.student(folder)
    (folder / ".venv" / "bin").mkdir(parents=True)
    for name, script in {"jupyter": 'echo "$@"; command -v course || true', "course": ""}.items():
        (folder / ".venv" / "bin" / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / ".venv" / "bin" / name).chmod(0o755)
    (folder / ".venv" / ".installed").touch()
    ran = subprocess.run(["make", "-s", "lab"], cwd=folder, capture_output=True, text=True)
    imported, opened, found = ran.stdout.splitlines()
    assert imported == "lab workspaces import first.jupyterlab-workspace"
    assert f"--ServerApp.root_dir={folder} " in opened
    assert re.search(r"shell_command=\['[^']+'\]$", opened)  # no login shell: it may set PATH anew
    assert found == str(folder / ".venv" / "bin" / "course")


def test_a_read_only_folder_with_an_odd_name_tells_its_status(course, bubblewrap):
    ran = run_read_only(course, "-m", "course.commands", "status", "--check")
    assert ran.returncode == 0, ran.stderr
    assert "39 of 39 points" in ran.stdout


def test_a_read_only_folder_with_an_odd_name_gives_hints(course, bubblewrap):
    ran = run_read_only(course, "-m", "course.commands", "hint", "svm_loss_naive")
    assert ran.returncode == 0, ran.stderr
    assert "course hint svm_loss_naive 2" in ran.stdout


def test_from_a_read_only_folder_one_hands_in_elsewhere(course, bubblewrap, tmp_path):
    ran = run_read_only(course, "-m", "course.commands", "submit")
    assert ran.returncode == 2
    assert "submission.zip cannot be written: Read-only file system; name a place" in ran.stderr
    ran = run_read_only(course, "-m", "course.commands", "submit", str(tmp_path / "zoé.zip"))
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


def modules():
    """Yield (path, syntax tree) of every module of the course, its tests and its benchmarks."""
    for folder in ("solutions", "starter", "data_utils", "course", "tests", "benchmarks"):
        for path in sorted((paths.ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            yield path, ast.parse(text, path.name, feature_version=(3, 11))


def test_every_module_is_plain_python_311_and_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path, _ in modules():
            compile(path.read_text(encoding="utf-8"), path.name, "exec", dont_inherit=True)


def test_no_module_is_imported_that_newer_pythons_lack():
    for path, tree in modules():
        nodes = list(ast.walk(tree))
        names = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
        names |= {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}
        assert not {name.split(".")[0] for name in names} & GONE, path


def test_every_package_that_the_course_needs_is_pinned_above_what_it_needs():
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = dict(line.split("==") for line in pins(None).split())
    extras = project["optional-dependencies"]
    for wanted in (*project["dependencies"], *extras["dev"], *extras["cluster"]):
        name, least = re.fullmatch(r"([a-z0-9-]+)[>=]=([0-9.]+)", wanted).groups()
        assert version(pinned[name]) >= version(least), wanted


def version(text):
    """Return a version as numbers that can be compared."""
    return [int(part) for part in text.split(".")]


def test_nothing_is_pinned_to_one_platform():
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9.]+", line) for line in pins(None).split())
