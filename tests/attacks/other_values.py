"""Added to a solved package by test_other_values: every answer gets other values, of its shape.

An answer is what a function returns, what it writes into a dict that it was given, and what a
method leaves in its object. WAY says which values take the place of the right ones.
"""

import functools

import numpy as np

WAY = "@WAY@"
FACTOR = {"twice": 2, "negated": -1}.get(WAY)
PACKAGES = ("starter", "solutions")
depth = 0


def other(function):
    """Return a function whose answers to the judge, not to calls within, have new values."""

    @functools.wraps(function)
    def answer(*args, **kwargs):
        global depth
        given = [a for a in (*args, *kwargs.values()) if isinstance(a, np.ndarray)]
        depth += 1
        try:
            right = function(*args, **kwargs)
        finally:
            depth -= 1
        if depth:
            return right
        for written in (*args, *kwargs.values()):
            spoil(written, given)
        return changed(right, given)

    return answer


def spoil(value, given):
    """Give new values to what a dict, or an object of the package, holds."""
    if type(value).__module__.split(".")[0] in PACKAGES:
        value = vars(value)
    if isinstance(value, dict):
        value.update({key: inner(part, given) for key, part in value.items()})


def changed(value, given):
    """Return an answer with new values; a tuple within a tuple, as a cache is, stays as it is."""
    if WAY == "nothing":
        return None
    if type(value) is tuple:
        return tuple(part if type(part) is tuple else inner(part, given) for part in value)
    return inner(value, given)


def inner(value, given):
    """Return arrays and numbers with new values; in lists, dicts and objects, too."""
    if isinstance(value, bool | str) or value is None:
        return value
    if isinstance(value, np.ndarray):
        if FACTOR:
            return value if value.dtype.kind != "f" else (FACTOR * value).astype(value.dtype)
        alike = [a for a in given if a.shape == value.shape]
        return alike[0] if WAY == "inputs" and alike else value * 0 + (WAY == "ones")
    if isinstance(value, int | float | np.number):
        return type(value)(FACTOR * value if FACTOR else WAY == "ones")
    if type(value) in (list, tuple):
        return type(value)(inner(part, given) for part in value)
    if type(value) is dict:
        return {key: inner(part, given) for key, part in value.items()}
    spoil(value, given)
    return value
