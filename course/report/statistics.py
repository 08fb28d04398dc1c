"""Statistics of a class: how marks spread, which checks were hard, which mistakes were frequent."""

import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import median

BINS = 10
EXPLAINED = re.compile(r"(?:expected [^\n]*?|: no)\. (?=[A-Z])")
BEHIND = 0.7
"""Who has less than this share of the class's median may need help."""
NOT_ONE_MISTAKE = ("comes-first", None)
"""Diagnoses that come last: of a check that waits for another, and of what nothing explains."""


def histogram(rows):
    """Return a list of (label, count): how many rows have which percentage of the points."""
    counts = [0] * BINS
    for row in rows:
        if row.ran and row.max_points:
            share = row.points / row.max_points
            counts[min(int(share * BINS), BINS - 1)] += 1
    return [(f"{100 * n // BINS}", count) for n, count in enumerate(counts)]


@dataclass
class CheckCount:
    """A check, and whose outcome for it is which: {verdict: [ids of submissions]}."""

    notebook: str
    check: int
    task: str
    ids: dict = field(default_factory=dict)

    @property
    def passed(self):
        """How many passed it."""
        return len(self.ids.get("passed", ()))

    @property
    def tried(self):
        """How many passed or failed it."""
        return self.passed + len(self.ids.get("failed", ()))

    @property
    def of(self):
        """How many have an outcome for it."""
        return sum(map(len, self.ids.values()))


def checks(rows):
    """Return the CheckCount of each check, in order."""
    found: dict = {}
    for row in rows:
        for outcome in row.outcomes:
            key = outcome.notebook, outcome.check
            count = found.setdefault(key, CheckCount(*key, outcome.task))
            count.ids.setdefault(outcome.verdict, []).append(row.id)
    return [found[key] for key in sorted(found)]


def hardest(counts):
    """Return the CheckCount with the largest share of failures, None if nobody failed any check."""
    failed = [count for count in counts if count.passed < count.tried]
    return max(failed, key=lambda count: 1 - count.passed / count.tried, default=None)


@dataclass
class Behind:
    """Somebody who may need help: their row, and the outcomes that failed."""

    row: object
    failed: list

    @property
    def tasks(self):
        """What the failed checks are about, each function once."""
        return list(dict.fromkeys(outcome.task.split(",")[0] for outcome in self.failed))


def behind(rows):
    """Return who is far behind the median of the class, the furthest first, as Behinds."""
    ran = [row for row in rows if row.ran and row.outcomes]
    if len(ran) < 2:
        return []
    least = BEHIND * median(row.points for row in ran)
    far = sorted((row for row in ran if row.points < least), key=lambda row: (row.points, row.id))
    return [Behind(row, [o for o in row.outcomes if o.verdict == "failed"]) for row in far]


@dataclass
class Mistake:
    """A mistake made in a class.

    sentences: {what was said about it: how often}; ids, tasks: {name: True} of the submissions
    and tasks that it was met in, in the order in which it was met.
    """

    diagnosis: str | None
    sentences: Counter = field(default_factory=Counter)
    ids: dict = field(default_factory=dict)
    tasks: dict = field(default_factory=dict)

    @property
    def sentence(self):
        """The sentence that was said most often."""
        return self.sentences.most_common(1)[0][0]


def mistakes(rows):
    """Return the Mistakes of a class, the most frequent first."""
    found: dict = {}
    for row in rows:
        for outcome in row.outcomes:
            if outcome.verdict == "failed":
                mistake = found.setdefault(outcome.diagnosis, Mistake(outcome.diagnosis))
                mistake.sentences[sentence(outcome.message)] += 1
                mistake.ids[row.id] = mistake.tasks[outcome.task] = True
    place = lambda one: (one.diagnosis in NOT_ONE_MISTAKE, -len(one.ids), str(one.diagnosis))  # noqa: E731
    return sorted(found.values(), key=place)


def sentence(message):
    """Return the sentence in a message that explains a mistake, without one student's numbers."""
    return EXPLAINED.split(message, maxsplit=1)[-1].split("\n")[0]
