"""marks.csv: a line for each student, with their points and what the rules of the class took."""

import csv
from functools import partial
from operator import methodcaller

from ..outcome import notebook_names
from ..text import points, safe

RULES = ("handed_in", "days_late", "free_days", "taken", "dropped", "final", "final_max")


def write_marks(path, rows, missing=(), detail=False):
    """Write marks.csv: points by notebook, with `detail` by check, and in total.

    missing: Persons who are on the roster and handed in nothing; they have a line without points.
    """
    each = [one for row in rows for one in row.each()]
    columns = columns_of(each, missing, detail)
    table = [list(columns)]
    table += [[safe(str(cell(one))) for cell in columns.values()] for one in each]
    for person in missing:
        known = {"name": person.name, "email": person.email, "remark": "handed in nothing"}
        table.append([safe(known.get(name, "")) for name in columns])
    return write_table(path, table)


def columns_of(each, missing, detail):
    """Return {heading: function of a Row that gives its cell}."""
    columns: dict = {"submission": lambda row: row.id}
    if missing or any(row.on_roster is not None or row.name for row in each):
        columns |= {"name": lambda row: row.name, "email": lambda row: row.email}
    for name in notebook_names(each):
        columns[name] = methodcaller("mark", name)
    columns |= check_columns(each) if detail else {}
    columns |= {"written": lambda row: points(row.written)}
    columns |= {"max_written": lambda row: points(row.max_written)}
    columns |= {"points": lambda row: row.total, "max_points": lambda row: row.max_points}
    if any(row.days or row.dropped for row in each):
        columns |= {name: partial(rule, name=name) for name in RULES}
    return columns | {"remark": remark}


def check_columns(each):
    """Return {heading: function of a Row} for each check, in order."""
    keys = {(o.notebook, o.check): heading(o) for row in each for o in row.outcomes}
    return {keys[key]: partial(points_of, key=key) for key in sorted(keys)}


def points_of(row, key):
    """Return the points of a check as people write them, "" if it was not run."""
    found = [o for o in row.outcomes if (o.notebook, o.check) == key]
    return points(found[0].points) if found and found[0].verdict != "not run" else ""


def rule(row, name):
    """Return the cell of one of RULES."""
    if name in ("days_late", "taken"):
        numbers = row.days if name == "days_late" else row.taken
        return points(round(sum(numbers.values()), 2)) if numbers else ""
    if name == "dropped":
        return " ".join(row.dropped)
    return str(getattr(row, name)) if row.ran or name == "handed_in" else ""


def remark(row):
    """Return what an instructor should know of a row, in one cell."""
    stranger = "not on the roster" if row.on_roster is False else ""
    return "; ".join(filter(None, [row.could_not_run, stranger, *row.remarks]))


def heading(outcome):
    """Return the name of a check outside of its notebook."""
    return f"{outcome.notebook}, Check {outcome.check}: {outcome.task}"


def write_table(path, table):
    """Write a list of rows as CSV that Excel opens as it is; return the path."""
    with path.open("w", newline="", encoding="utf-8-sig") as stream:
        csv.writer(stream).writerows(table)
    return path
