"""Written answers: what a student wrote below the questions to think about.

A notebook that was handed in is read, never run. An answer is a markdown cell, or the end of one,
that begins `Answer:` and stands below a question.
"""

import json
import re
from functools import cache
from pathlib import PurePosixPath

from .. import notebook, paths
from ..text import legible

QUESTION = re.compile(r"\*\*To think about\.\*\*\s*(.+?)(?=\n\s*\n|\Z)", re.DOTALL)
ANSWER = re.compile(r"^[*_ ]*answer[*_ ]*:[*_]*\s*(.*)", re.DOTALL | re.MULTILINE | re.IGNORECASE)
MAX_ANSWER = 10_000


@cache
def questions():
    """Return {notebook: list of its questions to think about, as one line each}."""
    return {path.stem: asked(notebook.read(path)) for path in paths.notebooks()}


def asked(document):
    """Return the questions of a notebook, in its order."""
    return [one_line(found) for text in texts(document) for found in QUESTION.findall(text)]


def written(notebooks):
    """Return (answers, remarks) of the notebooks handed in, {path: bytes}.

    An answer: a dict with the keys notebook, question (its number, from 1), asked and answer.
    """
    found, remarks = [], []
    for path, content in sorted(notebooks.items()):
        name = PurePosixPath(path).stem
        if name in questions():
            try:
                found += in_notebook(name, json.loads(content))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                remarks.append(f"{path} is no notebook that can be read: no answers taken from it")
    return found, remarks


def in_notebook(name, document):
    """Return the answers in one notebook, in the order of its questions."""
    known, last = questions()[name], None
    found: dict[int, str] = {}
    for text in texts(document):
        for question in map(one_line, QUESTION.findall(text)):
            last = known.index(question) + 1 if question in known else None
        answer = ANSWER.search(text)
        if answer and last and answer[1].strip():
            found[last] = (found.get(last, "") + "\n\n" + answer[1].strip()).strip()[:MAX_ANSWER]
    return [
        {"notebook": name, "question": n, "asked": known[n - 1], "answer": legible(found[n])}
        for n in sorted(found)
    ]


def texts(document):
    """Return the texts of a notebook's markdown cells."""
    return ["".join(cell["source"]) for cell in document["cells"] if not notebook.is_code(cell)]


def one_line(text):
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())
