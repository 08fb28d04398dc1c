"""What a person reads in the terminal."""

from textwrap import indent

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

SIGNS = {"passed": "✓", "failed": "✗", "not written": "·", "not run": "?"}
STYLES = {"passed": "green", "failed": "red", "not written": "dim", "not run": "yellow"}

console = Console(highlight=False)


def show_outcome(outcome):
    """Print one check's outcome, and what is wrong if it did not pass."""
    sign, style = SIGNS[outcome["outcome"]], STYLES[outcome["outcome"]]
    points = f"{outcome['points']}/{outcome['max_points'] or 'bonus'}"
    line = f"{sign} Check {outcome['check']:>2}  {points:>5}  {outcome['task']}"
    console.print(Text(line, style=style))
    if outcome["message"]:
        console.print(Text(indent(outcome["message"], "  ")), soft_wrap=True)


def show_marks(rows):
    """Print the table of a class: the points by notebook and in total, and what is wrong first."""
    table = Table(title="Marks", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    names = sorted({name for row in rows for name in row["notebooks"]})
    table.add_column("submission", no_wrap=True)
    for name in [*names, "points"]:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("first thing to mend")
    for row in rows:
        points = [row["notebooks"][name]["points"] for name in names]
        total = Text(f"{row['points']} / {row['max_points']}", mark_style(row))
        table.add_row(row["id"], *map(str, points), total, first_message(row))
    console.print(table)


def mark_style(row):
    """Return the colour of a total: by its worst outcome."""
    found = {outcome["outcome"] for outcome in row["outcomes"]}
    worst_first = ("not run", "failed", "not written", "passed")
    return next((STYLES[kind] for kind in worst_first if kind in found), "dim")


def first_message(row):
    """Return the first line of a submission's first message, cut to the room there is."""
    messages = (o["message"] for o in row["outcomes"] if o["outcome"] != "passed")
    first = next(filter(None, messages), "")
    return Text(first.split("\n")[0], no_wrap=True, overflow="ellipsis")


def show_hint(wanted, number, found):
    """Print one of the hints found for what was wanted, and how to get the next."""
    task, hint = found[number - 1]
    console.print(Text(f"{task}: hint {number} of {len(found)}", style="bold"))
    console.print(Text(f"\n{hint}"))
    if number < len(found):
        console.print(Text(f"\nThe next one: course hint {wanted} {number + 1}", style="dim"))
