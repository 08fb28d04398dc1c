"""The commands for students: check, hint, status, submit, watch."""

import json
import os
import sys
from pathlib import Path

import click

from .. import hints, paths
from ..judge import prefork
from ..judge.jobs import Job, collect, outcomes
from ..outcome import marks_of
from ..student.status import by_task, next_step, place
from ..student.submit import SubmitError, changed, left_out, notes, parts
from ..student.tasks import unwritten
from ..student.watch import affected, saves
from ..text import pack
from .arguments import FULL, accepted, chosen_notebooks, own_package, read_package
from .terminal import console, fail, show_contents, show_hint, show_next, show_outcome, show_tasks


@click.command()
@click.argument("names", metavar="[NOTEBOOK]...", nargs=-1)
@click.option(
    "--package",
    type=click.Path(path_type=Path),
    default=paths.STARTER,
    show_default="starter",
    help="The package to check.",
)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write outcomes there.")
@FULL
def check(names, package, json_file, full):
    """Check one package, your own, without a sandbox.

    NOTEBOOK is a name as in assignments/, or a path; without one, all notebooks are run. The exit
    code is 0 if every check passed, 2 if some could not be run, and 1 otherwise.
    """
    chosen = chosen_notebooks(names)
    submission = read_package(package)
    if json_file and not json_file.resolve().parent.is_dir():
        fail(
            f"{json_file.resolve().parent} is not a folder; --json names a file in an existing one"
        )
    for remark in submission.remarks:
        console.print(remark, markup=False, soft_wrap=True)
    outcomes = []
    for path in chosen:
        console.print(f"\n{path.stem}", style="bold")
        outcomes += collect([Job(submission, path, 0, "none", full)], 1, show_outcome)
    if not paths.SOLUTIONS.is_dir() and any(o.diagnosis == "comes-first" for o in outcomes):
        console.print(
            "\nSome checks rest on earlier tasks, and ran on yours. Grading runs them on ours, too."
        )
    total = marks_of(outcomes)
    console.print(f"\n{total.points} of {total.max_points} points")
    if json_file:
        found = [outcome.published() for outcome in outcomes]
        json_file.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    verdicts = {outcome.verdict for outcome in outcomes}
    sys.exit(2 if "not run" in verdicts else 0 if verdicts <= {"passed"} else 1)


@click.command()
@click.argument("words", metavar="[TASK] [N]", nargs=-1)
def hint(words):
    """Print hint number N for a task, by default the first; without a task, list all tasks.

    For example: course hint my_function 2
    """
    known = hints.read(paths.STARTER / "hints")
    number = int(words[-1]) if words and words[-1].isdecimal() else 1
    task = " ".join(word for word in words if not word.isdecimal())
    if not task:
        if not known:
            fail("this course has no hints; they are written in solutions/hints/")
        for name, tasks in hints.by_notebook(paths.STARTER / "hints").items():
            click.echo("\n  ".join([name, *tasks]))
        return
    try:
        found = hints.of_task(task, known)
    except hints.HintError as error:
        fail(str(error))
    if not 1 <= number <= len(found):
        fail(f"{task} has {len(found)} hints; there is no number {number}")
    show_hint(task, number, found)


@click.command()
def status():
    """Show which tasks pass, notebook by notebook, and what to do next."""
    submission = accepted(own_package(), paths.STARTER)
    jobs = [Job(submission, path, 0, "none") for path in paths.notebooks()]
    with console.status("Running the checks of all notebooks"):
        found = collect(jobs, os.cpu_count() or 1)
    for name, outcomes_of in by_task(found).items():
        show_tasks(name, outcomes_of)
    total = marks_of(found)
    console.print(f"\n{total.points} of {total.max_points} points")
    upcoming = next_step(found)
    if not upcoming:
        console.print("Every check passes. `course submit` packs what you hand in.")
        return
    where = place(upcoming.task, submission.files)
    show_next(upcoming, where)


@click.command()
def watch():
    """Check tasks again whenever you save their file; Ctrl-C ends it."""
    accepted(own_package(), paths.STARTER)
    console.print("Save a file in starter/, and the tasks in it are checked. Ctrl-C ends this.")
    judges = prefork.judges()
    try:
        for saved in saves(paths.STARTER):
            console.print(f"\n{', '.join(sorted(saved))}", style="bold")
            recheck(saved, judges)
    except KeyboardInterrupt:
        console.print()
    finally:
        judges.stop()


def recheck(saved, judges):
    """Check the tasks in saved modules; say so if they have none."""
    submission = own_package()
    given = changed() & saved
    show_changed(given)
    notebooks = affected(saved, submission.files)
    for path, only in notebooks.items():
        console.print(path.stem)
        for outcome in outcomes(Job(submission, path, 0, "none", only=only), judges):
            show_outcome(outcome)
    if not notebooks and not given:
        console.print("this file has no task, and no module that has one mentions it")


@click.command()
@click.argument("dest", default="submission.zip", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace DEST if it exists.")
def submit(dest, force):
    """Pack what you hand in into DEST, submission.zip by default, and say what is in it.

    It holds your modules with tasks, your own helper modules, and the notebooks in which you have
    answered questions; nothing else.
    """
    refuse_destination(dest, force)
    submission = accepted(own_package(), paths.STARTER)
    try:
        contents = parts(submission.files)
        omitted = left_out(contents)
    except SubmitError as error:
        fail(str(error))
    try:
        dest.write_bytes(pack(contents))
    except OSError as error:
        fail(f"{dest} cannot be written: {error.strerror}; name a place where you may write")
    show_contents(dest, notes(contents), submission.remarks)
    show_left_out(omitted)
    left = sum(map(len, unwritten(submission.files).values()))
    console.print(f"{left} stubs are still to be written. `course status` shows what passes.")


def show_changed(given):
    """Warn about given modules that were changed."""
    for name in sorted(given):
        console.print(f"{name} is given: grading uses the course's own, not what you changed in it")


def show_left_out(omitted):
    """Print the files that are not handed in, {path: reason}."""
    for path, why in omitted.items():
        console.print(f"left out: {path}: {why}", markup=False, soft_wrap=True)


def refuse_destination(dest, force):
    """Fail where no archive can or may be written."""
    if dest.suffix.lower() != ".zip":
        fail(f"{dest} does not end in .zip; name the archive to write, such as submission.zip")
    if not dest.resolve().parent.is_dir():
        fail(f"{dest.resolve().parent} is not a folder; name one that exists")
    if dest.exists() and not force:
        fail(f"{dest} is there already; name another, or add --force to replace it")


COMMANDS = (check, hint, status, submit, watch)
