"""Read the arguments that several commands share: notebooks. Fail if one is wrong."""

from pathlib import Path

import click

from .. import paths
from .terminal import fail

FULL = click.option("--full", is_flag=True, help="Run the cells that explore and train, too.")


def chosen_notebooks(names):
    """Return the paths of the named notebooks, all without names; fail if one does not exist."""
    known = {path.stem: path for path in paths.notebooks()}
    wanted = [Path(name).name.removesuffix(".ipynb") for name in names] or list(known)
    for name in wanted:
        if name not in known:
            fail(f"there is no notebook {name!r}; there are: {', '.join(known)}")
    return [known[name] for name in wanted]


def require_solutions():
    """Fail without solutions/: without it, there is nothing to derive starter/ from."""
    if not paths.SOLUTIONS.is_dir():
        fail("this needs solutions/, which a student's folder does not have; nothing was changed")
