"""The state of a package: its tasks, notebook by notebook, and what to do next.

What checks said last is known without running any: see data_utils.record.
"""

from functools import cache

from data_utils import record
from data_utils.headings import BEYOND

from .. import notebook, paths
from ..outcome import Outcome

UNKNOWN = "{task} has not been checked yet: run its check, or `course check {notebook}`"
EDITED = (
    "{task} has been edited since its check ran and {verdict}: run it again, or `course check "
    "{notebook}`"
)


def by_task(outcomes):
    """Return {notebook: {task: outcomes of its checks}}.

    A check of what is asked beyond CS231n is a task of its own, with what it asks in its name.
    """
    found: dict[str, dict] = {}
    for outcome in outcomes:
        task = outcome.task
        task = task if task.endswith(BEYOND) else task.split(",")[0]
        found.setdefault(outcome.notebook, {}).setdefault(task, []).append(outcome)
    return found


def next_step(outcomes):
    """Return the outcome of the first check that has not passed, None if all have."""
    return next((outcome for outcome in outcomes if outcome.verdict != "passed"), None)


def place(task):
    """Return where a task is written, such as "starter/optim.py, line 7"; "" if it is nowhere."""
    return next((f"starter/{file}, line {n}" for file, n in record.places(task).items()), "")


def keep(outcome):
    """Keep what a check of the student's own package said, for `status` and the notebooks."""
    line = headings(outcome.notebook).get(outcome.check)
    if line and outcome.verdict in record.VERDICTS:
        record.add(line, outcome.task, outcome.verdict, outcome.message)


@cache
def headings(name):
    """Return {number: first line} of the checks of a notebook."""
    cells = filter(notebook.is_code, notebook.read(paths.ASSIGNMENTS / f"{name}.ipynb")["cells"])
    lines = [notebook.first_line(cell["source"]).rstrip() for cell in cells]
    checks = {line: check for line in lines if (check := notebook.heading(line))}
    return {check.number: line for line, check in checks.items() if not check.bonus}


def known(name):
    """Return the Outcome of each check of a notebook, as far as it is known without a run."""
    last, left = record.last(), record.unwritten()
    outcomes = []
    for line in headings(name).values():
        check = notebook.heading(line)
        verdict, message = latest(check.task, last.get(line), left, name)
        points = check.points * (verdict == "passed")
        found = {"points": points, "verdict": verdict, "message": message}
        outcomes.append(Outcome.of_check(check, notebook=name, **found))
    return outcomes


def latest(task, said, left, name):
    """Return (verdict, message) on a task: what its check said, if that still holds.

    said: a record.Said or None; left: the tasks that are still stubs; name: of the notebook.
    """
    verdict = record.state(task, said, left)
    if verdict == "not run":
        about = {"task": task, "notebook": name, "verdict": said and said.verdict}
        return verdict, (EDITED if said else UNKNOWN).format(**about)
    if stubs := record.stubs(task, said, left):
        return verdict, f"{stubs[0]} is not written yet: {place(stubs[0])}"
    return verdict, said.message
