"""Notebooks as JSON: which cells are checks, which set up, and which cells a grading run keeps."""

import json

from data_utils.headings import Check, first_line, heading

__all__ = [
    "Check",
    "checks",
    "first_line",
    "given",
    "graded",
    "heading",
    "is_code",
    "is_set_up",
    "read",
]

GIVEN = "\n# given "
"""The beginning of the last line of a check that is run again, on the reference's layers."""


def read(path):
    """Return a notebook's JSON. Plain json: importing nbformat takes longer than grading."""
    return json.loads(path.read_text(encoding="utf-8"))


def is_set_up(source):
    """Tell whether a cell's first line is that of a set-up cell."""
    return first_line(source).startswith("# Set-up")


def checks(path, full=False, only=()):
    """Return the checks of the notebook at `path`, in its order; bonuses if it is run in full.

    only: numbers of the checks to return, all if it is empty.
    """
    cells = read(path)["cells"]
    found = [heading(cell["source"]) for cell in cells if is_code(cell)]
    meant = [check for check in found if check and (full or not check.bonus)]
    return [check for check in meant if not only or check.number in only]


def is_code(cell):
    """Tell whether a cell holds code."""
    return cell["cell_type"] == "code"


def graded(document, full=False, names_given=None, only=()):
    """Return the notebook with the cells that grading runs: set-up and checks, or all (full).

    only: numbers of the checks to keep, all if it is empty.
    names_given: the function of prerequisites. With it, a check that takes something as given comes
    a second time, to be run on the reference's layers if it fails on the student's own; one that
    trains comes only in this form.
    """
    kept = []
    for cell in filter(is_code, document["cells"]):
        check = heading(cell["source"])
        if not full and (check.bonus if check else not is_set_up(cell["source"])):
            continue
        if only and check and check.number not in only:
            continue
        on_reference = bool(names_given and check and check.given)
        if not (on_reference and check.trains):
            kept.append({**cell, "source": "".join(cell["source"])})
        if on_reference:
            kept.append(second(cell, names_given(check.given)))
    return {**document, "cells": kept}


def without_outputs(document):
    """Return a notebook's JSON with no outputs."""
    for cell in document["cells"]:
        if is_code(cell):
            cell.update(outputs=[], execution_count=None)
    return document


def second(cell, given):
    """Return a check's cell for the run on the reference's layers; given: {module: names}."""
    source = "".join(cell["source"]) + GIVEN + json.dumps(given)
    return {**cell, "id": f"{cell.get('id')}-given", "source": source}


def given(source):
    """Return {module: names} of the functions given in a cell; its last line lists them."""
    _, mark, names = source.rpartition(GIVEN)
    return json.loads(names) if mark else {}
