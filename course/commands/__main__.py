"""The command `course`: it offers the commands of all modules beside this one."""

import importlib
import pkgutil
import sys

import click

from .. import commands
from ..settings import COURSE


@click.group(
    help=f"Take, give and grade the course {COURSE.title}.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def main():
    """Let every command write what a terminal cannot show as question marks."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # for Windows


def offered():
    """Yield the commands of the modules here; a release leaves out whole folders of them."""
    for found in pkgutil.walk_packages(commands.__path__, f"{commands.__name__}."):
        if not found.name.endswith("__main__"):
            yield from getattr(importlib.import_module(found.name), "COMMANDS", ())


for command in offered():
    main.add_command(command)


if __name__ == "__main__":
    main()
