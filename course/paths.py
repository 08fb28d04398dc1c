"""The folders of the course, and which files in them are given."""

import re
from pathlib import Path

from .settings import COURSE

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENTS = ROOT / "assignments"
DATA_UTILS = ROOT / "data_utils"
SOLUTIONS = ROOT / "solutions"
STARTER = ROOT / "starter"
RELEASED_STUBS = ROOT / "course" / "stub_files"

NOTEBOOK = re.compile(r"\d+_[a-z0-9_]+\.ipynb")


def is_given(name):
    """Tell whether a file of the package, such as given/net.py, is given to students complete."""
    return name.startswith("given/") or name in ("__init__.py", *COURSE.given)


def notebooks():
    """Return the paths of the course's notebooks, in its order, without copies of them."""
    found = [p for p in ASSIGNMENTS.glob("*.ipynb") if NOTEBOOK.fullmatch(p.name)]
    return sorted(found, key=lambda path: (int(path.name.split("_")[0]), path.name))
