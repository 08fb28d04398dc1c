"""Moodle's grading worksheet, in whichever language: who somebody is, and when they handed in."""

import re

from .times import in_words

PARTICIPANT = re.compile(r"(\D*[^\W\d]\D*)(\d+)")
"""How a worksheet spells who somebody is: a word of its language and a number."""
LATE = re.compile(r"late\b|overdue|später|verspätet|retard|después|ritardo|atras|te laat|termínu")
"""What the status of a late submission says, in some languages."""
STATUS = {"status", "statut", "estado", "stato", "stav"}


def is_worksheet(table):
    """Tell whether a Table is a grading worksheet: each line begins as `Participant 815`."""
    found = [PARTICIPANT.fullmatch(line[table.headings[0]]) for _, line in table.lines]
    prefixes = {match[1] for match in found if match}
    several = len(table.headings) > 2 and bool(found) and all(found) and len(prefixes) == 1
    return several and (table.headings[0] in ("Identifier", "ID") or prefixes.pop().endswith(" "))


def arrivals_in(table):
    """Yield (number, whether late, naive ISO time or "") of each line of a worksheet."""
    if not is_worksheet(table):
        return
    column = time_heading(table)
    status = next((name for name in table.headings if name.casefold() in STATUS), None)
    for _, line in table.lines:
        number = PARTICIPANT.fullmatch(line[table.headings[0]])[2]
        found = in_words(line[column]) if column else None
        is_late = bool(status and LATE.search(line[status].casefold()))
        yield number, is_late, found.isoformat() if found else ""


def time_heading(table):
    """Return the heading of the times of submission, None if no column has times.

    It is the first whose heading has brackets, as in Last modified (submission).
    """
    dated = [
        name for name in table.headings if any(in_words(line[name]) for _, line in table.lines)
    ]
    return next((name for name in dated if "(" in name), None)
