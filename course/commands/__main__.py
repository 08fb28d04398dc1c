"""The command `course`: it offers the commands of all modules beside this one."""

import importlib
import pkgutil
import sys
from importlib.util import find_spec

import click

from .. import commands
from ..settings import COURSE


class Offered(click.Group):
    """Offers the commands of the modules here; a release leaves out whole folders of them.

    A command that a module is named after is found without importing the others: some take long.
    """

    def list_commands(self, ctx):
        """Return the names of all commands."""
        return sorted(all_commands())

    def get_command(self, ctx, name):
        """Return a command by its name, None if there is no such."""
        module = f"{commands.__name__}.{name}"
        if name.isidentifier() and find_spec(module):
            for command in of_module(module):
                if command.name == name:
                    return command
        return all_commands().get(name)


def of_module(name):
    """Return the commands of a module."""
    return getattr(importlib.import_module(name), "COMMANDS", ())


def all_commands():
    """Return {name: command} of all modules here."""
    modules = [
        found.name for found in pkgutil.walk_packages(commands.__path__, f"{commands.__name__}.")
    ]
    found = [of_module(name) for name in modules if not name.endswith("__main__")]
    return {command.name: command for them in found for command in them}


@click.group(
    cls=Offered,
    help=f"Take, give and grade the course {COURSE.title}.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
def main():
    """Let every command write what a terminal cannot show as question marks."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # for Windows


if __name__ == "__main__":
    main()
