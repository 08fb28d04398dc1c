"""What the tests of releases share: a clone of the course, and commands run in it."""

import contextlib
import json
import os
import shutil
import subprocess
import sys

from course import paths, stubs
from course.stubs import package_texts

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "__pycache__", ".*_cache", "*.egg-info")


def git(folder, *words):
    """Run git in a folder and return what it printed."""
    ran = subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def clone_course(folder):
    """Make a repository that holds the course as it is here, with one commit; return the folder."""
    shutil.copytree(paths.ROOT, folder, ignore=LEFT_OUT)
    git(folder, "init", "--initial-branch", "main")
    git(folder, "config", "user.name", "Test")
    git(folder, "config", "user.email", "test@example.com")
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "Begin")
    return folder


def run_in(folder, *words):
    """Run the command `course` of another copy of the course."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "course.commands", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def solve(folder):
    """Fill in every stub of a student's folder, and leave no TODO behind."""
    for name, text in package_texts(paths.SOLUTIONS).items():
        lines = text.splitlines()
        kept = [line for line in lines if "# SOLUTION" not in line]
        (folder / "starter" / name).write_text("\n".join(kept) + "\n", encoding="utf-8")


def solution_lines():
    """Yield the lines of each solved module that its stub does not have."""
    for name, text in package_texts(paths.SOLUTIONS).items():
        stub = set(stubs.package()[name].splitlines())
        lines = text.splitlines()
        yield [line.strip() for line in lines if line not in stub and len(line.strip()) > 20]


def lines_of(text):
    """Yield the lines of a file, and those that a notebook keeps as strings of JSON."""
    for line in map(str.strip, text.split("\n")):
        yield line
        if line.startswith('"'):
            with contextlib.suppress(ValueError):
                yield str(json.loads(line.rstrip(","))).strip()


def secrets():
    """Return the lines of solutions that are in no module as students get it."""
    given = {line.strip() for text in stubs.package().values() for line in text.splitlines()}
    return {line for module in solution_lines() for line in module} - given
