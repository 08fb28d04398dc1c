"""Which checks run what an answer changes; the others say of it what they say of the solutions."""

import ast
import re
import sys
import tempfile
from functools import cache
from pathlib import Path

from .. import notebook
from . import trial
from .tables import solutions


def untouched(path, package):
    """Return the numbers of the checks of the notebook at `path` that run nothing changed.

    package: {file name: text}; what counts is how it differs from the solutions.
    """
    names = changed(package)
    if not names:  # the solutions themselves are asked everything
        return set()
    return {number for number, called in reached(path).items() if not called & names}


def changed(package):
    """Return the names of the functions that differ from the solutions', None if more differs."""
    found: set[str] = set()
    solved = solutions()
    for module, text in package.items():
        before = solved.get(module, "")
        if text != before:
            names = differing(before, text)
            if names is None:
                return None
            found |= names
    return found


def differing(before, after):
    """Return the names of the functions that differ between two modules, None if more does."""
    try:
        (old, old_rest), (new, new_rest) = parts(before), parts(after)
    except (SyntaxError, ValueError):
        return None
    added = new.keys() - old.keys()
    strange = added - names_known() if added else ()
    in_use = any(re.search(rf"\b{re.escape(name)}\b", before) for name in strange)
    if old_rest != new_rest or old.keys() - new.keys() or in_use:
        return None
    return {name for name in new if new[name] != old.get(name)}


@cache
def parts(text):
    """Return ({name: function or method}, all the rest) of a module, as texts of syntax trees."""
    tree = ast.parse(text)
    functions: dict[str, str] = {}
    for scope in (tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))):
        prefix = f"{scope.name}." if isinstance(scope, ast.ClassDef) else ""
        own = [node for node in scope.body if isinstance(node, ast.FunctionDef)]
        functions |= {prefix + node.name: ast.dump(node) for node in own}
        scope.body = [node for node in scope.body if node not in own]
    return functions, ast.dump(tree)


def names_known():
    """Return the names of all functions and methods of the solutions."""
    return {name for text in solutions().values() for name in parts(text)[0]}


@cache
def reached(path):
    """Return {number of a check: names of the package's functions that it calls}, solved."""
    called: dict = {}
    with tempfile.TemporaryDirectory() as folder:
        trial.run(path, solutions(), Path(folder), step=recording(called, folder))
    return called


def recording(called, folder):
    """Return what runs a cell and notes which functions of the package below `folder` it calls."""

    def execute(source, space):
        check = notebook.heading(source)
        names = called.setdefault(check.number, set()) if check else set()

        def note(frame, *_):
            if frame.f_code.co_filename.startswith(folder):
                names.add(frame.f_code.co_qualname.split(".<locals>")[0])

        sys.settrace(note)  # which is told of each call, and of no line
        try:
            trial.execute(source, space)
        finally:
            sys.settrace(None)

    return execute
