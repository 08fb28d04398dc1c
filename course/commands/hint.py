"""The command `hint`."""

import click

from .. import hints, paths
from .terminal import fail, show_hint


@click.command()
@click.argument("words", metavar="[TASK] [N]", nargs=-1)
def hint(words):
    """Print hint number N for a task, by default the first; without a task, list all tasks.

    For example: course hint my_function 2
    """
    known = hints.read(paths.STARTER / "hints")
    numbered = bool(words) and words[-1].isdecimal()
    number = int(words[-1]) if numbered else 1
    task = " ".join(words[: len(words) - numbered])
    if not task:
        if not known:
            fail("this course has no hints; they are written in solutions/hints/")
        for name, tasks in hints.by_notebook(paths.STARTER / "hints").items():
            click.echo("\n  ".join([name, *tasks]))
        click.echo("\nThe first hint for one of them: course hint TASK", err=True)
        return
    try:
        found = hints.of_task(task, known)
    except hints.HintError as error:
        fail(str(error))
    if not 1 <= number <= len(found):
        fail(f"{task} has {len(found)} hints; there is no number {number}")
    show_hint(task, number, found)


COMMANDS = (hint,)
