"""Find a student's answers in a notebook, and the question of each.

What is not in the course's own notebook is theirs: a cell, or lines of a cell. It answers the
question that it stands right below, else the one right above which it stands, else the one whose
number its label has, else, with a label, the last one before it.
"""

import ast
import re
from dataclasses import dataclass

from .. import notebook
from .own_notebooks import HEADING, are_alike, one_line, questions_in, text_of

LABEL = re.compile(
    r"\A[\s#>*_'\"-]*(?:my |your )?answers?\b[ \t]*(?:to )?(?:question )?(?P<number>\d{0,2})"
    r"[ \t*_]*(?:[:\uff1a.)=-]|(?=\n)|\Z)[*_ \t]*",
    re.IGNORECASE,
)
"""How people begin an answer: `Answer:`, `## Answer`, `**Answer 2:**`, `- answer`."""
PLACEHOLDER = re.compile(
    r"\A[\W_]*(?:write |type |put |double-click to edit)?(?:your |my )?(?:answers?)?"
    r"(?: here)?[\W_]*\Z",
    re.IGNORECASE,
)
"""What is not an answer yet."""
MAX_CELLS = 2_000


@dataclass
class Piece:
    """A piece of a notebook: a question of the course (its number), or a student's text.

    Neither: the course's own text, which separates what stands above it from what is below.
    """

    question: int = 0
    text: str = ""


def answers_in(document, own):
    """Return ({question number: answer}, [texts without a question]) of a notebook."""
    pieces = [p for cell in document["cells"][:MAX_CELLS] for p in pieces_of(cell, own)]
    found: dict[int, list] = {}
    unplaced = []
    for n, piece in enumerate(pieces):
        label = LABEL.match(piece.text)
        text = (piece.text[label.end() :] if label else piece.text).strip()
        if not text or PLACEHOLDER.match(text):
            continue
        number = question_of(n, pieces, label, len(own.questions))
        if number:
            found.setdefault(number, []).append(text)
        else:
            unplaced.append(piece.text.strip())
    return {number: "\n\n".join(texts) for number, texts in sorted(found.items())}, unplaced


def question_of(n, pieces, label, most):
    """Return the number of the question that pieces[n] answers, 0 if it is unknown."""
    before = next((p for p in reversed(pieces[:n]) if not p.text), Piece())
    after = next((p for p in pieces[n + 1 :] if not p.text), Piece())
    if before.question or after.question or not label:
        return before.question or after.question
    if label["number"] and 1 <= int(label["number"]) <= most:
        return int(label["number"])
    return next((p.question for p in reversed(pieces[:n]) if p.question), 0)


def pieces_of(cell, own):
    """Yield the Pieces of a cell."""
    text = text_of(cell)
    if notebook.is_code(cell):
        yield from pieces_of_code(text, own)
        return
    asked = own.asked_in.get(cell.get("id")) or numbers_of(questions_in(text), own)
    original = own.cells.get(cell.get("id"), "")
    theirs = what_is_theirs(text, original, [own.questions[n - 1] for n in asked], own.lines)
    yield from (Piece(question=number) for number in asked)
    if theirs:
        yield Piece(text=theirs)
    elif not asked and text.strip():
        yield Piece()


def numbers_of(asked, own):
    """Return the numbers of questions, given by texts in which some words may be changed."""
    known = list(enumerate(own.questions, 1))
    return [n for text in asked for n, question in known if are_alike(question, text)][:1]


def what_is_theirs(text, original, asked, lines):
    """Return the student's part of a cell's text; original: the course's own cell, or "".

    asked: the questions in it, one line each; lines: all those of the course's own notebook.
    """
    for question in asked:
        text = without(question, text)
    own_lines = [one_line(line) for line in (*original.split("\n"), *asked) if line.strip()]
    kept = [rest(line, own_lines, lines) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def without(question, text):
    """Return a text without a question, however its lines are broken, and without its heading."""
    words = r"\s+".join(map(re.escape, question.split()))
    return re.sub(rf"(?:{HEADING})?{words}", "\n", text)


def rest(line, own_lines, lines):
    """Return the student's part of a line."""
    plain = one_line(line)
    if plain in lines or any(are_alike(plain, own_line) for own_line in own_lines):
        return ""
    if re.match(HEADING, plain):
        return ""
    begun = [
        own_line for own_line in own_lines if plain.startswith(own_line) and len(own_line) > 20
    ]
    return plain[len(max(begun, key=len)) :].strip() if begun else line


def pieces_of_code(text, own):
    """Yield the Pieces of a code cell; prose in a cell that the student added is theirs."""
    theirs = [line for line in text.split("\n") if one_line(line) not in own.lines]
    comments = "\n".join(line.lstrip().removeprefix("#").strip() for line in theirs).strip()
    whole = len(theirs) == len(text.split("\n"))
    first = next((line for line in comments.split("\n") if LABEL.match(line)), None)
    if text.strip() and whole and is_prose(text):
        yield Piece(text=comments.strip("\"' \n"))
    elif first is not None:
        yield Piece(text=labelled(theirs))
        yield Piece()
    elif text.strip():
        yield Piece()


def labelled(lines):
    """Return the comment that begins with the label of an answer, until it ends."""
    texts = [line.strip() for line in lines]
    start = next(n for n, text in enumerate(texts) if LABEL.match(text.removeprefix("#").strip()))
    found = [texts[start]]
    for text in texts[start + 1 :]:
        if not text.startswith("#"):
            break
        found.append(text)
    return "\n".join(text.removeprefix("#").strip() for text in found)


def is_prose(text):
    """Tell whether a code cell is a comment, a text in quotes or not Python at all."""
    if text.lstrip().startswith(("%", "!", "?")):
        return False
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return len(text.split()) > 3
    return all(isinstance(node, ast.Expr) and is_text(node.value) for node in body)


def is_text(node):
    """Tell whether an expression is a text in quotes."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
