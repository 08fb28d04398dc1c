"""The commands with which a course begins and grows: new, new-task."""

from pathlib import Path

import click

from ...authoring import new_course
from ...release.folders import ReleaseError
from ..terminal import fail


@click.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--title", help="The name of the course; default: made of DEST.")
def new(dest, title):
    """Write a course of your own into DEST: one notebook, one task, and all that belongs to it."""
    title = title or dest.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    try:
        new_course.write(dest, title)
    except (ReleaseError, OSError) as error:
        fail(str(error))
    click.echo(f"{dest} is a course: read its README.md, and in it run `make test`")


COMMANDS = (new,)
"""Commands of those who write a course."""
