"""The commands to write notebooks: text, to edit one as a program; build, to run it again."""

import click

from ... import paths
from ...release.notebook_text import as_text, from_text, ids, run, tidy
from ..terminal import fail


@click.command()
@click.argument("name", metavar="NOTEBOOK")
def text(name):
    """Write assignments/NOTEBOOK.ipynb as a program to edit, build/NOTEBOOK.py, without outputs.

    Its cells begin with `# %%`. Then: course build NOTEBOOK
    """
    path, program = places(name)
    require(path)
    program.parent.mkdir(exist_ok=True)
    program.write_text(as_text(path.read_text(encoding="utf-8")), encoding="utf-8")
    click.echo(f"Edit {program}, then: course build {name}")


@click.command()
@click.argument("name", metavar="NOTEBOOK")
def build(name):
    """Run build/NOTEBOOK.py on the solutions, and write assignments/NOTEBOOK.ipynb.

    The notebook has the outputs of this run. If a cell fails, nothing is written. Run `course
    derive` afterwards: it fills in the hints.
    """
    path, program = places(name)
    require(program)
    require(paths.SOLUTIONS)
    built = from_text(program.read_text(encoding="utf-8"), ids(path))
    course = {"data_utils": paths.DATA_UTILS, "assignments": paths.ASSIGNMENTS}
    run(built, {"starter": paths.SOLUTIONS, **course})
    path.write_text(tidy(built), encoding="utf-8")
    click.echo(f"Wrote {path}. Now: course derive")


def places(name):
    """Return the paths of a notebook and of its program."""
    return paths.ASSIGNMENTS / f"{name}.ipynb", paths.ROOT / "build" / f"{name}.py"


def require(path):
    """Fail unless the path exists."""
    if not path.exists():
        fail(f"{path} does not exist; nothing was written")


COMMANDS = (build, text)
