"""A student's own code, beside the checks that it failed."""

import re

from data_utils.headings import is_named, names

from ..intake import apart
from ..intake.excerpts import excerpts_at
from ..intake.tokens import texts_of
from ..text import legible_data

PLACE = re.compile(r"starter/([\w/]+\.py), line (\d+)")
"""How a message names a line of the student's package."""
MAX_PIECES = 3


def of_class(submissions):
    """Return a function that gives the pieces of code for a row of the class, see excerpts."""
    by_id = {submission.id: submission for submission in submissions}
    return lambda row: excerpts(by_id[row.id], row.outcomes)


def excerpts(submission, outcomes):
    """Return {(notebook, check): pieces of the student's code that a failed check is about}.

    A piece is a dict of module, name, failed (numbers of the lines that the message names), lines
    (number, [(letter of its colour, text)]) and more: how many lines are not shown.
    """
    wanted = {(o.notebook, o.check): wishes(o) for o in outcomes if o.verdict == "failed"}
    asked = [list(one) for one in dict.fromkeys(w for each in wanted.values() for w in each)]
    if not asked or submission.problem:
        return {}
    pieces = []
    try:
        pieces += apart.ask(excerpts_at, submission.sources, texts_of(submission), asked)
    except apart.Stopped:
        return {}
    found = legible_data(pieces)
    messages = {(o.notebook, o.check): o.message for o in outcomes}
    return {key: chosen(each, found, messages[key]) for key, each in wanted.items()}


def wishes(outcome):
    """Return what to show beside a check, see excerpts_at: its functions, and where it failed."""
    places = [("", module, int(line)) for module, line in PLACE.findall(outcome.message)]
    told = [word for word in re.findall(r"\w+", outcome.message) if is_named(word, outcome.task)]
    return [(name, "", 0) for name in (*names(outcome.task), *told)] + places[-1:]


def chosen(wanted, pieces, message):
    """Return those of the pieces that are wanted, with the lines that a message names."""
    failed = [(module, int(line)) for module, line in PLACE.findall(message)]
    found = [shown(piece, failed) for piece in pieces if is_wanted(piece, wanted)]
    return found[:MAX_PIECES]


def is_wanted(piece, wanted):
    """Tell whether a piece is what a check's page should show."""
    first, last = piece["first"], piece["first"] + len(piece["lines"]) + piece["more"]
    return any(
        name == piece["name"] or (module == piece["module"] and first <= line < last)
        for name, module, line in wanted
    )


def shown(piece, failed):
    """Return a piece with its lines' numbers; failed: (module, line) that a message names."""
    numbered = list(enumerate(piece["lines"], piece["first"]))
    here = {line for module, line in failed if module == piece["module"]}
    hit = [number for number, _ in numbered if number in here]
    return {**piece, "lines": numbered, "failed": hit}
