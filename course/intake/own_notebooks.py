"""The contents of the course's own notebooks, with which a student's copy is compared."""

import re
from dataclasses import dataclass
from functools import cache

from .. import notebook, paths
from .names import has_word

HEADING = r"\*\*To think about(?: \((?P<points>\d+) points?\))?\.\*\*\s*"
"""How a question begins, with the most points that an answer can earn; copies may lack them."""
QUESTION = re.compile(rf"{HEADING}(?P<asked>.+?)(?=\n\s*\n|\Z)", re.DOTALL)
MODEL = re.compile(
    rf"{QUESTION.pattern}\s*<details>\s*<summary>Answer</summary>(?P<model>.*?)</details>",
    re.DOTALL,
)
FOLDED = re.compile(
    r"<details>\s*<summary>(?:Answer|Hint)</summary>.*?(?:</details>|\Z)", re.DOTALL
)
"""The folded answer below a question, in the instructor's copy."""
ENOUGH_CELLS = 3
ALIKE = 0.75
"""The share of common words from which two texts count as one with a few words changed."""


@dataclass(frozen=True)
class Own:
    """One of the course's notebooks: {id: text} of its cells, their lines, and its questions.

    questions: as one line each, in order; asked_in: {id of a cell: numbers of its questions}.
    """

    cells: dict
    lines: frozenset
    questions: tuple
    asked_in: dict


@cache
def own(name):
    """Return the contents of the course's own notebook with this name."""
    document = notebook.read(next(path for path in paths.notebooks() if path.stem == name))
    cells = {cell.get("id"): text_of(cell) for cell in document["cells"]}
    lines = frozenset(one_line(line) for text in cells.values() for line in text.split("\n"))
    found: list[str] = []
    asked_in = {}
    for cell in document["cells"]:
        asked = [] if notebook.is_code(cell) else questions_in(text_of(cell))
        asked_in[cell.get("id")] = list(range(len(found) + 1, len(found) + len(asked) + 1))
        found += asked
    return Own(cells, lines, tuple(found), asked_in)


@cache
def questions():
    """Return {notebook: list of its questions to think about, as one line each}."""
    return {path.stem: list(own(path.stem).questions) for path in paths.notebooks()}


def questions_in(text):
    """Return the questions in a cell's text, as one line each."""
    return [one_line(found["asked"]) for found in QUESTION.finditer(text)]


@cache
def max_points(name):
    """Return the most points that an answer to each question of a notebook can earn, in order."""
    texts = own(name).cells.values()
    return [int(found["points"] or 0) for text in texts for found in QUESTION.finditer(text)]


@cache
def model_answers(name):
    """Return {question as one line: the course's own answer, folded below it} of a notebook."""
    document = notebook.read(next(path for path in paths.notebooks() if path.stem == name))
    texts = ["".join(cell["source"]) for cell in document["cells"] if not notebook.is_code(cell)]
    found = [match for text in texts for match in MODEL.finditer(text)]
    return {one_line(match["asked"]): match["model"].strip() for match in found}


def text_of(cell):
    """Return a cell's text without its folded answers and hints."""
    source = cell["source"]
    return FOLDED.sub("", source if isinstance(source, str) else "".join(source))


def one_line(text):
    """Return a text with every run of white space as one space."""
    return " ".join(text.split())


def are_alike(one, other):
    """Tell whether two texts have nearly the same words."""
    mine, theirs = set(one.lower().split()), set(other.lower().split())
    return 2 * len(mine & theirs) >= ALIKE * (len(mine) + len(theirs)) and bool(mine)


def name_of(path, document):
    """Return which of the course's notebooks a file copies: by its cells, else by its name."""
    ids = {str(cell.get("id")) for cell in document["cells"]}
    shared = {name: len(ids & own(name).cells.keys()) for name in questions()}
    best = max(shared, key=shared.__getitem__)
    if shared[best] >= ENOUGH_CELLS:
        return best
    return next((name for name in questions() if has_word(path.name.lower(), name)), None)
