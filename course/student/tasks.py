"""Where a student writes the tasks of the checks: in which module, on which line."""

import ast
from functools import cache

from data_utils.headings import is_named, unwritten_tasks

from .. import stubs
from ..settings import COURSE


def places(task, files):
    """Return {module: line} of where the task of a check is written; the task may name several.

    files: {module: bytes} of a student's package; a module that it lacks is the stub. The line
    is None where the package does not define the task. The facade, see settings, is first.
    """
    found: dict[str, int] = {}
    for module, stub in stubs.package().items():
        mine = definitions(text_of(module, files))
        for name in dict.fromkeys([*mine, *definitions(stub)]):
            if is_named(name, task):
                found.setdefault(module, mine.get(name))
    return dict(sorted(found.items(), key=lambda place: place[0] != COURSE.facade))


def text_of(module, files):
    """Return the text of a package's module, or of the stub if the package lacks it."""
    return files[module].decode("utf-8", "replace") if module in files else stubs.package()[module]


@cache
def definitions(text):
    """Return {name: line} of a module's functions, classes and their methods, written `A.f`."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return {}
    found = {}
    for node in named(body):
        found[node.name] = node.lineno
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{part.name}": part.lineno for part in named(node.body)}
    return found


def named(body):
    """Return the functions and classes among statements."""
    return [node for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def unwritten(files):
    """Return {module: the tasks in it that are still stubs} of a student's package."""
    facade = COURSE.facade
    at_hand = definitions(text_of(facade, files)) if facade else {}
    found = {}
    for module in stubs.task_modules():
        tasks = dict.fromkeys(unwritten_tasks(text_of(module, files)))
        left = [task for task in tasks if module == facade or task not in at_hand]
        if left:
            found[module] = left
    return found
