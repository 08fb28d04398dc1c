"""Added to a solved package by test_arguments: every function fills its arguments with 1.

WHEN says whether before or after computing, WHAT whether the arguments or copies of them.
"""

import functools

import numpy as np

WHEN, WHAT = "@WHEN@", "@WHAT@"
depth = 0


def spoiling(function):
    """Return a function that spoils the arguments of the judge's call, not of those within."""

    @functools.wraps(function)
    def spoiled(*args, **kwargs):
        global depth
        if WHAT == "copies":
            args, kwargs = copied(args), copied(kwargs)
        if WHEN == "before" and not depth:
            fill([*args, *kwargs.values()])
        depth += 1
        try:
            return function(*args, **kwargs)
        finally:
            depth -= 1
            if WHEN == "after" and not depth:
                fill([*args, *kwargs.values()])

    return spoiled


def copied(value):
    """Return a copy of data; anything else is itself."""
    if isinstance(value, tuple | list):
        return type(value)(map(copied, value))
    if isinstance(value, dict):
        return {key: copied(part) for key, part in value.items()}
    return copied_array(value) if isinstance(value, np.ndarray) else value


def copied_array(array):
    """Return a copy of an array that is read-only where the array is."""
    copy = array.copy()
    copy.flags.writeable = array.flags.writeable
    return copy


def fill(values):
    """Fill every array, list and dict among some values with 1, as far as it can be written to."""
    for value in values:
        if isinstance(value, np.ndarray) and value.flags.writeable:
            value[...] = 1
        elif isinstance(value, list):
            fill(value)
            value[:] = [other(part) for part in value]
        elif isinstance(value, dict):
            fill(value.values())
            value.update({key: other(part) for key, part in value.items()})


def other(part):
    """Return 1 in the place of a number, the other mode for a mode; else what was there."""
    if isinstance(part, str):
        return {"train": "test", "test": "train"}.get(part, part)
    return 1 if isinstance(part, int | float) else part
