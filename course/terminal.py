"""What a person reads in the terminal."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

SIGNS = {"passed": "✓", "failed": "✗", "not written": "·", "not run": "?"}
STYLES = {"passed": "green", "failed": "red", "not written": "dim", "not run": "yellow"}

console = Console(highlight=False)


def show_outcome(outcome):
    """Print one check's outcome, and what is wrong if it did not pass."""
    sign, style = SIGNS[outcome["outcome"]], STYLES[outcome["outcome"]]
    points = f"{outcome['points']}/{outcome['max_points']}"
    line = f"{sign} Check {outcome['check']:>2}  {points:>5}  {outcome['task']}"
    console.print(Text(line, style=style))
    if outcome["message"]:
        console.print(Padding(Text(outcome["message"]), (0, 0, 0, 2)))


def show_marks(rows):
    """Print the table of a class: a line a submission, a sign a check, the points."""
    table = Table(title="Marks", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    for name in ("submission", "checks"):
        table.add_column(name, no_wrap=True, min_width=widest(rows, name))
    table.add_column("points", justify="right", no_wrap=True, min_width=7)
    table.add_column("first thing to mend", no_wrap=True, overflow="ellipsis")
    for row in rows:
        first = next((o["message"] for o in row["outcomes"] if o["message"]), "")
        points = f"{row['points']} / {row['max_points']}"
        table.add_row(row["id"], signs(row), points, Text(first.split("\n")[0]))
    console.print(table)
    console.print(Text("✓ passed   ✗ failed   · not written yet   ? could not be run", "dim"))


def signs(row):
    """Return a submission's outcomes, a coloured sign for each check."""
    text = Text()
    for outcome in row["outcomes"]:
        text.append(SIGNS[outcome["outcome"]], STYLES[outcome["outcome"]])
    return text


def widest(rows, name):
    """Return the width that a column must not fall below."""
    widths = [len(row["id"] if name == "submission" else signs(row)) for row in rows]
    return max(widths + [len(name)])
