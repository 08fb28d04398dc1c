"""Check tasks again when the file that they are written in is saved."""

import ast
import re
import time

from .. import notebook, paths, stubs
from . import tasks

POLL_SECONDS = 0.1
"""Soon enough that nobody waits for it, and rare enough that a laptop does not notice."""


def saves(folder, wait=time.sleep):
    """Return an endless iterator over what is saved in a folder from now on: sets of names."""
    return saves_since(stamps(folder), folder, wait)


def saves_since(before, folder, wait):
    """Yield the names of the modules whose stamps are other ones than before, again and again."""
    while True:
        wait(POLL_SECONDS)
        now = stamps(folder)
        saved = {name for name, _ in before.items() ^ now.items()}
        before = now
        if saved:
            yield saved


def stamps(folder):
    """Return {module: when it was saved and its size} of the modules in a folder.

    A temporary file that an editor writes while it saves, such as .~optim.py, does not count.
    """
    found = {}
    for path in (path for path in folder.glob("*.py") if path.stem.isidentifier()):
        try:
            about = path.stat()
        except FileNotFoundError:
            continue  # An editor is putting a new file in its place.
        found[path.name] = about.st_mtime_ns, about.st_size
    return found


def affected(saved, files):
    """Return {notebook: numbers of the checks whose tasks are in the saved modules}.

    saved: names of modules; files: {module: bytes} of the student's package.
    """
    modules, found = concerned(saved, files), {}
    for path in paths.notebooks():
        checks = notebook.checks(path)
        numbers = {c.number for c in checks if modules & tasks.places(c.task, files).keys()}
        if numbers:
            found[path] = frozenset(numbers)
    return found


def readable(name):
    """Tell whether Python can read a module in starter/; one that is gone counts as readable."""
    path = paths.STARTER / name
    try:
        ast.parse(path.read_bytes() if path.exists() else b"")
    except (SyntaxError, ValueError):
        return False
    return True


def first_check(notebooks):
    """Return the first alone of {notebook: numbers of checks}: what it says is said by all."""
    return {path: frozenset({min(numbers)}) for path, numbers in list(notebooks.items())[:1]}


def concerned(saved, files):
    """Return the saved modules, and those that use one of the student's own among them.

    A module counts as a user of a helper if it mentions the helper's name.
    """
    found, own = set(saved), set(saved) - stubs.package().keys()
    while own:
        name = re.compile(rf"\b{own.pop().removesuffix('.py')}\b".encode())
        users = {module for module, content in files.items() if name.search(content)} - found
        found |= users
        own |= users - stubs.package().keys()
    return found
