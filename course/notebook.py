"""Notebooks as JSON: which cells are checks, which set up, and what a grading run keeps."""

import json
import re
from dataclasses import dataclass

HEADING = re.compile(
    r"# (Check|(?P<bonus>Bonus)) (?P<number>\d+) \((?(bonus)up to )(?P<points>\d+) points?\): "
    r"(?P<task>.+?)(, given (?P<given>.+))?"
)
RELOAD = re.compile(r"^%(load_ext )?autoreload.*\n?", re.MULTILINE)
"""Lines that look for edited files before each cell, which grading does not need."""

GIVEN = "\n# given "
"""What the last line of a check begins with that is run again on the reference's layers."""


@dataclass(frozen=True)
class Check:
    """One check cell's first line: its number, points, task and what it takes as given.

    A bonus is a check that is run only in full, and on the reference's layers where there are
    any. How many of its points an answer earns, it says itself: see data_utils.check.award.
    """

    number: int
    points: int
    task: str
    given: tuple[str, ...] = ()
    bonus: bool = False

    @property
    def max_points(self):
        """Return the points that count in a student's maximum."""
        return 0 if self.bonus else self.points


def read(path):
    """Return a notebook's JSON. Plain json: importing nbformat takes longer than grading."""
    return json.loads(path.read_text(encoding="utf-8"))


def first_line(source):
    """Return the first line of a cell's source, a string or a list of lines."""
    text = source if isinstance(source, str) else "".join(source)
    return text.split("\n", 1)[0]


def heading(source):
    """Return the Check that a cell's first line announces, or None."""
    match = HEADING.fullmatch(first_line(source).strip())
    if not match:
        return None
    given = tuple(re.split(", | and ", match["given"])) if match["given"] else ()
    bonus = bool(match["bonus"])
    return Check(int(match["number"]), int(match["points"]), match["task"], given, bonus)


def is_set_up(source):
    """Tell whether a cell's first line says that it sets up."""
    return first_line(source).startswith("# Set-up")


def checks(path, full=False, only=()):
    """Return the checks of the notebook at `path`, in its order; bonuses if it is run in full.

    only: numbers of the checks that are meant, all if there are none.
    """
    cells = read(path)["cells"]
    found = [heading(cell["source"]) for cell in cells if is_code(cell)]
    meant = [check for check in found if check and (full or not check.bonus)]
    return [check for check in meant if not only or check.number in only]


def is_code(cell):
    """Tell whether a cell holds code."""
    return cell["cell_type"] == "code"


def graded(document, full=False, homes=None, only=()):
    """Return the notebook with the cells that grading runs: set-up and checks, or all (full).

    only: numbers of the checks to keep, all if there are none.
    homes: see prerequisites. With it, a check that takes something as given comes a second time,
    to be run on the reference's layers if the student's own have failed it; a bonus comes only
    so.
    """
    kept = []
    for cell in filter(is_code, document["cells"]):
        check = heading(cell["source"])
        if not full and (check.bonus if check else not is_set_up(cell["source"])):
            continue
        if only and check and check.number not in only:
            continue
        lent = bool(homes and check and check.given)
        if not (lent and check.bonus):
            kept.append({**cell, "source": RELOAD.sub("", "".join(cell["source"]))})
        if lent:
            kept.append(second(cell, homes(check.given)))
    return {**document, "cells": kept}


def second(cell, given):
    """Return a check's cell for the run on the reference's layers; given: {module: names}."""
    source = "".join(cell["source"]) + GIVEN + json.dumps(given)
    return {**cell, "id": f"{cell.get('id')}-given", "source": source}


def given(source):
    """Return {module: names} of what is given in a cell: nothing, unless its last line says so."""
    _, mark, names = source.rpartition(GIVEN)
    return json.loads(names) if mark else {}
