"""Where the course lies, and which of its modules hold tasks."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENTS = ROOT / "assignments"
DATA_UTILS = ROOT / "data_utils"
SOLUTIONS = ROOT / "solutions"
STARTER = ROOT / "starter"


def has_tasks(path):
    """Tell whether the stub module at `path` has something to write in it."""
    return "# TODO: " in path.read_text(encoding="utf-8")


def task_modules():
    """Return the file names of the modules that a student writes, sorted."""
    return sorted(path.name for path in STARTER.glob("*.py") if has_tasks(path))


def notebooks():
    """Return the paths of the assignments' notebooks, in the order of the course."""
    return sorted(ASSIGNMENTS.glob("*.ipynb"))
