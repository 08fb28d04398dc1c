"""The arithmetic of late work: days, what they cost, the budget, and the lowest that is dropped."""

import math
from datetime import timedelta

DAY = timedelta(days=1)


def days_late(handed_in, deadline, grace):
    """Return how many days late something is, each day that has begun; 0 within the grace.

    handed_in, deadline: datetimes; grace: a timedelta. Past the grace, the deadline counts.
    """
    late = handed_in - deadline
    return math.ceil(late / DAY) if late > grace else 0


def spent(days, budget):
    """Return {notebook: days that the budget pays for}.

    days: {notebook: days late}, the earliest deadline first; the budget is used in that order.
    """
    paid = {}
    for name, late in days.items():
        paid[name] = min(late, budget)
        budget -= paid[name]
    return paid


def cost(points, days, percent):
    """Return the points that late days take: so many per cent a day of what was reached."""
    return round(points * min(1, days * percent / 100), 2)


def lowest(reached, count):
    """Return the names of the `count` notebooks to drop: those with the smallest share of points.

    reached: {notebook: (points, most)}; one always stays.
    """
    shares = {name: points / most for name, (points, most) in reached.items() if most}
    order = sorted(shares, key=lambda name: (shares[name], -reached[name][1]))
    return order[: min(count, len(reached) - 1)] if len(reached) > 1 else []
