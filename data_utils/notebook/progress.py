"""How far a student is: what each check said when it last ran, notebook by notebook."""

import json
import re

from .. import record
from ..headings import first_line, heading
from ..verdicts import NotWritten, verdict

NOTEBOOK = re.compile(r"\d+_\w+")


def register(shell):
    """Make an IPython shell keep the verdict of each check; once is enough."""
    shell.events.register("post_run_cell", keep)


def keep(result):
    """Add the verdict of a check cell to the record; IPython calls this after each cell."""
    line, (said, message) = first_line(result.info.raw_cell).rstrip(), outcome(result)
    if is_check(line) and said:
        record.add(line, heading(line).task, said, message)


def is_check(line):
    """Tell whether a cell's first line is the heading of a check; a bonus is none."""
    check = heading(line)
    return bool(check and not check.bonus)


def outcome(result):
    """Return how a cell ended, and its sentence; None if the student did not cause the failure."""
    if result.success:
        return "passed", ""
    failure = verdict(result.error_before_exec or result.error_in_exec)
    if not failure:
        return None, ""
    return ("not written" if isinstance(failure, NotWritten) else "failed"), failure.sentence


def checks():
    """Return {notebook: [(number, points, how its task stands), ...]} of all checks."""
    return {
        path.stem: [(check.number, check.points, said) for check, said in rows]
        for path, rows in by_notebook().items()
    }


def by_notebook():
    """Return {path of a notebook: [(Check, how its task stands), ...]}.

    What no check has looked at is "not written"; for all else see record.state.
    """
    last, left = record.last(), record.unwritten()
    return {
        path: [
            (check := heading(line), state(check, last.get(line), left))
            for line in first_lines(path)
            if is_check(line)
        ]
        for path in notebooks()
    }


def notebooks():
    """Return the paths of the notebooks, in their order."""
    found = sorted((record.COURSE / "assignments").glob("*.ipynb"))
    return [path for path in found if NOTEBOOK.fullmatch(path.stem)]


def state(check, said, left):
    """Return how the task of a Check stands; said: a record.Said or None; left: the stubs."""
    return record.state(check.task, said, left) if said else "not written"


def first_lines(path):
    """Return the first line of every cell of the notebook at `path`."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [first_line(cell["source"]).rstrip() for cell in cells]
