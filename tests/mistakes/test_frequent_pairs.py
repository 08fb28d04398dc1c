"""Mistakes come in pairs: what is said of two of a task's ten most frequent ones at once."""

from itertools import combinations

import pytest

from course import notebook, paths
from tests.mistakes.frequent import FREQUENT
from tests.mistakes.harness import both
from tests.mistakes.report import TABLES, failed
from tests.mistakes.test_tables import CAUSES

OF_BOTH = {"wrong-parts", "straight-alone", "sums"}
"""Diagnoses that name what two mistakes in two parts have in common."""

UNNAMED = {"conv_forward_naive": 5, "max_pool": 9}
"""{task: how many pairs are said to be wrong, and no more}; most have to do with the stride."""


def pairs(table, task, whats):
    """Yield (one, other, package) of the pairs of mistakes that fail one check and lie apart."""
    rows = {mistake.what: mistake for mistake in table.groups[task]}
    for one, other in combinations([rows[what] for what in whats], 2):
        package = one.fails & other.fails and both(one, other)
        if package:
            yield one, other, package


@pytest.mark.parametrize(("name", "task"), FREQUENT)
def test_of_two_frequent_mistakes_one_is_named_and_never_a_third(name, task):
    table = next(table for table in TABLES if table.notebook == name)
    numbers = {check.number for check in notebook.checks(paths.ASSIGNMENTS / f"{name}.ipynb")}
    unnamed = []
    for one, other, package in pairs(table, task, FREQUENT[name, task]):
        failures = failed(table, package, skipped=numbers - (one.fails | other.fails))
        first = failures[min(failures)]
        if first.diagnosis not in {one.code, other.code} | OF_BOTH:
            assert first.diagnosis not in CAUSES, first.sentence
            unnamed.append((one.what, other.what))
    assert len(unnamed) <= UNNAMED.get(task, 0), unnamed
