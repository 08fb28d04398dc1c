"""Which check a task belongs to that another check found not to be written yet."""

from .. import record
from ..headings import heading, is_named
from . import progress


def way_to_owner(task, check, path):
    """Return a line, or none, that says which check a task belongs to, if it is another's.

    Several checks may ask of one function, each of a part: it belongs to all of them.

    task: the stub's; check: the Check that came upon it; path: of its notebook, or None.
    """
    found = owner(task)
    if not found or found[2] == check or is_named(task, check.task):
        return []
    name, notebook, first = found
    of = "" if notebook == path else f" of {notebook.name}"
    return [f"{name} is the task of check {first.number}{of}: write it first."]


def owner(task):
    """Return (name, path of a notebook, Check): the first check of a task that has not passed.

    Of each notebook the first check that names the task counts, or else that names its class:
    one class may grow from notebook to notebook. None if there is no such check.
    """
    last, by_notebook = record.last(), firsts(task) or firsts(task.split(".")[0])
    for name, path, line in by_notebook:
        if line not in last or last[line].verdict != "passed":
            return name, path, heading(line)
    return None


def firsts(name):
    """Return [(name, path, first line)] of the first check in each notebook that has this name."""
    found = []
    for path in progress.notebooks():
        lines = [line for line in progress.first_lines(path) if progress.is_check(line)]
        found += [(name, path, line) for line in lines if is_named(name, heading(line).task)][:1]
    return found
