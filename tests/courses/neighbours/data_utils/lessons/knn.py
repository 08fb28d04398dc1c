"""Notebook 1: distances by another way, and the votes of neighbours by hand."""

from dataclasses import dataclass

import numpy as np

from ..expected import Expected, Mistake
from ..seeds import rng
from .common import Case


@dataclass(frozen=True)
class Pairs(Case):
    """Points of two sets.

    X: (N, D), Z: (M, D); distances: (N, M), of each point of X from each of Z.
    """

    X: np.ndarray
    Z: np.ndarray
    distances: Expected


def triangle():
    """Return two points and two, whose distances are 0, 3, 4 and 5."""
    X, Z = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[3.0, 0.0], [0.0, 0.0]])
    return Pairs(X, Z, Expected(np.array([[3.0, 0.0], [4.0, 5.0]]), mistakes_in_distances(X, Z)))


def pairs():
    """Return five points and four, drawn at random, in three dimensions."""
    random = rng()
    X, Z = random.normal(size=(5, 3)), random.normal(size=(4, 3))
    right = np.array([[np.linalg.norm(x - z) for z in Z] for x in X])
    return Pairs(X, Z, Expected(right, mistakes_in_distances(X, Z)))


def mistakes_in_distances(X, Z):
    """Return what usual mistakes make of the distances."""
    differences = X[:, None] - Z
    return [
        Mistake(
            "no-root",
            "These are the squares; a distance is their root.",
            np.sum(differences**2, axis=2),
        ),
        Mistake(
            "city-block",
            "This sums up how far apart the coordinates are; square them first, and take the root.",
            np.abs(differences).sum(axis=2),
        ),
        Mistake(
            "product-once",
            "The product of X and Z counts once; multiplied out, it counts twice.",
            np.sqrt(np.maximum(np.sum(differences**2, axis=2) + X @ Z.T, 0)),
        ),
    ]


@dataclass(frozen=True)
class Votes(Case):
    """Training points around a few points, and what their neighbours vote for.

    X: (N, D) points; X_train: (M, D), y_train: (M,) labels; k: how many neighbours vote.
    labels: (N,) what most of them have.
    """

    X: np.ndarray
    X_train: np.ndarray
    y_train: np.ndarray
    k: int
    labels: Expected


def on_a_line():
    """Return points on a line: 0 has the nearest neighbour, 2 has the next two."""
    X, X_train = np.array([[0.0], [10.0]]), np.array([[1.0], [-2.0], [3.0], [12.0], [9.0], [13.5]])
    y_train = np.array([0, 2, 2, 1, 2, 1])
    mistakes = [
        Mistake("nearest", "Only the nearest neighbour votes; k should.", np.array([0, 2])),
        Mistake("farthest", "The farthest points vote; the nearest should.", np.array([1, 2])),
    ]
    return Votes(X, X_train, y_train, 3, Expected(np.array([2, 1]), mistakes))


def clouds():
    """Return three clouds of points far apart, shuffled, and a point near each."""
    random = rng()
    centres, y_train = 20 * np.eye(3), random.permutation(np.repeat(np.arange(3), 4))
    X_train = centres[y_train] + random.normal(size=(12, 3))
    order = random.permutation(3)
    return Votes(centres[order], X_train, y_train, 4, Expected(order))
