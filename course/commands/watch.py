"""The command `watch`: check tasks again when their file is saved."""

from contextlib import closing
from dataclasses import replace

import click
from rich.text import Text

from data_utils import record

from .. import notebook, paths
from ..judge import prefork
from ..judge.jobs import Job, outcomes
from ..outcome import SIGNS
from ..student import status
from ..student.submit import changed
from ..student.watch import affected, first_check, readable, saves
from ..text import listed
from .packages import accepted, own_package
from .terminal import STYLES, console, show_outcome

UNREADABLE = ("import", "syntax")
"""Diagnoses of a file, which all of its checks share."""


@click.command()
def watch():
    """Check tasks again whenever you save their file; Ctrl-C ends it."""
    accepted(own_package(), paths.STARTER)
    coming = saves(paths.STARTER)
    console.print("Save a file in starter/, and the tasks in it are checked. Ctrl-C ends this.")
    with closing(prefork.judges()) as judges:
        try:
            for saved in coming:
                broken = {name for name in saved if not readable(name)}
                for modules in filter(None, (broken, saved - broken)):
                    console.print(f"\n{', '.join(sorted(modules))}", style="bold")
                    recheck(modules, judges)
        except KeyboardInterrupt:
            console.print()


def recheck(saved, judges):
    """Check the written tasks in saved modules, and say what has changed."""
    submission = own_package()
    given = changed() & saved
    show_changed(given)
    notebooks = affected(saved, submission.files)
    if not notebooks and not given:
        console.print("this file has no task, and no module that has one mentions it")
    left = record.unwritten()
    if not all(map(readable, saved)):
        notebooks, left = first_check(notebooks), []
    said: set[str] = set()
    for path, numbers in notebooks.items():
        waits = waiting(path, numbers, left)
        only = numbers - waits.keys()
        console.print(path.stem)
        job = Job(submission, path, 0, "none", only=only)
        show_changes(outcomes(job, judges) if only else (), waits, said)


def waiting(path, numbers, left):
    """Return {number: task} of the checks that need not run: a task of theirs is still a stub.

    numbers: of checks; left: the tasks that are stubs.
    """
    stubs = {c.number: record.stubs_of(c.task, left) for c in notebook.checks(path)}
    return {number: stubs[number][0] for number in numbers if stubs[number]}


def show_changes(found, waits, said):
    """Print a notebook's outcomes as they come: what failed, what passes anew, and then the rest.

    found: Outcomes; waits: {number: task} of checks that wait for a stub; said: the messages
    printed since the file was saved, none of which is printed again.
    """
    before, held = record.last(), []
    for outcome in found:
        last = before.get(status.headings(outcome.notebook).get(outcome.check))
        passed_before = bool(last and last.verdict == "passed")
        status.keep(outcome)
        if outcome.verdict == "not written":
            waits[outcome.check] = outcome.message.partition(" is ")[0]
        elif outcome.verdict == "passed" and passed_before:
            held.append(outcome.check)
        else:
            show_once(outcome, said, passed_before)
    if held:
        show_line("passed", f"{plural('check', held)} {listed(held)}: as before")
    if waits:
        tasks = listed(dict.fromkeys(waits.values()))
        checks = f"{plural('check', waits)} {listed(sorted(waits))}"
        show_line("not written", f"still to write, for {checks}: {tasks}")


def show_once(outcome, said, passed_before):
    """Print an outcome; its message in full the first time only.

    Of a file that cannot be read, which all of its checks share, the message is all.
    """
    again = bool(outcome.message) and outcome.message in said
    said.add(outcome.message)
    if outcome.diagnosis in UNREADABLE:
        if not again:
            show_line("failed", outcome.message)
        return
    show_outcome(replace(outcome, message="the same as above") if again else outcome)
    if passed_before:
        console.print("  It passed before this.")


def show_line(verdict, text):
    """Print a line in the colour of a verdict, after its sign."""
    console.print(Text(f"{SIGNS[verdict]} {text}", STYLES[verdict]), soft_wrap=True)


def plural(word, things):
    """Return a word as it stands before so many things."""
    return word if len(things) == 1 else f"{word}s"


def show_changed(given):
    """Warn about given modules that were changed."""
    for name in sorted(given):
        console.print(f"{name} is given: grading uses the course's own, not what you changed in it")


COMMANDS = (watch,)
