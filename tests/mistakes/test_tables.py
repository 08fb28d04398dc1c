"""Every wrong answer costs the checks of its own task; every right one passes."""

import pytest

from tests.mistakes.harness import solutions
from tests.mistakes.report import NAMED, TABLES, failed, judge, refused

NAMES = [table.NOTEBOOK for table in TABLES]
MISTAKES = [
    pytest.param(mistake, table, id=f"{table.NOTEBOOK}: {task}: {mistake.what}")
    for table in TABLES
    for task, group in table.GROUPS.items()
    for mistake in group
]
RIGHT = [
    pytest.param(how, table, id=f"{table.NOTEBOOK}: {how}")
    for table in TABLES
    for how in table.RIGHT
]


@pytest.mark.parametrize(("mistake", "table"), MISTAKES)
def test_a_mistake_costs_the_checks_of_its_own_task_and_is_not_misnamed(mistake, table):
    verdict = judge(mistake, table)
    assert verdict.costs == mistake.fails, verdict.sentence
    assert verdict.diagnosis == mistake.code, verdict.sentence


@pytest.mark.parametrize(("how", "table"), RIGHT)
def test_a_right_answer_written_differently_passes(how, table):
    assert not refused(how, table)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_most_mistakes_in_each_task_are_named(table):
    for task, mistakes in table.GROUPS.items():
        named = sum(mistake.code is not None for mistake in mistakes)
        assert named >= NAMED * len(mistakes), f"{task}: {named} of {len(mistakes)}"


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_the_solutions_pass(table):
    assert not failed(table, solutions())
