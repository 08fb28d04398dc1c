"""Where the course lies, and what it is made of."""

import re
from functools import cache
from pathlib import Path

from .derive import derive_package

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENTS = ROOT / "assignments"
DATA_UTILS = ROOT / "data_utils"
SOLUTIONS = ROOT / "solutions"
STARTER = ROOT / "starter"
RELEASED_STUBS = ROOT / "course" / "stubs"

NOTEBOOK = re.compile(r"\d+_[a-z0-9_]+\.ipynb")


@cache
def stubs():
    """Return {file name: text} of the stubs, as they are before anybody has written in them.

    They are derived where there are solutions; a student's folder brings them along.
    """
    if SOLUTIONS.is_dir():
        return derive_package(SOLUTIONS)
    return {p.name: p.read_text(encoding="utf-8") for p in sorted(RELEASED_STUBS.glob("*.py"))}


def task_modules():
    """Return the file names of the modules that a student writes, sorted."""
    return sorted(name for name, text in stubs().items() if "# TODO: " in text)


def notebooks():
    """Return the paths of the course's notebooks, in its order; copies of them do not count."""
    return sorted(p for p in ASSIGNMENTS.glob("*.ipynb") if NOTEBOOK.fullmatch(p.name))
