"""What the rules of a class make of one person's marks, with a sentence for each."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ..intake.times import in_code, in_words
from ..text import points
from . import late
from .class_file import with_zone

SAYS = {"moodle": "Moodle says", "sid": "Gradescope says"}
"""{platform of a roster: what it says of a time}."""


@dataclass
class Ruling:
    """What the rules take from one person.

    days, taken: {notebook: days late, points that the rule took}; free_days: how many of the
    budget were used; dropped: notebooks that do not count; sentences: what the person is told;
    handed_in: as it is shown, or "".
    """

    handed_in: str = ""
    days: dict = field(default_factory=dict)
    taken: dict = field(default_factory=dict)
    free_days: int = 0
    dropped: list = field(default_factory=list)
    sentences: list = field(default_factory=list)


@dataclass(frozen=True)
class Arrival:
    """When something was handed in, None if nothing tells it, and what tells it.

    is_late: whether Canvas says that it was late.
    """

    when: datetime | None
    told_by: str
    is_late: bool = False


def arrival_of(submission, person, policy):
    """Return the Arrival of a submission: as its platform says, else the roster, else its files."""
    by_platform = submission.told_by in SAYS.values() or submission.platform == "canvas"
    said = None if by_platform else time_in(person.time)
    if said:
        told = next((SAYS[name] for name in person.lines if name in SAYS), "the roster says")
        return Arrival(with_zone(said, policy.zone), told)
    when = datetime.fromisoformat(submission.time) if submission.time else None
    told = with_zone(when, policy.zone) if when else None
    return Arrival(told, submission.told_by, submission.is_late and submission.platform == "canvas")


def time_in(text):
    """Return the datetime that a roster's cell gives, as a program or in words; None if none."""
    code = in_code(text)
    return datetime.fromisoformat(code) if code else in_words(text)


def ruling(reached, arrival, policy, extensions, used=0):
    """Return the Ruling for one person.

    reached: {notebook: (points, most)}; extensions: {notebook: timedelta or datetime}, theirs;
    used: free late days that they used before.
    """
    found = Ruling(handed_in=shown(arrival.when) if arrival.when else "")
    deadlines = {n: extended(d, extensions.get(n)) for n, d in policy.deadlines.items()}
    deadlines = {n: deadlines[n] for n in policy.deadlines if n in reached}
    found.days = {n: days(arrival, due, policy, n in extensions) for n, due in deadlines.items()}
    paid = late.spent(found.days, max(policy.budget_days - used, 0))
    for name, due in deadlines.items():
        rest = found.days[name] - paid[name]
        found.taken[name] = late.cost(reached[name][0], rest, policy.percent_a_day)
        found.sentences += told(name, due, arrival, found, paid[name], reached[name][0], policy)
    found.free_days = sum(paid.values())
    if found.free_days:
        left = policy.budget_days - used - found.free_days
        found.sentences.append(f"Free late days left: {left} of {policy.budget_days}.")
    left_over = {n: (p - found.taken.get(n, 0), most) for n, (p, most) in reached.items()}
    found.dropped = late.lowest(left_over, policy.drop_lowest)
    found.sentences += [f"{n} is your lowest and does not count." for n in found.dropped]
    return found


def extended(deadline, extension):
    """Return a deadline with somebody's extension."""
    if isinstance(extension, timedelta):
        return deadline + extension
    return extension or deadline


def days(arrival, due, policy, has_extension):
    """Return how many days late something arrived; what a platform calls late is one, at least."""
    found = late.days_late(arrival.when, due, policy.grace) if arrival.when else 0
    return max(found, 1) if arrival.is_late and not has_extension else found


def told(name, due, arrival, found, paid, reached, policy):
    """Return the sentences that say how late a notebook was and what that takes."""
    number = found.days[name]
    if not number:
        return []
    when = f" on {shown(arrival.when)}, as {arrival.told_by}" if arrival.when else ""
    said = f"{name}: handed in{when}; the deadline was {shown(due)}."
    if arrival.is_late:
        said += " Canvas says that it was late."
    return [f"{said} {price(number, paid, found.taken[name], reached, policy)}"]


def price(number, paid, taken, reached, policy):
    """Return the sentences on what a number of late days takes."""
    said = f"It counts as {days_in_words(number)} late"
    if number == paid:
        return f"{said}. Your free late days pay for it: nothing is taken."
    rate = f"{points(policy.percent_a_day)} % a day of the {points(reached)} points reached"
    if paid:
        said += f". Your free late days pay for {paid} of them; the rest takes {rate}"
        return f"{said}: {points(taken)} points."
    return f"{said}. That takes {rate}: {points(taken)} points."


def days_in_words(number):
    """Return `1 day` or `3 days`."""
    return f"{number} day{'s' * (number != 1)}"


def shown(when):
    """Return a time as people read it."""
    return f"{when:%Y-%m-%d %H:%M}"
