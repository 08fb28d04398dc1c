"""The command `course mark`: written answers in a browser, one question at a time."""

import asyncio
import getpass
import re
from pathlib import Path

import click

from ..terminal import console, fail


def share_of(_context, _parameter, text):
    """Return (which, of how many) of a share such as 2/20."""
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    share = tuple(map(int, found.groups())) if found else (0, 0)
    if not 1 <= share[0] <= share[1]:
        raise click.BadParameter("expected which of how many markers you are, such as 2/20")
    return share


@click.command()
@click.argument("report", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--share", default="1/1", callback=share_of, help="Which of several markers you are: 2/20."
)
@click.option("--by", help="Your name, as students read it; default: that of your account.")
def mark(report, share, by):
    """Mark the written answers of a class in a browser, one question at a time.

    REPORT is the folder that `course grade` wrote; its answers.csv alone will do. What you give is
    saved as you type, in manual.csv, or with --share 2/20 in manual-2-of-20.csv. Put the files of
    several markers into the report's folder, and run `course grade` again: it puts them together.
    """
    if not (report / "answers.csv").exists():
        fail(f"{report} has no answers.csv; give the folder that `course grade --out` wrote")
    try:
        asyncio.run(served(report, share, by or getpass.getuser()))
    except KeyboardInterrupt:
        console.print("Stopped. All that was given is saved.")


async def served(report, share, by):
    """Serve until the command is stopped."""
    from ...report import mark_server  # to load the server takes longer than most commands do

    address = mark_server.serve(report, share, by)
    console.print(f"Open {address}", soft_wrap=True)
    console.print("Only this machine can. Ctrl-C stops; run the command again to go on.")
    await asyncio.Event().wait()


COMMANDS = (mark,)
