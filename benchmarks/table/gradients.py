"""Gradients held against differences: the checks of all tasks, beside entry by entry.

The gradients are those that the notebooks check, on the solutions; each is measured when its check
asks for it. At a kink of ReLU theirs takes a right gradient for wrong, where ours looks closer.
"""

import tempfile
from functools import partial
from pathlib import Path
from unittest import mock

import numpy as np

from benchmarks.table.contest import Row
from benchmarks.table.convolution import fastest
from course import paths
from data_utils import check
from tests.mistakes import harness

AIM = 0.2


def measured(name, clock):
    """Return the Row of all gradients that a notebook's checks ask for."""
    took, ours = {"ours": 0.0, "peer": 0.0}, check.gradient

    def both(*asked, **known):
        ways = {"ours": partial(ours, *asked, **known), "peer": partial(theirs, *asked)}
        for way, seconds in fastest(3, clock, **ways).items():
            took[way] += seconds

    path = paths.ASSIGNMENTS / f"{name.split()[-1]}.ipynb"
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(check, "gradient", both):
        harness.run(path, harness.solutions(), Path(folder))
    return Row(name, **took, aim=AIM)


ROWS = {f"numeric gradients of {path.stem}": measured for path in paths.notebooks()}


def theirs(name, f, x, dx, h=1e-5):
    """Find every entry's difference in turn, as CS231n does, written anew; return the worst error.

    x is changed in place, so the functions of some checks, which keep an eye on it, see a copy.
    """
    x, numeric = x.copy(), np.empty_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        above = f(x)
        x[index] = kept - h
        numeric[index] = (above - f(x)) / (2 * h)
        x[index] = kept
    return np.max(np.abs(dx - numeric) / np.maximum(1e-8, np.abs(dx) + np.abs(numeric)))
