"""An instructor's marks, read on every run from manual.csv and the shares of several markers.

answers.csv, which every run writes, has a line for each answer; `course mark` fills in a copy, or a
spreadsheet does. A line whose question is "check 3" changes the mark of a check by hand. A line
without points is one that nobody has marked, or whose mark is withdrawn.
"""

import math
from functools import cache
from hashlib import sha256

from .. import notebook, paths
from ..intake import own_notebooks
from ..intake.tables import TableError, read_table

FILE = "manual.csv"
SHARES = "manual-*.csv"
NEEDED = ("submission", "notebook", "question", "points", "remark")
COLUMNS = (*NEEDED, "by", "answer_id")
KEY = ("submission", "notebook", "kind", "number")
"""What of a mark says which answer or check it is for."""


class ManualError(Exception):
    """A file of manual marks cannot be read; the message names the line."""


def read(folder, submissions):
    """Return (marks, remarks) of the files of manual marks in a report's folder.

    submissions: the ids of the class; the lines of others are left out, with a remark.
    A mark is a dict of KEY, points (None if it has none), remark, by and answer_id. What
    manual.csv says of an answer counts; shares that contradict each other are refused.
    """
    found = marks_in(folder / FILE) if (folder / FILE).exists() else {}
    decided = {key for key, mark in found.items() if mark["points"] is not None}
    for path in sorted(folder.glob(SHARES)):
        for key, mark in marks_in(path).items():
            if key not in decided:
                found[key] = one_of(found.get(key), mark)
    gone = sorted({mark["submission"] for mark in found.values()} - set(submissions))
    remarks = [f"manual marks: nobody is called {who!r}; their lines are left out" for who in gone]
    kept = [mark for mark in found.values() if mark["submission"] not in gone]
    return [{k: v for k, v in mark.items() if k != "place"} for mark in kept], remarks


def one_of(mark, other):
    """Return the one of two marks for the same thing that has points; refuse a contradiction."""
    if mark is None or mark["points"] is None:
        return other
    if other["points"] is not None and other["points"] != mark["points"]:
        told = [f"{one['place']} gives {one['points']:g} points" for one in (mark, other)]
        raise ManualError(f"{', '.join(told)}; a line in {FILE} decides")
    return mark


def marks_in(path):
    """Return {key: mark} of one file; refuse two lines for the same answer."""
    marks: dict = {}
    for number, line in lines_of(path):
        one = mark(path, number, line)
        key = tuple(one[name] for name in KEY)
        if key in marks:
            seen = marks[key]["place"].rpartition(", ")[2]
            wrong(path, number, f"{seen} has marked this answer", "one line an answer")
        marks[key] = one
    return marks


def lines_of(path):
    """Return (number, {column: text}) of the lines of a table, whatever spreadsheet wrote it."""
    try:
        table = read_table(path)
    except TableError as error:
        raise ManualError(str(error)) from None
    missing = set(NEEDED) - set(table.headings)
    if missing:
        wrong(path, 1, f"there is no column {', '.join(sorted(missing))}", ", ".join(NEEDED))
    return table.lines


def mark(path, number, line):
    """Return one line's mark, or raise ManualError."""
    said = {name: line.get(name, "") for name in COLUMNS}
    if said["notebook"] not in own_notebooks.questions():
        known = ", ".join(own_notebooks.questions())
        wrong(path, number, f"no notebook is called {said['notebook']!r}", known)
    kind, _, which = said.pop("question").lower().rpartition(" ")
    most = max_points(said["notebook"], kind or "question")
    if kind not in ("", "question", "check") or not which.isdecimal() or int(which) not in most:
        wrong(path, number, f"there is no question {line['question']!r}", expected(most, kind))
    place = {
        "kind": kind or "question",
        "number": int(which),
        "place": f"{path.name}, line {number}",
    }
    points = points_in(path, number, said.pop("points"), most[int(which)])
    return {**said, **place, "points": points}


def expected(most, kind):
    """Return which numbers a question may have; most: see max_points."""
    known = f"1 to {max(most, default=0)}"
    return known if kind == "check" else f"{known}, or a check, such as check 1"


@cache
def max_points(name, kind):
    """Return {number: the most points} of a notebook's questions, or of its checks."""
    if kind == "question":
        return dict(enumerate(own_notebooks.max_points(name), 1))
    path = next(path for path in paths.notebooks() if path.stem == name)
    return {check.number: check.points for check in notebook.checks(path, full=True)}


def points_in(path, number, text, most):
    """Return the points that a line gives, None if it gives none."""
    if not text:
        return None
    try:
        points = float(text.replace(",", "."))
    except ValueError:
        points = math.nan
    if not 0 <= points <= most:
        wrong(path, number, f"{text!r} is not a number of points", f"a number from 0 to {most}")
    return points


def wrong(path, number, what, expected):
    """Raise the ManualError for a line."""
    raise ManualError(f"{path.name}, line {number}: {what}; expected: {expected}")


def answer_id(answer):
    """Return what tells an answer from another: a digest of its text."""
    return sha256(answer.encode("utf-8", "surrogatepass")).hexdigest()[:12]
