"""Two reports side by side: checks that became harder, mistakes that became more frequent."""

import json
import math
from collections import defaultdict
from dataclasses import dataclass

from ..text import legible_data
from .statistics import sentence

LEAST = 0.05
"""The least difference of two shares that is shown."""
BEYOND_CHANCE = 2
"""Standard errors from which a difference is more than chance, as a rule."""


class NoReport(Exception):
    """There is no report to compare; says where it was looked for."""


@dataclass
class Change:
    """How often something happened before and now: counts and of how many; what: its name."""

    what: str
    before: int
    of_before: int
    now: int
    of_now: int

    @property
    def difference(self):
        """By how much the share went up."""
        return self.now / self.of_now - self.before / self.of_before

    @property
    def is_beyond_chance(self):
        """Whether the difference is more than two groups of this size differ by chance."""
        share = (self.before + self.now) / (self.of_before + self.of_now)
        error = math.sqrt(share * (1 - share) * (1 / self.of_before + 1 / self.of_now))
        return abs(self.difference) > BEYOND_CHANCE * error


def outcomes_in(report):
    """Return the outcomes of a report, dicts as in outcomes.json, or raise NoReport."""
    path = report / "outcomes.json"
    try:
        found = legible_data(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise NoReport(f"there is no {path}; give a folder that `course grade` wrote") from None
    except (OSError, ValueError) as error:
        raise NoReport(f"{path} cannot be read: {error}") from None
    return [outcome for outcome in found if outcome["outcome"] != "not run"]


def harder(before, now):
    """Return the Changes of checks that fewer pass now, the largest first; of what both have."""
    return sorted_changes(failures(before), failures(now), only_both=True)


def more_frequent(before, now):
    """Return the Changes of mistakes that more students make now, the largest first."""
    return sorted_changes(mistakes(before), mistakes(now))


def failures(outcomes):
    """Return {notebook and task: (how many did not pass, of how many)}."""
    found: dict = defaultdict(list)
    for one in outcomes:
        found[f"{one['notebook']}, {one['task']}"].append(one["outcome"] != "passed")
    return {name: (sum(failed), len(failed)) for name, failed in found.items()}


def mistakes(outcomes):
    """Return {sentence and code of a mistake: (students who made it, of how many)}."""
    everybody = {one["submission"] for one in outcomes}
    made: dict = defaultdict(set)
    said: dict = {}
    for one in outcomes:
        if one["outcome"] == "failed" and one["diagnosis"]:
            made[one["diagnosis"]].add(one["submission"])
            said.setdefault(one["diagnosis"], sentence(one["message"]))
    return {code: (len(who), len(everybody), said[code]) for code, who in made.items()}


def sorted_changes(before, now, only_both=False):
    """Return the Changes of what happens more often now, the largest first."""
    names = before.keys() & now.keys() if only_both else now.keys()
    of_before = max((of for _, of, *_ in before.values()), default=0)
    changes = []
    for name in names:
        count, of, *said = now[name]
        earlier = before.get(name, (0, of_before))
        what = f"{said[0]} [{name}]" if said else name
        changes.append(Change(what, earlier[0], earlier[1], count, of))
    larger = [one for one in changes if one.of_before and one.difference >= LEAST]
    return sorted(larger, key=lambda one: (-one.difference, one.what))
