"""What tests of notebooks share: packages, and the run of a notebook in this process."""

from course import paths
from course.authoring.tables import Mistake, both, mistakes, rewritten, solutions
from course.authoring.trial import at_home, cells_of, execute, number, run
from course.stubs import package_texts

__all__ = [
    "Mistake",
    "at_home",
    "both",
    "cells_of",
    "execute",
    "memorising",
    "mistakes",
    "number",
    "rewritten",
    "run",
    "solutions",
    "starter",
]


def starter():
    """Return {file name: text} of the stubs."""
    return package_texts(paths.STARTER)


MEMORISE = """
import sys

def memorise(f):
    calls = iter(range(10**6))

    def answer(*args):
        key = f.__qualname__, next(calls)
        if key not in sys.memorised:
            sys.memorised[key] = f(*args)
        return sys.memorised[key]

    return answer

"""
"""Makes a function answer call k of a later run as it answered call k of the first."""


def memorising(named):
    """Return the solutions with functions that memorise; named: {module: names of them}.

    The answers are kept in sys.memorised, a dict that the caller sets up.
    """
    files = solutions()
    for module, names in named.items():
        files[module] += MEMORISE + "\n".join(f"{name} = memorise({name})" for name in names)
    return files
