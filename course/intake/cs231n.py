"""A package of Stanford's CS231n, read as it is: its modules lie in two folders, here in one."""

import ast
import re
from functools import cache

from .. import stubs
from ..settings import COURSE

IMPORTS = re.compile(r"^([ \t]*from[ \t]+)(?:cs231n\.|\.\.)(?:classifiers\.)?(?=\w)", re.MULTILINE)
WHOLE = re.compile(
    r"^([ \t]*from[ \t]+)(?:cs231n|\.\.)(?:\.?classifiers)?(?=[ \t]+import\b)", re.MULTILINE
)
"""How its modules import one another."""


def folder_of(path):
    """Return the folder that a module counts as lying in: of cs231n/classifiers, cs231n."""
    parent = path.parent
    return parent.parent if parent.name == "classifiers" else parent


def has_shape(place, paths_of_modules):
    """Tell whether a package is of CS231n's shape; paths_of_modules: of all its modules."""
    return place.name == "cs231n" or any(p.parent.name == "classifiers" for p in paths_of_modules)


def flattened(files):
    """Return {path in the package: bytes} with the imports of modules that lie side by side."""
    files = {name: with_imports(content) for name, content in files.items()}
    if COURSE.facade in files:
        files[COURSE.facade] += missing_names(files[COURSE.facade])
    return files


def with_imports(content):
    """Return a module with its imports those of a flat package."""
    text = content.decode("utf-8", "replace")
    return WHOLE.sub(r"\1.", IMPORTS.sub(r"\1.", text)).encode()


def missing_names(content):
    """Return the lines that import what our facade offers and theirs has not, see settings."""
    lines = [
        f"from .{module} import {name}"
        for name, module in imported_names().items()
        if not re.search(rf"^def {name}\b".encode(), content, re.MULTILINE)
    ]
    return "\n".join(["", *lines, ""]).encode() if lines else b""


@cache
def imported_names():
    """Return {name: module} of what the course's facade imports from other modules."""
    body = ast.parse(stubs.package()[COURSE.facade]).body
    nodes = [n for n in body if isinstance(n, ast.ImportFrom)]
    return {alias.name: node.module for node in nodes if node.level for alias in node.names}
