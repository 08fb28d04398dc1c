"""How well the checks do, task by task: `python -m tests.mistakes.report`.

A table is a module of this folder whose name ends in _mistakes. It has
    NOTEBOOK: the name of a notebook;
    GROUPS: {task: [Mistake, ...]};
    RIGHT: {how it is written: (module, code)}, right answers, which have to pass;
    TRAINING: numbers of checks that train a net, if any; they take long and are run only for
        the mistakes that they must refuse, and for right answers.
"""

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from itertools import combinations, islice
from pathlib import Path
from random import Random

from course import notebook, paths
from tests.mistakes.harness import Mistake, both, rewritten, run

FILES = sorted(Path(__file__).parent.glob("*_mistakes.py"))
TABLES = [import_module(f"tests.mistakes.{path.stem}") for path in FILES]
SEEDS = range(5)
NAMED = 0.85
"""The share of the mistakes in a task that have to be named."""


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
    skipped = getattr(table, "TRAINING", set()) - mistake.fails
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
    """Tell whether a failure says no more than that the first of these checks comes first."""
    return failure.diagnosis == "comes-first" and f"Check {min(checks)} " in failure.sentence


def failed(table, package, seed=0, skipped=()):
    """Return {number: failure} of the checks of a table's notebook that refuse a package."""
    path = paths.ASSIGNMENTS / f"{table.NOTEBOOK}.ipynb"
    with tempfile.TemporaryDirectory() as folder:
        outcomes = run(path, package, Path(folder), seed, skipped)
    return {number: outcome.failure for number, outcome in outcomes.items() if outcome.failure}


def refused(how, table):
    """Return the failures of a right answer, at several seeds; no check beyond CS231n is asked.

    Checks that train a net are asked at the first seed alone: by loops, they take a minute.
    """
    package, training = rewritten(*table.RIGHT[how]), getattr(table, "TRAINING", set())
    found = []
    for seed in SEEDS:
        skipped = beyond(table) | (training if seed else set())
        found += failed(table, package, seed, skipped).values()
    return found


def beyond(table):
    """Return the numbers of the checks that ask more than CS231n does."""
    checks = notebook.checks(paths.ASSIGNMENTS / f"{table.NOTEBOOK}.ipynb")
    return {check.number for check in checks if check.beyond}


def pairs(table, number, seed=0):
    """Return a sample of pairs of mistakes that are about the same checks, and named."""
    training = getattr(table, "TRAINING", set())
    named = [[mistake for mistake in group if mistake.code] for group in table.GROUPS.values()]
    found = [
        (one, other)
        for group in named
        for one, other in combinations(group, 2)
        if one.fails & other.fails - training
    ]
    Random(seed).shuffle(found)
    return list(islice((pair for pair in found if both(*pair)), number))


def main():
    """Print what becomes of all mistakes and of all right answers; exit with 1 if not well."""
    fine = True
    for table in TABLES:
        verdicts = {task: [judge(m, table) for m in group] for task, group in table.GROUPS.items()}
        fine &= show(table, verdicts)
        wrongly = [how for how in table.RIGHT if refused(how, table)]
        print(f"right answers accepted: {len(table.RIGHT) - len(wrongly)}, refused: {wrongly or 0}")
        fine &= not wrongly
    sys.exit(0 if fine else 1)


def show(table, verdicts):
    """Print a line for each task and one for all; tell whether they are as they should be."""
    fine = True
    print(f"\n{table.NOTEBOOK:32}mistakes  rejected  named  misnamed  unnamed")
    for task, group in {**verdicts, "in all": sum(verdicts.values(), [])}.items():
        kinds = Counter(verdict.kind for verdict in group)
        rejected = sum(verdict.rejected for verdict in group)
        print(
            f"{task:32}{len(group):8}{rejected:10}{kinds['named']:7}{kinds['misnamed']:10}"
            f"{kinds['unnamed']:9}"
        )
        fine &= rejected == len(group) and not kinds["misnamed"]
        fine &= kinds["named"] >= NAMED * len(group)
    return fine


if __name__ == "__main__":
    main()
