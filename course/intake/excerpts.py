"""Pieces of a student's modules, coloured; this runs where it can do no harm, see apart."""

import ast

from pygments.lexers.python import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String

from ..settings import COURSE
from . import reading

MAX_LINES = 80
MAX_LINE = 300
"""Of a piece, lines, and characters of a line, that are shown."""
KINDS = (
    *((Keyword, "k"), (Operator.Word, "k"), (String, "s"), (Comment, "c"), (Number, "m")),
    *((Name.Function, "f"), (Name.Class, "f")),
)
"""(kind of token, the letter that stands for it)."""


def excerpts_at(sources, files, wanted):
    """Yield the pieces of a submission that are wanted, each once.

    files: {path: text}; read from the sources if there are none. wanted: [name of a function, or
    "", module, line]: the function with the name, in the first module that has it, or that one in
    the module which has the line. A piece is a dict of module, name, first (a line number), lines
    (each a list of [letter, text]) and more: how many lines are not shown.
    """
    if sources:
        files = next(reading.read(sources))["files"]
    spans = {module: spans_of(files[module]) for module in sorted(files, key=facade_first)}
    for place in dict.fromkeys(found(one, spans) for one in wanted):
        if place:
            module, name, first, last = place
            yield piece(module, name, first, files[module].split("\n")[first - 1 : last])


def facade_first(module):
    """Sort modules so that the facade, see settings, whose names others repeat, comes first."""
    return module != COURSE.facade, module


def spans_of(text):
    """Return {name: (first line, last line)} of a module's functions, and its classes' methods."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return {}
    named = {node.name: node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    inner = {
        f"{name}.{part.name}": part
        for name, node in named.items()
        for part in node.body
        if isinstance(part, ast.FunctionDef) and isinstance(node, ast.ClassDef)
    }
    return {name: (node.lineno, node.end_lineno) for name, node in (named | inner).items()}


def found(wanted, spans):
    """Return (module, name, first line, last line) of what is wanted, None if it is not there."""
    name, module, line = wanted
    for each, known in spans.items():
        if name and name in known:
            return (each, name, *known[name])
    around = [
        (first, last, one)
        for one, (first, last) in spans.get(module, {}).items()
        if line and first <= line <= last
    ]
    first, last, one = max(around, default=(0, 0, ""))
    return (module, one, first, last) if around else None


def piece(module, name, first, lines):
    """Return a piece of a module as excerpts_at yields it."""
    shown = [line[:MAX_LINE] for line in lines[:MAX_LINES]]
    rest = len(lines) - len(shown)
    return {"module": module, "name": name, "first": first, "lines": coloured(shown), "more": rest}


def coloured(lines):
    """Return for each line a list of [letter of its kind, text]."""
    rows: list[list] = [[] for _ in lines]
    row = 0
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    for kind, text in lexer.get_tokens("\n".join(lines)):
        letter = next((letter for known, letter in KINDS if kind in known), "")
        for n, part in enumerate(text.split("\n")):
            row = min(row + (n > 0), len(rows) - 1)
            if part:
                rows[row].append([letter, part])
    return rows
