"""The branch with solutions: plain nbval passes on each of its notebooks."""

import subprocess
import sys

import pytest

from course import paths
from tests.helpers.releases import clone_course, git, run_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """The files of the branch that `course release solutions` makes."""
    folder = tmp_path_factory.mktemp("solutions")
    clone = clone_course(folder / "course")
    ran = run_in(clone, "release", "solutions", "--branch", "solved")
    assert ran.returncode == 0, ran.stderr
    git(clone, "worktree", "add", str(folder / "tree"), "solved")
    shorten(folder / "tree" / "assignments" / "4_batchnorm.ipynb")
    return folder / "tree"


def shorten(path):
    """Let a notebook's last net train for 2 seconds on the clock, not for 20."""
    text = path.read_text(encoding="utf-8")
    assert text.count('"BUDGET = 20 ') == 1
    path.write_text(text.replace('"BUDGET = 20 ', '"BUDGET = 2 '), encoding="utf-8")


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_the_solutions_branch_passes_plain_nbval_with_outputs_compared(tree, path):
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env"]
    command += [f"assignments/{path.name}"]
    plain = subprocess.run(command, cwd=tree, capture_output=True, text=True)
    assert plain.returncode == 0, plain.stdout[-3000:]
    assert " passed" in plain.stdout
