"""Read the arguments that several commands share: a package, notebooks. Fail if one is wrong."""

from pathlib import Path

import click

from .. import paths
from ..intake.submission import read_submission
from ..student.submit import modules
from .terminal import fail

FULL = click.option("--full", is_flag=True, help="Run the cells that explore and train, too.")


def read_package(path):
    """Return the package at `path` as a Submission, or fail."""
    if not path.exists():
        fail(f"{path} does not exist; give the folder that holds your modules")
    return accepted(read_submission(path, path.resolve().name), path)


def own_package():
    """Return the student's own package, starter/ without copies in it, as a Submission."""
    return read_submission(modules() or paths.STARTER, "starter")


def accepted(submission, path):
    """Return the Submission that was read from `path`, or fail if it has a problem."""
    if submission.problem:
        fail(f"{path}: {submission.problem}; {submission.todo}")
    return submission


def chosen_notebooks(names):
    """Return the paths of the named notebooks, all without names; fail if one does not exist."""
    known = {path.stem: path for path in paths.notebooks()}
    wanted = [Path(name).name.removesuffix(".ipynb") for name in names] or list(known)
    for name in wanted:
        if name not in known:
            fail(f"there is no notebook {name!r}; there are: {', '.join(known)}")
    return [known[name] for name in wanted]


def require_solutions():
    """Fail without solutions/: without it, there is nothing to derive starter/ from."""
    if not paths.SOLUTIONS.is_dir():
        fail("this needs solutions/, which a student's folder does not have; nothing was changed")
