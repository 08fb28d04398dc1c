"""What a person reads in the terminal."""

from rich.console import Console
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
        console.print(Text(outcome["message"]), style="default", soft_wrap=True)


def show_marks(rows):
    """Print the table of a class: a line a submission, a sign a check, the points."""
    table = Table(title="Marks", title_justify="left")
    table.add_column("submission", no_wrap=True)
    table.add_column("checks", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("first thing to mend", overflow="ellipsis", no_wrap=True, ratio=1)
    for row in rows:
        signs = Text()
        for outcome in row["outcomes"]:
            signs.append(SIGNS[outcome["outcome"]], STYLES[outcome["outcome"]])
        first = next((o["message"] for o in row["outcomes"] if o["message"]), "")
        points = f"{row['points']} / {row['max_points']}"
        table.add_row(row["id"], signs, points, Text(first.split("\n")[0]))
    console.print(table)
    console.print(Text("✓ passed   ✗ failed   · not written yet   ? could not be run", "dim"))
