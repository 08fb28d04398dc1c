"""What late days cost: days that have begun, the grace, the budget, and what is dropped."""

from datetime import datetime, timedelta

import pytest

from course.roster import late

DUE = datetime(2026, 10, 5, 23, 59)


@pytest.mark.parametrize(
    ("minutes", "grace", "days"),
    [
        (-1, 0, 0),
        (0, 0, 0),
        (1, 0, 1),
        (24 * 60, 0, 1),
        (24 * 60 + 1, 0, 2),
        (30, 30, 0),
        (31, 30, 1),
    ],
)
def test_a_day_that_has_begun_counts_and_the_grace_does_not(minutes, grace, days):
    handed_in = DUE + timedelta(minutes=minutes)
    assert late.days_late(handed_in, DUE, timedelta(minutes=grace)) == days


def test_the_budget_pays_for_the_earliest_deadlines_first():
    assert late.spent({"a": 2, "b": 0, "c": 3}, 4) == {"a": 2, "b": 0, "c": 2}


@pytest.mark.parametrize(
    ("points", "days", "percent", "cost"),
    [(36, 2, 10, 7.2), (36, 0, 10, 0), (36, 20, 10, 36), (0, 3, 10, 0), (33, 1, 33.3, 10.99)],
)
def test_each_day_takes_its_share_of_what_was_reached_and_never_more(points, days, percent, cost):
    assert late.cost(points, days, percent) == pytest.approx(cost)


@pytest.mark.parametrize(
    ("count", "dropped"), [(0, []), (1, ["b"]), (2, ["b", "a"]), (3, ["b", "a"]), (9, ["b", "a"])]
)
def test_the_smallest_shares_are_dropped_and_one_notebook_stays(count, dropped):
    assert late.lowest({"a": (30, 60), "b": (10, 40), "c": (9, 10)}, count) == dropped


def test_of_one_notebook_none_is_dropped():
    assert late.lowest({"a": (0, 10)}, 1) == []
