"""Output in the terminal."""

import sys
import time
from contextlib import contextmanager
from textwrap import indent

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from .. import hints, paths
from ..outcome import SIGNS, marks_of, notebook_names, worst
from ..text import points

LINE_SECONDS = 10
"""Between two lines of a log: often enough to see that grading goes on."""

STYLES = {"passed": "green", "failed": "red", "not written": "dim", "not run": "yellow"}

STATES = {"passed": "passing", "failed": "failing", "not written": "to do", "not run": "not run"}

BEFORE_THE_TASK = ("comes-first", "import", "syntax")
"""Diagnoses for which a hint for the check's own task is no help."""

console = Console(highlight=False)


def fail(message):
    """Say why the command cannot run, and exit with 2."""
    click.echo(f"course: {message}", err=True)
    sys.exit(2)


def show_outcome(outcome):
    """Print one check's outcome, and what is wrong if it did not pass."""
    sign, style = SIGNS[outcome.verdict], STYLES[outcome.verdict]
    marks = f"{outcome.points}/{outcome.max_points or 'bonus'}"
    line = f"{sign} Check {outcome.check:>2}  {marks:>5}  {outcome.task}"
    console.print(Text(line, style=style))
    if outcome.message:
        console.print(Text(indent(outcome.message, "  ")), soft_wrap=True)
    if outcome.verdict == "failed" and outcome.diagnosis not in BEFORE_THE_TASK:
        console.print(Text(indent(way_to_hint(outcome), "  "), style="dim"), soft_wrap=True)


def way_to_hint(outcome):
    """Return the line that says how to get a hint for a check's task."""
    folder = paths.STARTER / "hints"
    own = hints.by_notebook(folder).get(outcome.notebook, [])
    title = hints.title_in(own, outcome.task, hints.read(folder))
    return f"For a hint: course hint {title}"


@contextmanager
def progress(total):
    """Show how far grading is; gives a function to call when a job is done.

    A bar where somebody watches; in a log, a line now and then.
    """
    if sys.stderr.isatty():
        with click.progressbar(length=total, label="Grading", file=sys.stderr) as bar:
            yield lambda: bar.update(1)
        return
    done, last_line = 0, time.monotonic()

    def step():
        nonlocal done, last_line
        done += 1
        if done == total or time.monotonic() - last_line > LINE_SECONDS:
            last_line = time.monotonic()
            click.echo(f"Grading: {done} of {total} notebooks", err=True)

    yield step


def show_marks(rows):
    """Print the table of a class: the points by notebook and in total, and what to mend first."""
    table = Table(title="Marks", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    names = notebook_names(rows)
    table.add_column("submission", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    for name in names:
        heading = name if len(names) < 3 else name.split("_")[0]
        table.add_column(heading, justify="right", no_wrap=True)
    written = any(row.max_written for row in rows)
    if written:
        table.add_column("written", justify="right", no_wrap=True)
    table.add_column("first thing to mend")
    for row in rows:
        found = [row.mark(name) or "–" for name in names] + [points(row.written)] * written
        total = Text(row.fraction, mark_style(row))
        table.add_row(row.id, total, *found, first_message(row))
    console.print(table)


def show_remarks(rows):
    """Print remarks on submissions, a line each; first those that could not be run."""
    for row in rows:
        if row.problem:
            console.print(Text(f"{row.id} could not be run: {row.problem}", "yellow"))
    for row in rows:
        if row.remarks:
            console.print(Text(f"{row.id}: {'; '.join(row.remarks)}", "dim"))


def show_roster(room, rows, remarks):
    """Print who on the roster handed in nothing, who is not on it, how many were late, and remarks.

    room: a Classroom; remarks: on the exports that were asked for.
    """
    if room.missing:
        names = ", ".join(person.shown for person in room.missing)
        line = f"On the roster, and handed in nothing ({len(room.missing)}): {names}"
        console.print(Text(line, "yellow"), soft_wrap=True)
    for name, near in room.strangers:
        more = f"; the nearest name there is {near.shown}" if near else ""
        console.print(Text(f"{name} is not on the roster{more}", "yellow"), soft_wrap=True)
    late = [one for row in rows for one in row.each() if any(one.days.values())]
    if late:
        lose = sum(any(one.taken.values()) for one in late)
        console.print(f"Late: {len(late)}, of whom {lose} lose points. marks.csv has the days.")
    if room.untimed:
        line = "Nothing tells when these were handed in, so that no deadline applies to them "
        line += f"({len(room.untimed)}): {', '.join(room.untimed)}"
        console.print(Text(line, "yellow"), soft_wrap=True)
    for remark in remarks:
        console.print(Text(remark, "yellow"), soft_wrap=True)


def mark_style(row):
    """Return the colour of a total: by its worst outcome."""
    return STYLES.get(worst(row.outcomes), "dim")


def first_message(row):
    """Return the first line of a submission's first message."""
    messages = (o.message for o in row.outcomes if o.verdict != "passed")
    first = next(filter(None, messages), "")
    return Text(first.split("\n")[0], overflow="fold")


def show_hint(wanted, number, found):
    """Print one of the hints that were found, and how to get the next."""
    task, hint = found[number - 1]
    console.print(Text(f"{task}: hint {number} of {len(found)}", style="bold"))
    console.print(Text(f"\n{hint}"))
    if number < len(found):
        console.print(Text(f"\nThe next one: course hint {wanted} {number + 1}", style="dim"))


def show_tasks(name, outcomes_of):
    """Print the tasks of one notebook, {task: outcomes}: how each stands, and its points."""
    total = marks_of([outcome for outcomes in outcomes_of.values() for outcome in outcomes])
    heading = f"\n{name}: {total.points} of {total.max_points} points"
    console.print(Text(heading, style="bold"))
    for task, outcomes in outcomes_of.items():
        sign, style, state = (words[worst(outcomes)] for words in (SIGNS, STYLES, STATES))
        total = marks_of(outcomes)
        marks = f"{total.points}/{total.max_points}"
        line = Text(f"{sign} {state:<8} {marks:>6}  {task}", style=style)
        numbers = ", ".join(str(outcome.check) for outcome in outcomes)
        line.append(f"  check{'s' * (len(outcomes) > 1)} {numbers}", style="dim")
        console.print(line, soft_wrap=True)


def show_untouched(name, outcomes_of):
    """Print a line about a notebook that is not begun, {task: outcomes}."""
    total = marks_of([outcome for outcomes in outcomes_of.values() for outcome in outcomes])
    console.print(Text(f"\n{name}: not begun, {total.max_points} points", style="dim"))


def show_next(outcome, place):
    """Print which check to go on with, where its task is written, and how to get a hint."""
    console.print(f"\nNext: check {outcome.check} of {outcome.notebook}, {outcome.task}")
    where = place if place.split(", ")[0] not in outcome.message else ""
    for line in filter(None, (where, outcome.message, way_to_hint(outcome))):
        console.print(Text(indent(line, "  ")), soft_wrap=True)


def show_contents(dest, notes, remarks):
    """Print the contents of an archive, {name: note}, and remarks on it."""
    console.print(f"{dest} holds", soft_wrap=True)
    table = Table.grid(padding=(0, 2))
    for name, note in notes.items():
        table.add_row(f"  {name}", Text(note, style="dim"))
    console.print(table)
    for remark in remarks:
        console.print(remark, markup=False, soft_wrap=True)
