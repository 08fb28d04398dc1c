"""What a course lacks: hints, mistakes, right answers written differently, points that add up."""

import re

from .. import hints, notebook, paths, stubs
from ..settings import COURSE
from . import trial
from .finding import Finding
from .tables import solutions
from .weak import tasks_of

LONG = 20
"""A line of a solution with fewer characters gives nothing away."""


def findings(table):
    """Yield a Finding for each thing that a notebook lacks; table: of its mistakes."""
    checks = notebook.checks(table.path)
    for check in checks:
        for kind, sentence in of_check(check, table):
            yield Finding(f"{table.notebook}, check {check.number}", kind, sentence)
    for kind, sentence in (*of_numbers(checks, table), *of_set_up(table)):
        yield Finding(table.notebook, kind, sentence)


def of_check(check, table):
    """Yield (kind, sentence) for each thing that one check lacks."""
    try:
        hints.of_task(check.task, hints.read(paths.SOLUTIONS / "hints"))
    except hints.HintError:
        yield "no-hint", f"{check.task} has no hint: write one in solutions/hints/"
    if not any(check.number in mistake.fails for mistake in table.mistakes):
        yield "no-mistake", "no wrong answer in tests/mistakes/ fails it"
    code = "\n".join(code for _, code in table.right.values())
    names = [task.split(".")[-1] for task in tasks_of(check)]
    if not any(re.search(rf"\b{re.escape(name)}\b", code) for name in names):
        yield "no-right-answer", f"RIGHT in tests/mistakes/ has no other answer to {check.task}"


def of_numbers(checks, table):
    """Yield (kind, sentence) if numbers or points do not add up."""
    if [check.number for check in checks] != list(range(1, len(checks) + 1)):
        yield "numbers", "the numbers of its checks do not go up by one from 1"
    points = sum(check.points for check in checks)
    if COURSE.points.get(table.notebook) != points:
        yield "points", f"its checks are worth {points} points; course.toml says otherwise"
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    if not re.search(rf"^\| `{table.notebook}` \|.*\| {points} \|$", readme, re.MULTILINE):
        yield "readme", f"its checks are worth {points} points; README's table says otherwise"


def of_set_up(table):
    """Yield (kind, sentence) if the set-up needs an answer, or a code cell gives one away."""
    try:
        with trial.set_up(table.path, stubs.package()):
            pass
    except Exception as error:
        yield "set-up", f"on the stubs, its set-up raises {type(error).__name__}: {error}"
    cells = filter(notebook.is_code, notebook.read(table.path)["cells"])
    lines = {line.strip() for cell in cells for line in "".join(cell["source"]).split("\n")}
    for line in sorted(lines & secret_lines()):
        yield "gives-away", f"a code cell holds a line of the solution: {line}"


def secret_lines():
    """Return the longer lines of the solutions that no stub has."""
    given = {line.strip() for text in stubs.package().values() for line in text.split("\n")}
    lines = {line.strip() for text in solutions().values() for line in text.split("\n")}
    return {line for line in lines - given if len(line) > LONG}
