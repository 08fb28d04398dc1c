"""The commands of an instructor who prepares the course: derive, demo, and release."""

import contextlib
import sys
from pathlib import Path

import click

from ... import hints, stubs
from ...authoring.sample_class import write_class
from ...release import branches, folders
from ...release import reading as pages
from ...release.errors import ReleaseError
from ...release.gradescope import write_autograder
from ..arguments import chosen_notebooks, require_solutions
from ..terminal import fail


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file differs.")
def derive(check):
    """Derive starter/, and the hints in the notebooks, from solutions/."""
    require_solutions()
    treat = stubs.differences if check else stubs.write
    try:
        found = [difference for part in folders.derived() for difference in treat(*part) or []]
    except (stubs.DeriveError, hints.HintError) as error:
        raise click.ClickException(str(error)) from None
    for difference in found:
        click.echo(difference)
    sys.exit(1 if found else 0)


@click.command()
@click.argument("dest", type=click.Path(path_type=Path))
def demo(dest):
    """Write a sample class of twelve submissions into DEST."""
    require_solutions()
    for name in write_class(dest):
        click.echo(f"  {name}")


@click.group(name="release")
def release_group():
    """Make a release for students or for a platform, from the committed files."""


@release_group.command()
@click.argument("dest", required=False, type=click.Path(path_type=Path))
@click.option("--branch", help="Make a branch of this repository instead.")
def student(dest, branch):
    """Write the folder of a student, without solutions, into DEST."""
    if bool(dest) == bool(branch):
        fail("give a new folder, or --branch and a name")
    with releasing():
        if branch:
            branches.student(branch)
        else:
            folders.student(dest)
    what = f"branch {branch}" if branch else dest
    click.echo(f"{what} is ready to be given to students")


@release_group.command()
@click.option("--branch", default="solutions", show_default=True, help="The branch to make.")
def solutions(branch):
    """Make a branch on which starter/ holds the solutions."""
    with releasing():
        branches.solutions(branch)
    click.echo(f"branch {branch} holds the solutions")


@release_group.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--notebook", "names", multiple=True, help="Grade this one only (repeatable).")
def gradescope(dest, names):
    """Write an autograder for Gradescope, a zip, into DEST."""
    with releasing():
        write_autograder(dest, chosen_notebooks(names))
    click.echo(f"{dest} is ready: upload it as the autograder of a programming assignment")


@release_group.command()
@click.argument("dest", type=click.Path(path_type=Path))
def reading(dest):
    """Write a page for each notebook into DEST, to be read on a telephone: put it on a web server.

    The pages load nothing from elsewhere. A student's folder has them in reading/.
    """
    with releasing():
        pages.write(dest)
    click.echo(f"{dest} is ready: open {dest / 'index.html'}, or put the folder on a web server")


@release_group.command()
@click.argument("dest", type=click.Path(path_type=Path))
def github(dest):
    """Write into DEST a repository that checks each push of a student."""
    with releasing():
        folders.github(dest)
    click.echo(f"{dest} is ready: put it on GitHub as a template repository")


@contextlib.contextmanager
def releasing():
    """Refuse changes that are not committed; turn errors into messages."""
    require_solutions()
    try:
        branches.require_clean()
        yield
    except (ReleaseError, OSError) as error:
        fail(str(error))


COMMANDS = (derive, demo, release_group)
