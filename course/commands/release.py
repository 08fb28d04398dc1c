"""The commands of giving the course: `course release`, a subcommand for each kind."""

import contextlib
from pathlib import Path

import click

from .. import paths
from ..release import branches, folders
from ..release import gradescope as autograder
from .terminal import fail


@click.group(name="release")
def release_group():
    """Make what students or instructors get, from what is committed."""


@release_group.command()
@click.argument("dest", required=False, type=click.Path(path_type=Path))
@click.option("--branch", help="Make a branch of this repository instead.")
def student(dest, branch):
    """Write the folder a student gets into DEST: no solution in it."""
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
    """Make the branch on which starter/ is filled in."""
    with releasing():
        branches.solutions(branch)
    click.echo(f"branch {branch} holds the solutions")


@release_group.command()
@click.argument("dest", type=click.Path(path_type=Path))
@click.option("--notebook", "names", multiple=True, help="Grade this one only (repeatable).")
def gradescope(dest, names):
    """Write an autograder for Gradescope, a zip, into DEST."""
    with releasing():
        autograder.write(dest, chosen_notebooks(names))
    click.echo(f"{dest} is ready: upload it as the autograder of a programming assignment")


@release_group.command()
@click.argument("dest", type=click.Path(path_type=Path))
def github(dest):
    """Write a repository that checks what students push into DEST."""
    with releasing():
        folders.github(dest)
    click.echo(f"{dest} is ready: put it on GitHub as a template repository")


@contextlib.contextmanager
def releasing():
    """Refuse what is not committed; and where a release cannot be made, say why not."""
    require_solutions()
    try:
        branches.require_clean()
        yield
    except (folders.ReleaseError, OSError) as error:
        fail(str(error))


def require_solutions():
    """Fail where there are no solutions, as in a student's folder: starter is theirs there."""
    if not paths.SOLUTIONS.is_dir():
        fail("this needs solutions/, which a student's folder does not have; nothing was changed")


def chosen_notebooks(names):
    """Return the paths of the notebooks that are meant, or fail with the names there are."""
    known = {path.stem: path for path in paths.notebooks()}
    wanted = [Path(name).name.removesuffix(".ipynb") for name in names] or list(known)
    for name in wanted:
        if name not in known:
            fail(f"there is no notebook {name!r}; there are: {', '.join(known)}")
    return [known[name] for name in wanted]
