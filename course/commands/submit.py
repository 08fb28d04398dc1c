"""The command `submit`."""

from itertools import count
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
def submit(dest):
    """Pack what you hand in into DEST, submission.zip by default, and say what is in it.

    It holds your modules with tasks, your own helper modules, and the notebooks in which you have
    answered questions; nothing else. What is there already of that name is kept, with a number.
    """
    refuse_destination(dest)
    submission = accepted(own_package(), paths.STARTER)
    try:
        contents = parts(submission.files)
        omitted = left_out(contents)
    except SubmitError as error:
        fail(str(error))
    archive = pack(contents)
    try:
        if dest.is_file():
            console.print(f"The {dest.name} of before is {set_aside(dest).name} now.", markup=False)
        dest.write_bytes(archive)
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


def set_aside(path):
    """Give a file the first free name with a number, such as submission-1.zip; return its path."""
    numbered = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in count(1))
    return path.rename(next(free for free in numbered if not free.exists()))


def refuse_destination(dest):
    """Fail where no archive can or may be written."""
    if dest.suffix.lower() != ".zip":
        fail(f"{dest} does not end in .zip; name the archive to write, such as submission.zip")
    if not dest.resolve().parent.is_dir():
        fail(f"{dest.resolve().parent} is not a folder; name one that exists")


COMMANDS = (submit,)
