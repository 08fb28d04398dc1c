"""Every wrong answer costs the checks of its own task; every right one passes."""

import re
from random import Random

import pytest

from course import paths
from course.authoring.reach import untouched
from data_utils.explain.values import FACTORS
from data_utils.lessons.well_known import WELL_KNOWN
from tests.mistakes.harness import both, cells_of, number, run, solutions
from tests.mistakes.report import NAMED, TABLES, failed, judge, pairs, refused

pytestmark = pytest.mark.slow

NAMES = [table.notebook for table in TABLES]
FIRSTS = {mistake.code: mistake for t in TABLES for mistake in reversed(t.mistakes)}
"""{diagnosis: a mistake that it names}."""

MISTAKES = [
    pytest.param(
        *(mistake, table),
        id=f"{table.notebook}: {task}: {mistake.what}",
        marks=[pytest.mark.quick] * (FIRSTS[mistake.code] is mistake),
    )
    for table in TABLES
    for task, group in table.groups.items()
    for mistake in group
]
SAMPLE = Random(0).sample(MISTAKES, 20)
RIGHT = [
    pytest.param(how, table, id=f"{table.notebook}: {how}")
    for table in TABLES
    for how in table.right
]
PAIRS = [
    pytest.param(one, other, table, id=f"{table.notebook}: {one.what}; {other.what}")
    for table in TABLES
    for one, other in pairs(table, 3)
]
LESSONS = "".join(p.read_text() for p in (paths.DATA_UTILS / "lessons").glob("*.py"))
NAMED_BY_LESSONS = re.findall(r'(?:Mistake,?\(?\s*|= \(\s*)"([a-z0-9-]+)",', LESSONS)
CAUSES = {*WELL_KNOWN, *NAMED_BY_LESSONS, *(code for _, code in FACTORS.values())}
"""Diagnoses that name a cause; others tell a fact, such as where an answer is wrong."""


@pytest.mark.parametrize(("mistake", "table"), MISTAKES)
def test_a_mistake_costs_the_checks_of_its_own_task_and_is_not_misnamed(mistake, table):
    verdict = judge(mistake, table)
    assert verdict.costs == mistake.fails, verdict.sentence
    assert verdict.diagnosis == mistake.code, verdict.sentence


@pytest.mark.parametrize(("one", "other", "table"), PAIRS)
def test_two_mistakes_at_once_are_not_taken_for_a_third(one, other, table):
    failures = failed(table, both(one, other), skipped=table.training)
    first = failures[min(failures)]
    assert first.diagnosis not in CAUSES - {one.code, other.code}, first.sentence


@pytest.mark.parametrize(("mistake", "table"), SAMPLE)
def test_a_check_that_runs_nothing_of_what_a_mistake_changes_passes(mistake, table, tmp_path):
    left_out = untouched(table.path, mistake.package()) - (table.training - mistake.fails)
    asked = {number(cell) for cell in cells_of(table.path)} - {None}
    outcomes = run(table.path, mistake.package(), tmp_path, skipped=asked - left_out)
    assert outcomes.keys() == left_out and not any(o.failure for o in outcomes.values())


@pytest.mark.parametrize(("how", "table"), RIGHT)
def test_a_right_answer_written_differently_passes(how, table):
    assert not refused(how, table)


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_most_mistakes_in_each_task_are_named(table):
    for task, mistakes in table.groups.items():
        named = sum(mistake.code is not None for mistake in mistakes)
        assert named >= NAMED * len(mistakes), f"{task}: {named} of {len(mistakes)}"


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_the_solutions_are_asked_everything_and_pass(table):
    assert not untouched(table.path, solutions())
    assert not failed(table, solutions())
