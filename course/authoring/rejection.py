"""What the checks say of a wrong answer, and whether they refuse a right one."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import notebook
from .reach import untouched
from .tables import Mistake, rewritten
from .trial import run

SEEDS = range(5)


@dataclass(frozen=True)
class Verdict:
    """What the checks say of a mistake.

    costs: the numbers of the checks that fail, less those that only say that an earlier check
    comes first, if that one fails.
    diagnosis: of the first that fails; None if it says no more than that something is wrong.
    """

    mistake: Mistake
    costs: frozenset[int]
    diagnosis: str | None
    sentence: str

    @property
    def rejected(self):
        """Tell whether it costs the checks of its own task, and no others."""
        return self.costs == self.mistake.fails

    @property
    def kind(self):
        """named, as the table has it; misnamed, as anything else; or unnamed."""
        if self.diagnosis is None:
            return "unnamed"
        return "named" if self.diagnosis == self.mistake.code else "misnamed"


def judge(mistake, table, seed=0):
    """Return the Verdict on a mistake."""
    skipped = table.training - mistake.fails
    failures = failed(table, mistake.package(), seed, skipped)
    first = failures[min(failures)] if failures else None
    excused = {n for n, failure in failures.items() if is_put_down_to(failure, mistake.fails)}
    said = first and first.diagnosis != "wrong"
    return Verdict(
        mistake,
        frozenset(failures.keys() - excused),
        first.diagnosis if said else None,
        first.sentence if first else "",
    )


def is_put_down_to(failure, checks):
    """Tell whether a failure says no more than that one of these checks comes first."""
    named = any(f"Check {number} " in failure.sentence for number in checks)
    return failure.diagnosis == "comes-first" and named


def failed(table, package, seed=0, skipped=()):
    """Return {number: failure} of the checks of a table's notebook that refuse a package.

    A check that runs nothing of what differs from the solutions is left out: it passes.
    """
    skipped = {*skipped} | untouched(table.path, package)
    outcomes = run(table.path, package, folder(), seed, skipped)
    return {number: outcome.failure for number, outcome in outcomes.items() if outcome.failure}


@cache
def folder():
    """Return the folder of all packages of this process: what is the same is compiled once."""
    made = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, made)
    return Path(made)


def refused(how, table):
    """Return the failures of a right answer, at several seeds; no check beyond CS231n is asked.

    Checks that train a net are asked at the first seed alone: by loops, they take a minute.
    """
    package, training = rewritten(*table.right[how]), table.training
    found = []
    for seed in SEEDS:
        skipped = beyond(table) | (training if seed else set())
        found += failed(table, package, seed, skipped).values()
    return found


def beyond(table):
    """Return the numbers of the checks that ask more than CS231n does."""
    checks = notebook.checks(table.path)
    return {check.number for check in checks if check.beyond}
