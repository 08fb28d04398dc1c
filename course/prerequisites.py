"""What a check takes as given: the reference's functions, where a task rests on earlier tasks."""

import ast
from functools import cache

from . import stubs
from .settings import COURSE


class GivenError(Exception):
    """A heading gives a function that the package does not have; the message names the word."""


def names_given(words, package=None):
    """Return {module: names} of the functions and classes that a heading's words give.

    words: such as ("affine", "softmax_loss"). A word means each name in the facade, see settings,
    that equals it or continues it, as affine_forward does; or else the function or class of exactly
    that name. Each name is listed for the module that defines it, and for the facade.
    package: {file name: text} of the modules, by default the course's.
    Raises GivenError for a word that no name matches.
    """
    package = package or stubs.package()
    own = {module: defined(text) for module, text in package.items()}
    facade = COURSE.facade
    offered = own[facade] | imported(package[facade]) if facade in package else set()
    found: dict[str, set[str]] = {}
    for word in words:
        many = {name for name in offered if f"{name}_".startswith(f"{word}_")}
        here = {module: names & (many or {word}) for module, names in own.items()}
        if many:
            here[facade] |= many
        if not any(here.values()):
            raise GivenError(f"no function or class of the package is called {word}")
        for module, names in here.items():
            if names:
                found.setdefault(dotted(module), set()).update(names)
    return {module: sorted(names) for module, names in sorted(found.items())}


def dotted(module):
    """Return the name by which a file of a package is imported: given.net for given/net.py."""
    return module.removesuffix(".py").replace("/", ".")


@cache
def defined(text):
    """Return the names of the functions and classes that a module defines."""
    kinds = ast.FunctionDef | ast.ClassDef
    return {node.name for node in ast.parse(text).body if isinstance(node, kinds)}


def imported(text):
    """Return the names that a module imports from its own package."""
    nodes = [n for n in ast.parse(text).body if isinstance(n, ast.ImportFrom) and n.level]
    return {alias.asname or alias.name for node in nodes for alias in node.names}
