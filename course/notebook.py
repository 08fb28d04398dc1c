"""Notebooks as JSON: which cells are checks, which set up, and what a grading run keeps."""

import json
import re
from dataclasses import dataclass

HEADING = re.compile(r"# Check (?P<number>\d+) \((?P<points>\d+) points?\): (?P<task>.+)")


@dataclass(frozen=True)
class Check:
    """One check cell's first line: its number, points and task."""

    number: int
    points: int
    task: str


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
    return match and Check(int(match["number"]), int(match["points"]), match["task"])


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


def graded(document, full=False):
    """Return the notebook with the cells that grading runs: set-up and checks, or all (full)."""
    kept = [
        cell
        for cell in document["cells"]
        if is_code(cell) and (full or is_set_up(cell["source"]) or heading(cell["source"]))
    ]
    return {**document, "cells": kept}
