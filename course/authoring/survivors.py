"""Wrong answers made by machine, and those among them that no check notices."""

import ast
import contextlib
import signal
from dataclasses import dataclass

from .. import stubs
from . import trial
from .mutations import mutants
from .tables import solutions
from .weak import tasks_of

SECONDS = 10
"""A changed answer that takes longer counts as noticed: grading stops it, too."""


@dataclass(frozen=True)
class Mutant:
    """The solution of a task with one small change; before, after: of the piece that differs."""

    module: str
    task: str
    line: int
    what: str
    before: str
    after: str
    text: str

    def __str__(self):
        place = f"solutions/{self.module}, line {self.line}, {self.task}"
        return f"{place}: {self.what}: `{self.before}` becomes `{self.after}`"


def of_notebook(path):
    """Yield the Mutants of the answers to all tasks that the checks of a notebook ask for."""
    checks = trial.check_cells(path)
    tasks = dict.fromkeys(task for check in checks for task in tasks_of(check))
    for module, text in solutions().items():
        for task, first, last in written(text):
            if task in tasks:
                for change in mutants(text, first, last):
                    yield Mutant(module, task, *change)


def written(text):
    """Yield (task, first line, last line) of what students write in a solved module."""
    known = list(stubs.blocks(ast.parse(text)))
    for number in stubs.marks(text):
        indent = len(text.split("\n")[number]) - len(text.split("\n")[number].lstrip())
        task, last = stubs.enclosing_task(known, number + 1, indent, "")
        yield task, number + 1, last


def survives(mutant, path, skipped=()):
    """Tell whether a Mutant passes every check of the notebook at `path`.

    skipped: numbers of checks that take long. The checks of its own task are asked first.
    """
    checks = {c: source for c, source in trial.check_cells(path).items() if c.number not in skipped}
    order = sorted(checks, key=lambda check: mutant.task not in tasks_of(check))
    package = solutions() | {mutant.module: mutant.text}
    try:
        with limited(SECONDS), trial.set_up(path, package) as space:
            return all(trial.passes(checks[check], space) for check in order)
    except Exception:
        return False


class TooLong(BaseException):
    """A changed answer takes too long; no check may catch it."""


@contextlib.contextmanager
def limited(seconds):
    """Raise RuntimeError if what is within takes longer."""

    if not hasattr(signal, "SIGALRM"):  # on Windows nothing stops it
        yield
        return

    def stop(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    except TooLong:
        raise RuntimeError("too long") from None
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
