"""Which of the course's modules a file is, whatever a browser, a platform or a person calls it."""

import re
from functools import cache

from data_utils.headings import UNWRITTEN, unwritten_tasks

from .. import stubs

DEFINITION = re.compile(rb"^[ \t]*(?:def|class)[ \t]+(\w+)", re.MULTILINE)
LEFT = re.compile(
    rb'^[ \t]*raise NotImplementedError\("' + UNWRITTEN.pattern.encode() + rb'"\)', re.MULTILINE
)
"""The pattern of a stub in a file; one that also skips lines needs hours for empty lines."""
MAX_NAME = 100
"""Bytes of a module's name; a file's name may have 255, and a path of them 4,096."""


@cache
def tasks():
    """Return {task module: the tasks in it, such as LinearClassifier.train}."""
    found = {name: unwritten_tasks(stubs.package()[name]) for name in stubs.task_modules()}
    return {name: tuple(dict.fromkeys(several)) for name, several in found.items()}


def written(module, content):
    """Return how many tasks of a module stand in a file's bytes, no longer as stubs."""
    if module not in tasks():
        return 0
    defined = {name.decode("utf-8", "replace") for name in DEFINITION.findall(content)}
    left = {name.decode("utf-8", "replace") for name in LEFT.findall(content)}
    return sum(task not in left and task.rpartition(".")[2] in defined for task in tasks()[module])


def is_blank(module, content):
    """Tell whether a file's bytes, in UTF-8, are a stub in which nothing was written."""
    if content.decode("utf-8", "replace").rstrip() == stubs.package().get(module, "").rstrip():
        return True
    return not written(module, content) and b"raise NotImplementedError(" in content


@cache
def own_name(name):
    """Return the module of the course that a file's name spells, but for capitals and .txt."""
    plain = name.lower().removesuffix(".txt")
    return next((ours for ours in stubs.package() if ours.lower() == plain), None)


@cache
def copy_of(name):
    """Return the module of the course of which a file may be a copy, such as `optim (1).py`."""
    stem = name.lower().removesuffix(".txt").removesuffix(".py")
    known = [ours for ours in stubs.package() if "/" not in ours and has_word(stem, ours[:-3])]
    return max(known, key=len, default=None)


def has_word(text, word):
    """Tell whether a word stands in a text between neither letters nor digits."""
    return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None


def can_be_imported(path):
    """Tell whether a module's path below the package is one that `import` can name."""
    parts = [*path.parts[:-1], path.stem]
    short = all(len(part.encode("utf-8", "replace")) <= MAX_NAME for part in parts)
    return path.suffix == ".py" and short and len(parts) <= 8 and all(map(str.isidentifier, parts))


@cache
def any_task():
    """Return the pattern of the definitions of the course's functions and classes."""
    found = {task.partition(".")[0] for several in tasks().values() for task in several}
    return re.compile(
        rb"^(?:def|class)[ \t]+(?:" + "|".join(sorted(found)).encode() + rb")\b", re.M
    )


def has_task(content):
    """Tell whether a function or class of the course is defined in a file's bytes."""
    return bool(any_task().search(content))
