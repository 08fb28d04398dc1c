"""An instructor's marks for written answers: manual.csv, read on every run.

answers.csv, which every run writes, has a line for each answer and can be filled in and saved
under that name. A line without points is one that nobody has marked yet.
"""

import csv
import io
import math

from ..intake import own_notebooks
from ..text import safe

COLUMNS = ("submission", "notebook", "question", "points", "remark")


class ManualError(Exception):
    """manual.csv cannot be read; the message names the line."""


def read(path, submissions):
    """Return the marks in the file at `path`, as dicts of COLUMNS; [] where there is no file.

    submissions: ids that a line may name.
    """
    if not path.exists():
        return []
    text = decoded(path)
    lines = csv.DictReader(io.StringIO(text), delimiter=delimiter(text))
    try:
        missing = set(COLUMNS) - set(lines.fieldnames or ())
        if missing:
            wrong(path, 1, f"there is no column {', '.join(sorted(missing))}", ", ".join(COLUMNS))
        rows = [(lines.line_num, line) for line in lines if (line["points"] or "").strip()]
    except csv.Error as error:
        raise ManualError(f"{path.name}, line {lines.line_num}: {error}") from None
    marks = [mark(path, number, line, submissions) for number, line in rows]
    refuse_twice(path, rows, marks)
    return marks


def decoded(path):
    """Return a file's text; spreadsheets write UTF-8 with a mark, or the system's own encoding."""
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def delimiter(text):
    """Return the separator of a table: the most frequent of , ; and tab in its first line."""
    return max(",;\t", key=text.split("\n", 1)[0].count)


def mark(path, number, line, submissions):
    """Return one line's mark, or raise ManualError."""
    said = {name: (line[name] or "").strip() for name in COLUMNS}
    known = own_notebooks.questions()
    if said["submission"] not in submissions:
        wrong(path, number, f"nobody is called {said['submission']!r}", "an id as in marks.csv")
    if said["notebook"] not in known:
        wrong(path, number, f"no notebook is called {said['notebook']!r}", ", ".join(known))
    last = len(known[said["notebook"]])
    if not said["question"].isdecimal() or not 1 <= int(said["question"]) <= last:
        wrong(path, number, f"there is no question {said['question']!r}", f"1 to {last}")
    points = number_in(said["points"])
    if not 0 <= points < math.inf:
        wrong(
            path,
            number,
            f"{said['points']!r} is not a number of points",
            "a number such as 2 or 2.5",
        )
    return {**said, "question": int(said["question"]), "points": points}


def number_in(text):
    """Return a text as a number, nan if it is not one."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return math.nan


def wrong(path, number, what, expected):
    """Raise the ManualError for a line."""
    raise ManualError(f"{path.name}, line {number}: {what}; expected: {expected}")


def refuse_twice(path, rows, marks):
    """Refuse a file that marks one answer twice."""
    seen: dict[tuple, int] = {}
    for (number, _), one in zip(rows, marks, strict=True):
        key = (one["submission"], one["notebook"], one["question"])
        if key in seen:
            wrong(path, number, f"line {seen[key]} has marked this answer", "one line an answer")
        seen[key] = number


def with_marks(answered, marks):
    """Return written answers with what they were given; a mark without an answer is kept, too.

    answered: see written_answers.written; marks: see read. Returns dicts with the keys notebook,
    question, asked, answer, points, remark and marked.
    """
    given = {(mark["notebook"], mark["question"]): mark for mark in marks}
    found = {(one["notebook"], one["question"]): one for one in answered}
    return [
        {**answer_of(key, found.get(key)), **mark_of(given.get(key))}
        for key in sorted(given.keys() | found.keys())
    ]


def answer_of(key, answered):
    """Return a written answer; an empty one, with the question asked, if there is none."""
    notebook, question = key
    asked = own_notebooks.questions().get(notebook, [])[question - 1 : question]
    unanswered = {"asked": "".join(asked), "answer": ""}
    return {"notebook": notebook, "question": question, **(answered or unanswered)}


def mark_of(given):
    """Return what an answer was given: points, remark and whether anybody has marked it."""
    mark = given or {"points": 0, "remark": ""}
    return {"points": mark["points"], "remark": mark["remark"], "marked": given is not None}


def write_answers(path, rows):
    """Write answers.csv: a line for each written answer, with what it was given so far."""
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        writer = csv.writer(stream)
        writer.writerow([*COLUMNS, "asked", "answer"])
        for row in rows:
            for one in row.answers:
                place = (row.id, one["notebook"], one["question"])
                given = (f"{one['points']:g}", one["remark"]) if one["marked"] else ("", "")
                writer.writerow([*place, *map(safe, (*given, one["asked"], one["answer"]))])
