"""The state of a package: its tasks, notebook by notebook, and what to do next."""

from . import tasks


def by_task(outcomes):
    """Return {notebook: {task: outcomes of its checks}}."""
    found: dict[str, dict] = {}
    for outcome in outcomes:
        task = outcome.task.split(",")[0]
        found.setdefault(outcome.notebook, {}).setdefault(task, []).append(outcome)
    return found


def next_step(outcomes):
    """Return the outcome of the first check that has not passed, None if all have."""
    return next((outcome for outcome in outcomes if outcome.verdict != "passed"), None)


def place(task, files):
    """Return where a task is written, such as "starter/optim.py, line 7".

    files: {module: bytes} of the package.
    """
    module, line = next(iter(tasks.places(task, files).items()))
    return f"starter/{module}" + (f", line {line}" if line else "")
