"""Hints: written once, in solutions/hints/; printed by `course hint`, folded in the notebooks.

A file there, NOTEBOOK.toml, has a table for each task, with a list called `hints`. A task is a
function's name, or that and what it is about, "softmax_loss, the gradient", or a subject that
checks of several notebooks share, "float32".
"""

import json
import re
import tomllib
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from data_utils.headings import names, titles

from . import notebook

BLOCK = re.compile(
    r"(?<=<details><summary>Hints: )(?P<task>[^<]+)</summary>\n"
    r"(?:<details>.*?\n</details>|.)*?\n</details>",
    re.DOTALL,
)


class HintError(Exception):
    """There is no such hint; the message names the hints that exist."""


def files(folder):
    """Return {file name: text} of the files of hints in a folder."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}


def parse(text):
    """Return {task: list of hints} of a file's text."""
    return {task: table["hints"] for task, table in tomllib.loads(text).items()}


def read(folder):
    """Return {task: list of hints} of all files in a folder."""
    return {task: hints for text in files(folder).values() for task, hints in parse(text).items()}


def by_notebook(folder):
    """Return {notebook: list of its tasks} of all files in a folder."""
    return {Path(name).stem: list(parse(text)) for name, text in files(folder).items()}


def tasks_of(meant, hints):
    """Return the tasks that are about one of the names that are meant, in lower case."""
    return [
        task
        for task in hints
        if any(is_meant(one, name) for one in meant for name in names(task.lower()))
    ]


def is_meant(wanted, name):
    """Tell whether a name is the wanted one, a method of the wanted class, or the wanted method."""
    return fnmatchcase(name, wanted) or name.startswith(f"{wanted}.") or name.endswith(f".{wanted}")


def title_in(own, task, hints):
    """Return the name by which `of_task` finds the hints for a check's task in its own notebook.

    own: the tasks of the notebook's hints. Another notebook may have hints for just this name:
    FullyConnectedNet of the second for a check of the fourth.
    """
    if task in own or task not in hints:
        return next((title for title in titles(task) if title in hints), task)
    return next((one for one in own if names(one) == names(task)), task)


def of_task(wanted, hints):
    """Return a list of (task, hint), in order, for a task or a name that several tasks share.

    The task of a check may be longer than the task of its hints: "softmax_loss, the loss"
    has the hints for softmax_loss, and "softmax_loss, float32" those for float32, if there are
    such. Raises HintError with the nearest names.
    """
    meant = [word for name in names(wanted.lower()) for word in name.split()]
    classes = [word.split(".")[0] for word in meant]
    found = [title for title in titles(wanted) if title in hints][:1]
    found = found or tasks_of(meant, hints) or tasks_of(classes, hints)
    if not found:
        known = [name for task in hints for name in names(task)]
        near = get_close_matches(wanted, dict.fromkeys(known), n=3, cutoff=0.4)
        advice = (
            f"the nearest tasks: {', '.join(near)}" if near else "`course hint` lists the tasks"
        )
        raise HintError(f"there are no hints for {wanted!r}; {advice}")
    return [(task, hint) for task in found for hint in hints[task]]


def fill(text, hints):
    """Return a markdown cell's text with its blocks of hints filled in.

    A block begins `<details><summary>Hints: TASK</summary>`; each hint gets one within it, to be
    opened one after the other. Raises HintError for an unknown task.
    """
    return BLOCK.sub(lambda block: fold(block["task"], hints), text)


def fold(task, hints):
    """Return the content of a block: a block for each hint, between blank lines."""
    if task not in hints:
        raise HintError(f"a notebook has a place for hints for {task!r}; solutions/hints has none")
    lines = [FOLDED.format(number=number, hint=hint) for number, hint in enumerate(hints[task], 1)]
    return "\n".join([f"{task}</summary>", "", *lines, "</details>"])


FOLDED = "<details><summary>Hint {number}</summary>\n\n{hint}\n\n</details>\n"


def filled(path, hints):
    """Return the text of the notebook at `path` with its blocks of hints filled in."""
    document = notebook.read(path)
    for cell in document["cells"]:
        source = "".join(cell["source"])
        if not notebook.is_code(cell) and BLOCK.search(source):
            cell["source"] = fill(source, hints).splitlines(keepends=True)
    if document == notebook.read(path):
        return path.read_text(encoding="utf-8")
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"
