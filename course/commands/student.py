"""The commands of a student's day: status, watch, submit."""

import os
from pathlib import Path

import click

from .. import paths
from ..intake.submission import read_submission
from ..judge import prefork
from ..judge.jobs import Job, collect, outcomes
from ..outcome import marks_of
from ..student import status as progress
from ..student import submit as handing_in
from ..student import tasks
from ..student import watch as watching
from ..text import pack
from .terminal import console, fail, show_contents, show_next, show_outcome, show_tasks


def read_package(path):
    """Return the package at `path` as a Submission, or fail."""
    if not path.exists():
        fail(f"{path} does not exist; give the folder that holds your modules")
    return accepted(read_submission(path, path.resolve().name), path)


def own_package():
    """Return the student's own package as a Submission: starter/, without the folders in it."""
    modules = {path.name: path for path in paths.STARTER.glob("*.py")}
    return read_submission(modules or paths.STARTER, "starter")


def accepted(submission, path):
    """Return the Submission that was read from `path`, or fail if it has a problem."""
    if submission.problem:
        fail(f"{path}: {submission.problem}; {submission.todo}")
    return submission


@click.command()
def status():
    """Show how far you are: your tasks, notebook by notebook, and what to do next."""
    submission = accepted(own_package(), paths.STARTER)
    jobs = [Job(submission, path, 0, "none") for path in paths.notebooks()]
    with console.status("Running the checks of all notebooks"):
        found = collect(jobs, os.cpu_count() or 1)
    for name, outcomes_of in progress.by_task(found).items():
        show_tasks(name, outcomes_of)
    total = marks_of(found)
    console.print(f"\n{total.points} of {total.max_points} points")
    upcoming = progress.next_step(found)
    if not upcoming:
        console.print("Every check passes. `course submit` packs what you hand in.")
        return
    where = progress.place(upcoming.task, submission.files)
    show_next(upcoming, where)


@click.command()
def watch():
    """Check tasks again whenever you save their file; Ctrl-C ends it."""
    accepted(own_package(), paths.STARTER)
    console.print("Save a file in starter/, and the tasks in it are checked. Ctrl-C ends this.")
    judges = prefork.judges()
    try:
        for saved in watching.saves(paths.STARTER):
            console.print(f"\n{', '.join(sorted(saved))}", style="bold")
            recheck(saved, judges)
    except KeyboardInterrupt:
        console.print()
    finally:
        judges.stop()


def recheck(saved, judges):
    """Check the tasks in saved modules, and say so where there is none to check."""
    submission = own_package()
    given = handing_in.changed(submission.files) & saved
    show_changed(given)
    affected = watching.affected(saved, submission.files)
    for path, only in affected.items():
        console.print(path.stem)
        for outcome in outcomes(Job(submission, path, 0, "none", only=only), judges):
            show_outcome(outcome)
    if not affected and not given:
        console.print("no task is in it, and no module with tasks mentions it")


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
        contents = handing_in.parts(submission.files)
    except handing_in.SubmitError as error:
        fail(str(error))
    try:
        dest.write_bytes(pack(contents))
    except OSError as error:
        fail(f"{dest} cannot be written: {error.strerror}; name a place where you may write")
    show_contents(dest, handing_in.notes(contents), submission.remarks)
    show_changed(handing_in.changed(submission.files))
    left = sum(map(len, tasks.unwritten(submission.files).values()))
    console.print(f"{left} stubs are still to be written. `course status` shows what passes.")


def show_changed(given):
    """Say of given modules that were changed what becomes of that."""
    for name in sorted(given):
        console.print(f"{name} is given: grading uses the course's own, not what you changed in it")


def refuse_destination(dest, force):
    """Fail where no archive can or may be written."""
    if dest.suffix.lower() != ".zip":
        fail(f"{dest} does not end in .zip; name the archive to write, such as submission.zip")
    if not dest.resolve().parent.is_dir():
        fail(f"{dest.resolve().parent} is no folder; name one that exists")
    if dest.exists() and not force:
        fail(f"{dest} is there already; name another, or add --force to replace it")
