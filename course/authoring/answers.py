"""Answers that nobody should get points for: None, zeros, the input, what was memorised."""

import contextlib
import sys
from copy import deepcopy
from functools import cached_property, wraps
from unittest import mock

import numpy as np


def nothing(call):
    """Return None, and call nothing."""


def zeros(call):
    """Return the right answer with every number 0."""
    return each(
        call.right, lambda number: np.zeros_like(number) if is_array(number) else 0 * number
    )


def own_input(call):
    """Return the first array that was put in for every array, of an answer that is all arrays."""
    arrays = [given for given in call.given if is_array(given)]
    parts = call.right if isinstance(call.right, tuple) else (call.right,)
    if not arrays or not all(map(is_array, parts)):
        return call.right
    return each(call.right, lambda array: arrays[0].copy())


def each(answer, change):
    """Return an answer with its numbers and arrays changed, those in tuples and dicts included."""
    if isinstance(answer, tuple | list):
        return type(answer)(each(part, change) for part in answer)
    if isinstance(answer, dict):
        return {name: each(part, change) for name, part in answer.items()}
    is_number = isinstance(answer, int | float | np.generic | np.ndarray)
    return change(answer) if is_number else answer


def is_array(value):
    """Tell whether a value is an array of numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "biuf"


class Tape:
    """The answers of functions in the order of their calls: recorded once, and then played."""

    def __init__(self):
        self.answers: dict = {}
        self.played: dict = {}

    def record(self, call):
        """Return the right answer, and keep it."""
        self.answers.setdefault(call.name, []).append(deepcopy(call.right))
        return call.right

    def play(self, call):
        """Return the answer that was kept of this call, whatever is put in."""
        kept = self.played.setdefault(call.name, iter(self.answers.get(call.name, ())))
        return deepcopy(next(kept, None))


class Call:
    """A call of a function; `given` are its arguments, `right` is the right answer."""

    def __init__(self, function, args, kwargs):
        self.name = function.__qualname__
        self.given = [*args, *kwargs.values()]
        self.run = lambda: function(*args, **kwargs)

    @cached_property
    def right(self):
        """What the function returns; it is called once at most."""
        return self.run()

    @property
    def ran(self):
        """Whether the function was called."""
        return "right" in vars(self)


@contextlib.contextmanager
def answering(tasks, answer, space):
    """Let functions give other answers for a while; yield a list, empty while all were right.

    tasks: names such as softmax_loss, Net.loss; answer: a function of a Call, such as zeros;
    space: the namespace of a notebook. A function is replaced wherever the package holds it.
    """
    changed: list = []
    packages = [vars(m) for name, m in sys.modules.items() if name.split(".")[0] == "starter"]
    with contextlib.ExitStack() as stack:
        for task in tasks:
            owner, _, name = task.rpartition(".")
            held = [holder for holder in (space, *packages) if (owner or name) in holder]
            for kind in {id(holder[owner]): holder[owner] for holder in held if owner}.values():
                wrong = answered(getattr(kind, name), answer, changed)
                stack.enter_context(mock.patch.object(kind, name, wrong))
            for holder in held if not owner else ():
                wrong = answered(holder[name], answer, changed)
                stack.enter_context(mock.patch.dict(holder, {name: wrong}))
        yield changed


def answered(function, answer, changed):
    """Return a function that gives an answer, and adds to `changed` unless it is the right one."""

    @wraps(function)
    def wrong(*args, **kwargs):
        call = Call(function, args, kwargs)
        given = answer(call)
        if not call.ran or given is not call.right:
            changed.append(function)
        return given

    return wrong
