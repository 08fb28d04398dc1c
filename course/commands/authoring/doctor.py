"""The commands that look for holes: doctor, mistakes."""

import sys

import click
from rich.progress import track

from ...authoring import doctor as examiner
from ...authoring import survivors
from ...authoring.tables import tables
from ..arguments import chosen_notebooks, require_solutions
from ..terminal import console


@click.command()
def doctor():
    """Say what is missing or weak: checks that accept zeros, tasks without hints, and more.

    What is as it should be goes into course.toml, with a reason: see [[meant]] there.
    """
    require_solutions()
    found = examiner.examine()
    for finding in found:
        console.print(str(finding), markup=False, soft_wrap=True)
    if not found:
        console.print("Nothing is missing or weak.")
    sys.exit(1 if found else 0)


@click.command()
@click.argument("name", metavar="NOTEBOOK")
def mistakes(name):
    """Change the solutions in many small ways, and list the changes that no check notices.

    Some are right answers, too. For each of the others a check lacks a claim. Checks that train a
    net are not run.
    """
    require_solutions()
    (path,) = chosen_notebooks([name])
    training = next((table.training for table in tables() if table.path == path), ())
    found = list(survivors.of_notebook(path))
    left = 0
    for mutant in track(found, f"{len(found)} changes", console=console, transient=True):
        if survivors.survives(mutant, path, training):
            left += 1
            console.print(str(mutant), markup=False, soft_wrap=True)
    console.print(f"{left} of {len(found)} changes are noticed by no check of {path.stem}")


COMMANDS = (doctor, mistakes)
