"""The repository for GitHub: its workflow is read as GitHub reads it, and its steps are run."""

import os
import re
import shlex
import subprocess
import sys

import pytest
import yaml

from course import paths
from course.release import folders
from tests.helpers.releases import solve


@pytest.fixture
def repository(tmp_path):
    """What is released, but for the later notebooks, whose checks take long."""
    folders.github(tmp_path / "repository")
    for path in paths.notebooks()[1:]:
        (tmp_path / "repository" / "assignments" / path.name).unlink()
    return tmp_path / "repository"


@pytest.fixture
def workflow(repository):
    text = (repository / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=yaml.BaseLoader)


@pytest.fixture
def offline(tmp_path):
    """An environment in which pip installs nothing, and all else is that of this project."""
    programs = tmp_path / "programs"
    programs.mkdir()
    course, python = programs / "course", programs / "python"
    course.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m course.commands "$@"\n')
    python.write_text('#!/bin/sh\ntest "$1 $2 $3" = "-m pip install"\n')
    for program in (course, python):
        program.chmod(0o755)
    return {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}"}


def run_steps(repository, workflow, environment):
    """Run a job's own steps in order, as GitHub does; return the exit code and what was said."""
    said = ""
    for step in workflow["jobs"]["check"]["steps"]:
        if "run" in step:
            command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
            environment = {**environment, "PYTHONPATH": str(repository)}
            ran = subprocess.run(
                command, cwd=repository, env=environment, capture_output=True, text=True
            )
            said += ran.stdout + ran.stderr
            if ran.returncode:
                return ran.returncode, said
    return 0, said


def test_every_action_is_pinned_to_one_commit(workflow):
    used = [step["uses"] for step in workflow["jobs"]["check"]["steps"] if "uses" in step]
    assert [name.split("@")[0] for name in used] == ["actions/checkout", "actions/setup-python"]
    for name in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name)


def test_the_workflow_may_read_and_nothing_else(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert "push" in workflow["on"]


def test_stubs_that_are_not_written_fail_the_workflow(repository, workflow, offline):
    code, said = run_steps(repository, workflow, offline)
    assert code == 1, said
    assert re.search(r"^0 of \d+ points$", said, re.MULTILINE)


def test_the_solutions_pass_the_workflow(repository, workflow, offline):
    solve(repository)
    code, said = run_steps(repository, workflow, offline)
    assert code == 0, said
