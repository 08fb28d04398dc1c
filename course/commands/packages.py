"""Read the package that a command is about, and fail if it has a problem."""

from .. import paths
from ..intake.submission import read_submission
from ..student.submit import modules
from .terminal import fail


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
