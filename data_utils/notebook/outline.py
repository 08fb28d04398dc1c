"""The notebook that is being run, as it lies on the disk: what makes a name, where hints are."""

import ast
import json
import os
import re
from pathlib import Path

from ..headings import heading, titles
from ..record import COURSE

HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
HINTS = re.compile(r"<summary>(Hints: [^<]+)</summary>")


def here():
    """Return the path of the notebook that a person runs in JupyterLab or VS Code, else None.

    A program that runs a notebook, such as nbval or nbconvert, names none.
    """
    from IPython import get_ipython

    shell = get_ipython()
    named = os.environ.get("JPY_SESSION_NAME") or (
        shell and shell.user_ns.get("__vsc_ipynb_file__")
    )
    if not named or "COURSE_SEED" in os.environ:
        return None
    path = COURSE / "assignments" / Path(named).name
    return path if path.is_file() else None


def holding(source):
    """Return the path of the notebook that has a code cell of this source; None where it grades."""
    paths = [] if "COURSE_SEED" in os.environ else sorted((COURSE / "assignments").glob("*.ipynb"))
    held = (path for path in paths if source and (source in [text for _, _, text in cells(path)]))
    return next(held, None)


def cells(path):
    """Return [(heading above, kind, source), ...] of the cells of the notebook at `path`."""
    found, above = [], ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (headings := HEADING.findall(source)):
            above = headings[-1]
        found.append((above, cell["cell_type"], source))
    return found


def maker(name, source, path):
    """Return the heading above the cell that makes a name; for the first code cell, an empty text.

    source: of the cell that lacks the name; of several makers above it, the nearest counts.
    None if no cell makes it.
    """
    code = [(above, text) for above, kind, text in cells(path) if kind == "code"]
    stop = next((i for i, (_, text) in enumerate(code) if text == source), len(code))
    makers = [i for i, (_, text) in enumerate(code) if name in made(text)]
    if not makers:
        return None
    chosen = max([i for i in makers if i < stop], default=makers[0])
    return code[chosen][0] if chosen else ""


def made(source):
    """Return the names that a cell of this source makes."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return set()
    found = set()
    for node in (node for statement in body for node in outside_functions(statement)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).split(".")[0])
    return found


def outside_functions(node):
    """Yield a node and all within it, but not what stands in a function or a class."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            yield from outside_functions(child)


def hints_above(check, path):
    """Return the title of the folded hints in the task of a check, None if it has none.

    Of several above it in its section, those that name the check's task or subject count, else
    the last.
    """
    above: list[str] = []
    for _, kind, source in cells(path):
        if kind == "markdown":
            above = ([] if HEADING.search(source) else above) + HINTS.findall(source)
        elif kind == "code" and heading(source) == check:
            named = [title for title in above if title[len("Hints: ") :] in titles(check.task)]
            return next(iter(named or above[-1:]), None)
    return None
