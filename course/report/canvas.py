"""The marks as Canvas's gradebook imports them (canvas-lms, gradebook_importer.rb).

Its columns are those of its export: where the roster is one, they are taken from it, and a column
that is called as a notebook is filled. A student is told by Canvas's own number.
"""

from ..outcome import notebook_names
from ..text import points, safe
from .marks import write_table

WHO = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
SHORT = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def write(out, rows):
    """Write canvas.csv: a column for each notebook, and for written answers if any is marked."""
    names, marked = notebook_names(rows), any(row.marked for row in rows)
    each = [one for row in rows for one in row.each() if can_take(one)]
    given: dict = next((row.lines["canvas"] for row in each if "canvas" in row.lines), {})
    who = [name for name in WHO if name in given] or list(SHORT)
    most = {name: marks.max_points for row in rows for name, marks in row.notebooks.items()}
    written = max((row.max_written for row in rows), default=0)
    possible = [points(most[name]) for name in names] + [points(written)] * marked
    headings = [column(name, given) for name in names] + ["written answers"] * marked
    table = [
        [*who, *headings],
        ["    Points Possible", *[""] * (len(who) - 1), *possible],
    ]
    for row in each:
        marks = [row.mark_kept(name) for name in names] + [row.written_kept] * marked
        table.append([*map(safe, map(identity(row).get, who)), *marks])
    return write_table(out / "canvas.csv", table)


def can_take(row):
    """Tell whether Canvas can tell whose a row is; without a roster, nobody is left out."""
    return row.on_roster is None or any(row.ids.get(kind) for kind in ("canvas", "sis", "login"))


def column(name, given):
    """Return the heading for a notebook: that of the export's column which is called so."""
    return next((one for one in given if one.startswith(f"{name} (")), name)


def identity(row):
    """Return {heading: who a student is}, as the export had it, or as it is known."""
    number = row.number if row.platform in ("", "canvas") else ""
    known = {
        "Student": row.name or row.id,
        "ID": row.ids.get("canvas", number),
        "SIS User ID": row.ids.get("sis", ""),
        "SIS Login ID": row.ids.get("login", row.email),
    }
    empty = dict.fromkeys(WHO, "")
    return empty | known | row.lines.get("canvas", {})
