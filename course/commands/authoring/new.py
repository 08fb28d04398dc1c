"""The commands with which a course begins and grows: new, new-task."""

from pathlib import Path

import click

from ... import paths
from ...authoring import new_course, new_task
from ...release.errors import ReleaseError
from ..arguments import require_solutions
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


@click.command(name="new-task")
@click.argument("name")
@click.option("--notebook", required=True, help="Such as 1_knn; it is begun if it is not there.")
def add_task(name, notebook):
    """Add the task NAME, a function, to a notebook: its stub, check, hints and a wrong answer.

    Each is a TODO in your words. Fill them in, then: course build NOTEBOOK, and course derive.
    """
    require_solutions()
    try:
        files = new_task.add(new_task.task(name, notebook))
    except ReleaseError as error:
        fail(str(error))
    for path in files:
        click.echo(f"TODO: {path.relative_to(paths.ROOT)}")
    click.echo(f"Then: course build {notebook}, and course derive")


COMMANDS = (new, add_task)
"""Commands of those who write a course."""
