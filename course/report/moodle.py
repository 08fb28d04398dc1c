"""The marks as a grading worksheet of Moodle's (mod/assign/feedback/offline), in its language.

Where the roster is a worksheet, its headings and cells stay, and grade and feedback are filled in;
Moodle takes it back only so. Otherwise the headings are English.
"""

import re

from ..text import points, safe
from .marks import heading, write_table

HEADINGS = [
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade"),
    *("Grade can be changed", "Last modified (submission)", "Last modified (grade)"),
    "Feedback comments",
]
GRADES = {"grade", "bewertung", "note", "calificación", "valutazione", "cijfer", "nota", "ocena"}
COMMENTS = re.compile("feedback|comment|kommentar|coment|commento|retro")


def write(out, rows):
    """Write moodle.csv: the grading worksheet of one assignment, with the points in total."""
    each = [one for row in rows for one in row.each() if can_take(one)]
    given = [row for row in each if is_worksheet(row.lines.get("moodle", {}))]
    if given:
        headings = list(given[0].lines["moodle"])
        grade, comments = places([row.lines["moodle"] for row in given])
        table = [headings, *(filled(row, grade, comments) for row in given)]
    else:
        table = [HEADINGS, *map(line, each)]
    return write_table(out / "moodle.csv", table)


def can_take(row):
    """Tell whether Moodle can tell whose a row is; without a roster, nobody is left out."""
    return row.on_roster is None or bool(row.ids.get("moodle"))


def is_worksheet(cells):
    """Tell whether cells are those of a grading worksheet, not of a roster of our own."""
    return any(name.casefold() in GRADES for name in cells) and len(cells) > 4


def places(lines):
    """Return the headings of the grade and of the comments in a worksheet."""
    headings = list(lines[0])
    grade = next(name for name in headings if name.casefold() in GRADES)
    comments = [name for name in headings if COMMENTS.search(name.casefold())]
    return grade, comments[-1] if comments else None


def filled(row, grade, comments):
    """Return a line of the worksheet that was given, with a row's mark and messages."""
    cells = dict(row.lines["moodle"])
    comma = any(re.fullmatch(r"\d+,\d+", cell) for cell in cells.values())
    cells[grade] = row.final.replace(".", ",") if comma else row.final
    if comments:
        cells[comments] = feedback(row)
    kept = (grade, *(name for name, cell in cells.items() if cell == "-"))
    return [cells[name] if name in kept else safe(cells[name]) for name in cells]


def line(row):
    """Return a row as a line below HEADINGS."""
    number = row.ids.get("moodle") or (row.number if row.platform in ("", "moodle") else "")
    who = [f"Participant {number}" if number else row.id, row.name]
    seen = row.problem or row.could_not_run or "Graded"
    marks = [row.final, row.final_max, "Yes", "-", "-", feedback(row)]
    return [*map(safe, [*who, row.email, seen]), *marks]


def feedback(row):
    """Return the messages of a submission's checks, a line each; a refusal is told once."""
    if row.problem:
        return safe(f"{row.problem}; {row.todo}")
    messages = (f"{heading(o)}: {o.message}" for o in row.outcomes if o.message)
    return safe("\n".join([*row.rules, *messages]))


def remarks(rows):
    """Return what to mind about the maximum grade of the worksheet that was given."""
    for row in rows:
        cells = row.lines.get("moodle", {})
        if is_worksheet(cells):
            headings = list(cells)
            place = headings.index(places([cells])[0]) + 1
            most = cells[headings[place]].replace(",", ".") if place < len(headings) else ""
            if re.fullmatch(r"\d+(\.\d+)?", most) and points(float(most)) != row.final_max:
                what = f"the assignment's maximum grade there is {points(float(most))}"
                return [f"moodle: {what}, and the points here are of {row.final_max}: set it so"]
    return []
