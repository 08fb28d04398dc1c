"""The commands that look for holes: doctor, mistakes."""

import sys

import click

from ...authoring import doctor as examiner
from ..arguments import require_solutions
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


COMMANDS = (doctor,)
