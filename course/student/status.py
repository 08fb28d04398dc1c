"""How far a package is: its tasks, notebook by notebook, and what to do next."""

from . import tasks

WORST_FIRST = ("not run", "failed", "not written", "passed")


def by_task(outcomes):
    """Return {notebook: rows}, a row for each task, from the outcomes of checks.

    A row is a dict of task, points and max_points of its checks, and the worst outcome of them.
    """
    found: dict[str, dict] = {}
    for outcome in outcomes:
        task = outcome["task"].split(",")[0]
        new = {"task": task, "points": 0, "max_points": 0, "outcome": "passed"}
        row = found.setdefault(outcome["notebook"], {}).setdefault(task, new)
        row["points"] += outcome["points"]
        row["max_points"] += outcome["max_points"]
        row["outcome"] = min(row["outcome"], outcome["outcome"], key=WORST_FIRST.index)
    return {name: list(rows.values()) for name, rows in found.items()}


def next_step(outcomes):
    """Return the outcome of the first check that has not passed, None if all have."""
    return next((outcome for outcome in outcomes if outcome["outcome"] != "passed"), None)


def place(outcome, files):
    """Return where the task of an outcome is written, such as "starter/optim.py, line 7".

    files: {module: bytes} of the package.
    """
    module, line = next(iter(tasks.homes(outcome["task"], files).items()))
    return f"starter/{module}" + (f", line {line}" if line else "")
