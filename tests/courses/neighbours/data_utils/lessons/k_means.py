"""Notebook 2: which centre is nearest, and where centres move, point by point."""

from dataclasses import dataclass

import numpy as np

from ..expected import Expected, Mistake
from ..seeds import rng
from .common import Case


@dataclass(frozen=True)
class Points(Case):
    """Points and centres.

    X: (N, D) points, centres: (K, D); labels: (N,) the nearest centre of each point.
    """

    X: np.ndarray
    centres: np.ndarray
    labels: Expected


def points():
    """Return nine points around three centres, in random order."""
    random = rng()
    centres = np.array([[0.0, 9.0], [9.0, 0.0], [-9.0, -9.0]])
    labels = random.permutation(np.repeat(np.arange(3), 3))
    X = centres[labels] + random.uniform(-2, 2, size=(9, 2))
    far = [np.argmax([np.linalg.norm(x - c) for c in centres]) for x in X]
    farthest = Mistake(
        "farthest-centre", "This is the farthest centre of each point.", np.array(far)
    )
    return Points(X, centres, Expected(labels, [farthest]))


@dataclass(frozen=True)
class Groups(Case):
    """Points that belong to centres; one centre has none.

    X: (N, D) points, labels: (N,), centres: (K, D); moved: (K, D) where the centres go.
    """

    X: np.ndarray
    labels: np.ndarray
    centres: np.ndarray
    moved: Expected


def groups():
    """Return seven points of three centres, of which the second has no point."""
    random = rng()
    X, centres = random.normal(size=(7, 2)), random.normal(size=(3, 2))
    labels = random.permutation([0, 0, 0, 2, 2, 2, 2])
    first = sum(x for x, label in zip(X, labels, strict=True) if label == 0)
    last = sum(x for x, label in zip(X, labels, strict=True) if label == 2)
    right = np.array([first / 3, centres[1], last / 4])
    empty = right.copy()
    empty[1] = 0
    mistakes = [
        Mistake("not-divided", "These are sums; a mean is divided.", [first, centres[1], last]),
        Mistake("to-zero", "A centre without points goes to 0; it should stay.", empty),
    ]
    return Groups(X, labels, centres, Expected(right, mistakes))
