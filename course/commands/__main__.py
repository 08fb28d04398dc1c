"""The command `course`: it offers the commands of the rooms that exist here."""

import importlib
import pkgutil
import sys

import click

from .. import commands


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main():
    """Give and grade the course Deep learning from scratch."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # for Windows


def offered():
    """Yield the commands of the modules beside this one.

    A student's release lacks some rooms; it does not offer the commands that need them.
    """
    names = [found.name for found in pkgutil.iter_modules(commands.__path__)]
    for name in (name for name in names if name != "__main__"):
        try:
            module = importlib.import_module(f"{commands.__name__}.{name}")
        except ModuleNotFoundError as error:
            if not str(error.name).startswith("course."):
                raise
        else:
            yield from getattr(module, "COMMANDS", ())


for command in offered():
    main.add_command(command)


if __name__ == "__main__":
    main()
