"""How well the checks do, task by task: `python -m tests.mistakes.report`."""

import sys
from collections import Counter
from itertools import combinations, islice
from random import Random

from course.authoring.rejection import failed, judge, refused
from course.authoring.tables import both, tables

__all__ = ["failed", "judge", "pairs", "refused"]

TABLES = tables()
NAMED = 0.85
"""The share of the mistakes in a task that have to be named."""


def pairs(table, number, seed=0):
    """Return a sample of pairs of mistakes that are about the same checks, and named."""
    training = table.training
    named = [[mistake for mistake in group if mistake.code] for group in table.groups.values()]
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
        verdicts = {task: [judge(m, table) for m in group] for task, group in table.groups.items()}
        fine &= show(table, verdicts)
        wrongly = [how for how in table.right if refused(how, table)]
        print(f"right answers accepted: {len(table.right) - len(wrongly)}, refused: {wrongly or 0}")
        fine &= not wrongly
    sys.exit(0 if fine else 1)


def show(table, verdicts):
    """Print a line for each task and one for all; tell whether they are as they should be."""
    fine = True
    print(f"\n{table.notebook:32}mistakes  rejected  named  misnamed  unnamed")
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
