"""Remind a student who runs a check that grading uses the course's own given modules."""

import ast
from pathlib import Path

from ..headings import heading, unwritten_tasks

COURSE = Path(__file__).resolve().parents[2]
STUBS = COURSE / "course" / "stub_files"
"""The files that a student was given; absent in the course's own folder."""


def register(shell):
    """Have an IPython shell remind before each check; once is enough."""
    shell.events.register("pre_run_cell", remind)


def remind(info):
    """Name the given modules that were changed, if a cell is a check: IPython calls this."""
    for name in changed() if heading(info.raw_cell) else ():
        print(
            f"starter/{name} is given, and you have changed it: grading uses the course's own in "
            "its place. Keep what you add in a file of your own."
        )


def changed():
    """Return the names of the given modules, such as given/arguments.py, that were changed."""
    found = []
    for path in sorted(STUBS.rglob("*.py")):
        name, own = path.relative_to(STUBS).as_posix(), path.read_text(encoding="utf-8")
        theirs = COURSE / "starter" / name
        text = theirs.read_text(encoding="utf-8", errors="replace") if theirs.exists() else own
        if text != own and not unwritten_tasks(own) and meaning(text) != meaning(own):
            found.append(name)
    return found


def meaning(text):
    """Return a text's code without comments and places; the text itself if it is not code."""
    try:
        return ast.dump(ast.parse(text))
    except (SyntaxError, ValueError):
        return text
