"""The README and the Makefile of a student, in the words of the course that is here."""

import jinja2

from .. import hints, notebook, paths
from ..settings import COURSE
from ..student.tasks import places

RENDERED = ("Makefile", "README.md", "first.jupyterlab-workspace")


def words():
    """Return the words that the files ask for; the example is the task of the first check."""
    first = paths.notebooks()[0]
    task = notebook.checks(first)[0].task
    return {
        "title": COURSE.title,
        "about": COURSE.about,
        "notebook": first.stem,
        "task": hints.names(task)[0],
        "module": next(iter(places(task, {}))),
        "modules": modules_of(first),
        "given": next(iter(COURSE.given), None),
    }


def modules_of(path):
    """Return the modules that a notebook's tasks are written in, in its order."""
    return list(dict.fromkeys(m for c in notebook.checks(path) for m in places(c.task, {})))


def fill(folder):
    """Fill in the words of the course in the files of a student's folder."""
    known = words()
    for name in RENDERED:
        text = render(folder / name, known)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def render(path, known):
    """Return the text of a template, with what is known filled in."""
    text = path.read_text(encoding="utf-8")
    template = jinja2.Template(text, keep_trailing_newline=True, undefined=jinja2.StrictUndefined)
    return template.render(known)
