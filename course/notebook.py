"""Notebooks as JSON: which cells are checks, which set up, and what a grading run keeps."""

import json
import re
from dataclasses import dataclass

HEADING = re.compile(
    r"# Check (?P<number>\d+) \((?P<points>\d+) points?\): (?P<task>.+?)(, given (?P<given>.+))?"
)
RELOAD = re.compile(r"^%(load_ext )?autoreload.*\n?", re.MULTILINE)
"""Lines that look for edited files before each cell, which grading does not need."""

GIVEN = "\n# given "
"""What the last line of a check begins with that is run again on the reference's layers."""


@dataclass(frozen=True)
class Check:
    """One check cell's first line: its number, points, task and what it takes as given."""

    number: int
    points: int
    task: str
    given: tuple[str, ...] = ()


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
    return Check(int(match["number"]), int(match["points"]), match["task"], given)


def is_set_up(source):
    """Tell whether a cell's first line says that it sets up."""
    return first_line(source).startswith("# Set-up")


def checks(path):
    """Return the checks of the notebook at `path`, in its order."""
    cells = read(path)["cells"]
    return [found for cell in cells if is_code(cell) and (found := heading(cell["source"]))]


def is_code(cell):
    """Tell whether a cell holds code."""
    return cell["cell_type"] == "code"


def graded(document, full=False, homes=None):
    """Return the notebook with the cells that grading runs: set-up and checks, or all (full).

    homes: see course.given. With it, a check that takes something as given comes a second time,
    to be run on the reference's layers if the student's own have failed it.
    """
    kept = []
    for cell in filter(is_code, document["cells"]):
        check = heading(cell["source"])
        if full or check or is_set_up(cell["source"]):
            kept.append({**cell, "source": RELOAD.sub("", "".join(cell["source"]))})
        if homes and check and check.given:
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
