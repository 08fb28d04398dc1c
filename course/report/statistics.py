"""What a class has in common: how the marks are spread, what was hard, what went wrong most."""

import re
from collections import Counter, defaultdict

BINS = 10
EXPLAINED = re.compile(r"(?:expected [^\n]*?|: no)\. (?=[A-Z])")


def histogram(rows):
    """Return a list of (label, count): how many of rows have so many per cent of the points."""
    counts = [0] * BINS
    for row in rows:
        if row["ran"] and row["max_points"]:
            share = row["points"] / row["max_points"]
            counts[min(int(share * BINS), BINS - 1)] += 1
    return [(f"{100 * n // BINS}", count) for n, count in enumerate(counts)]


def checks(rows):
    """Return a dict for each check, in order: who passed it, and which part of the class."""
    found: dict = {}
    for row in rows:
        for outcome in row["outcomes"]:
            key = outcome["notebook"], outcome["check"]
            check = found.setdefault(key, {**outcome, "passed": 0, "tried": 0, "of": 0})
            check["passed"] += outcome["outcome"] == "passed"
            check["tried"] += outcome["outcome"] in ("passed", "failed")
            check["of"] += 1
    return [found[key] for key in sorted(found)]


def hardest(of_checks):
    """Return the check that most of those who tried it failed, None if nobody failed any."""
    tried = [check for check in of_checks if check["passed"] < check["tried"]]
    return max(tried, key=lambda c: 1 - c["passed"] / c["tried"], default=None)


def mistakes(rows):
    """Return the class's mistakes, the most frequent first.

    A list of dicts: diagnosis, sentence, ids of the submissions and tasks it was met in.
    """
    met: dict = defaultdict(lambda: {"said": Counter(), "ids": {}, "tasks": {}})
    for row in rows:
        for outcome in row["outcomes"]:
            if outcome["outcome"] == "failed":
                one = met[outcome["diagnosis"]]
                one["said"][sentence(outcome["message"])] += 1
                one["ids"][row["id"]] = one["tasks"][outcome["task"]] = True
    found = [
        {
            "diagnosis": diagnosis,
            "sentence": one["said"].most_common(1)[0][0],
            "ids": list(one["ids"]),
            "tasks": list(one["tasks"]),
        }
        for diagnosis, one in met.items()
    ]
    return sorted(found, key=lambda one: (-len(one["ids"]), str(one["diagnosis"])))


def sentence(message):
    """Return what a message says about a mistake: without one student's numbers, if it can."""
    explained = EXPLAINED.split(message, maxsplit=1)
    return explained[-1].split("\n")[0]
