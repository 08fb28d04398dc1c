"""A package of Stanford's CS231n, read as it is: its modules lie in two folders, here in one."""

import ast
import re
from functools import cache

from .. import stubs

IMPORTS = re.compile(r"^([ \t]*from[ \t]+)(?:cs231n\.|\.\.)(?:classifiers\.)?(?=\w)", re.MULTILINE)
WHOLE = re.compile(
    r"^([ \t]*from[ \t]+)(?:cs231n|\.\.)(?:\.?classifiers)?(?=[ \t]+import\b)", re.MULTILINE
)
"""How its modules import one another."""
LAYERS = "layers.py"


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
    if LAYERS in files:
        files[LAYERS] += missing_layers(files[LAYERS])
    return files


def with_imports(content):
    """Return a module with its imports those of a flat package."""
    text = content.decode("utf-8", "replace")
    return WHOLE.sub(r"\1.", IMPORTS.sub(r"\1.", text)).encode()


def missing_layers(content):
    """Return the lines that import layers which CS231n's `layers` has not, from their modules."""
    lines = [
        f"from .{module} import {name}"
        for name, module in imported_layers().items()
        if not re.search(rf"^def {name}\b".encode(), content, re.MULTILINE)
    ]
    return "\n".join(["", *lines, ""]).encode() if lines else b""


@cache
def imported_layers():
    """Return {name: module} of the names that the course's `layers` imports from other modules."""
    nodes = [n for n in ast.parse(stubs.package()[LAYERS]).body if isinstance(n, ast.ImportFrom)]
    return {alias.name: node.module for node in nodes if node.level for alias in node.names}
