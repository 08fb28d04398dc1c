"""Statistics of a class: how marks spread, which checks were hard, which mistakes were frequent."""

import re
from collections import Counter
from dataclasses import dataclass, field

BINS = 10
EXPLAINED = re.compile(r"(?:expected [^\n]*?|: no)\. (?=[A-Z])")


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
    """A check, and how many submissions passed it, tried it, and have an outcome for it."""

    notebook: str
    check: int
    task: str
    passed: int = 0
    tried: int = 0
    of: int = 0


def checks(rows):
    """Return the CheckCount of each check, in order."""
    found: dict = {}
    for outcome in (outcome for row in rows for outcome in row.outcomes):
        key = outcome.notebook, outcome.check
        count = found.setdefault(key, CheckCount(*key, outcome.task))
        count.passed += outcome.verdict == "passed"
        count.tried += outcome.verdict in ("passed", "failed")
        count.of += 1
    return [found[key] for key in sorted(found)]


def hardest(counts):
    """Return the CheckCount with the largest share of failures, None if nobody failed any check."""
    failed = [count for count in counts if count.passed < count.tried]
    return max(failed, key=lambda count: 1 - count.passed / count.tried, default=None)


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
    return sorted(found.values(), key=lambda one: (-len(one.ids), str(one.diagnosis)))


def sentence(message):
    """Return the sentence in a message that explains a mistake, without one student's numbers."""
    return EXPLAINED.split(message, maxsplit=1)[-1].split("\n")[0]
