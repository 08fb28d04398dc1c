"""The command `course compare`: two reports, such as last year's and this one's."""

from pathlib import Path

import click
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ...report import comparison
from ..terminal import console, fail


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("now", type=click.Path(path_type=Path))
def compare(before, now):
    """Show which checks became harder, and which mistakes more frequent, from BEFORE to NOW.

    Both are folders that `course grade` wrote. A star marks a difference that is more than what
    two classes of this size differ by chance.
    """
    try:
        earlier, later = comparison.outcomes_in(before), comparison.outcomes_in(now)
    except comparison.NoReport as error:
        fail(str(error))
    show("Checks that fewer pass", "do not pass", comparison.harder(earlier, later))
    show("Mistakes that more make", "make it", comparison.more_frequent(earlier, later))


def show(title, happened, changes):
    """Print a table of Changes; happened: what its counts count."""
    if not changes:
        console.print(f"{title}: none by {comparison.LEAST:.0%} of the class or more")
        return
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1))
    table.add_column(f"{happened}: before", justify="right")
    table.add_column("now", justify="right")
    table.add_column("more by", justify="right", no_wrap=True)
    table.add_column("what")
    for one in changes:
        star = "*" if one.is_beyond_chance else " "
        counts = f"{one.before} of {one.of_before}", f"{one.now} of {one.of_now}"
        table.add_row(*counts, f"{one.difference:.0%} {star}", Text(one.what))
    console.print(table)


COMMANDS = (compare,)
