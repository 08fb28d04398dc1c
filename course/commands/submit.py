"""The command `submit`."""

from pathlib import Path

import click

from .. import paths
from ..student.submit import SubmitError, left_out, notes, parts
from ..student.tasks import unwritten
from ..text import pack
from .packages import accepted, own_package
from .terminal import console, fail, show_contents


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


COMMANDS = (submit,)
