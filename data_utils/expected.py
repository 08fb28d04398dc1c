"""The values that an answer is compared with: the right one, and those of usual mistakes.

`known`, below, is what an explanation may name, all of it optional: see data_utils.explain.
"""

from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Mistake:
    """A usual mistake: its value, beside its sentence.

    code: a short name that never changes; statistics and tests speak it.
    sentence: what is wrong, or a question that leads there.
    value: an array or a number, or a function of nothing that returns it; it is called only when
    an answer is wrong, and once.
    """

    code: str
    sentence: str
    value: object

    @cached_property
    def computed(self):
        """The value of the mistake; warnings such as a division by 0 are not shown."""
        with np.errstate(all="ignore"):
            return self.value() if callable(self.value) else self.value


class Expected:
    """A right answer with its usual mistakes; an index picks the same part of all of them.

    value: array or number; mistakes: Mistakes, or a function of nothing that returns them.
    """

    def __init__(self, value, mistakes=(), **known):
        self.value = np.asarray(value)
        self.known = {"mistakes": mistakes, **known}

    @property
    def mistakes(self):
        """Return the Mistakes, computed where they come from a function."""
        return all_of(self.known["mistakes"])

    def __getitem__(self, index):
        """Return a part of the answer, to be compared with a part of a student's result."""

        def mistakes():
            fit = [m for m in self.mistakes if np.shape(m.computed) == self.value.shape]
            return [Mistake(m.code, m.sentence, m.computed[index]) for m in fit]

        numbers = {name: k for name, k in self.known.items() if isinstance(k, int | float)}
        parts = {name: self.parts(name, index) for name in ("terms", "factors", "where")}
        return Expected(self.value[index], mistakes, **numbers, **parts)

    def parts(self, name, index):
        """Return the named arrays that are shaped like the answer, each less what is not picked."""
        named = self.known.get(name, {})
        return {n: a[index] for n, a in named.items() if np.shape(a) == self.value.shape}


class Slope:
    """A function and the point at which its slope is due.

    of: function of an array shaped like `at` that returns a number; at: float64 array.
    mistakes: Mistakes that give wrong slopes, or a function of nothing that returns them.
    """

    def __init__(self, of, at, mistakes=(), **known):
        self.of, self.at = of, np.asarray(at)
        self.known = {"mistakes": mistakes, **known}

    @property
    def mistakes(self):
        """Return the Mistakes, computed where they come from a function."""
        return all_of(self.known["mistakes"])


def all_of(mistakes):
    """Return Mistakes as a tuple, from a function of nothing or as they are."""
    return tuple(mistakes() if callable(mistakes) else mistakes)


class Watched(dict):
    """A dict that a student's function may change; its changes are seen in grading, too.

    Grading passes copies of all other dicts. `before` holds what was in it at first.
    """

    is_watched = True
    """By this a graded notebook's proxies know such a dict, see course.judge.proxy."""

    def __init__(self, content):
        super().__init__(content)
        self.before = deepcopy(dict(content))
