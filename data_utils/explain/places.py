"""Hypotheses about a part of an answer: where it is wrong, while all the rest is right.

Each is a function (got, expected, known) -> (sentence, code) or None; see explain.
"""

import numpy as np

from .values import AGREE, accounts_for, constant_factor


def wrong_entries(got, expected):
    """Return where two arrays differ."""
    return np.abs(got - expected) > AGREE * np.abs(expected).max()


def within(got, expected, mask, known):
    """Return a sentence about the entries in a mask if it is simple, else an empty string."""
    mine, right = got[mask], expected[mask]
    if not mine.any():
        return " There it is 0."
    if mine.size < 3 or "factor" in (
        found := constant_factor(mine, right, known) or ("", "factor")
    ):
        return ""
    return f" There: {found[0]}"


def some_examples(got, expected, known):
    """A gradient Xᵀ G / N is wrong because some rows of G are."""
    if "X" not in known:
        return None
    X, y = known["X"], known["y"]
    back = len(X) * np.linalg.pinv(X.T)
    mine, right = (np.round(back @ dW, 6) + 0.0 for dW in (got, expected))
    if not accounts_for(X.T @ mine / len(X), got, expected):
        return None
    i = np.flatnonzero((mine != right).any(axis=1))[0]
    label = int(y[i])
    sentence = (
        f"Look at example {i}, whose right class is {label}: it adds X[{i}] times "
        f"{as_row(mine[i])} to the columns of dW (before the mean), and should add "
        f"{as_row(right[i])}."
    )
    own = np.arange(mine.shape[1]) == y[:, None]
    if (mine == right)[~own].all():
        sentence += " Only the column of the right class is wrong."
        if np.array_equal(mine[own], right[own] != 0):
            sentence += f" {BOOLEANS}"
        return sentence, "right-class"
    if (mine == right)[own].all():
        return f"{sentence} The column of the right class is right.", "other-classes"
    return sentence, "examples"


BOOLEANS = (
    "It is 1 wherever it should not be 0: an array of booleans turns each number that is put into "
    "it into True, which counts as 1."
)


def as_row(values):
    """Write a row of a matrix, whole numbers without a decimal point."""
    return "(" + ", ".join(f"{value:.4g}" for value in values) + ")"


def right_classes(got, expected, known):
    """In a matrix (N, C), the entries of the right classes are wrong, or all others are."""
    if "y" not in known or "X" in known or got.ndim != 2:
        return None
    own = np.arange(got.shape[1]) == known["y"][:, None]
    wrong = wrong_entries(got, expected)
    if not wrong[~own].any():
        sentence = within(got, expected, own, known)
        return f"Only the entries of the right classes are wrong.{sentence}", "right-class"
    if not wrong[own].any():
        sentence = within(got, expected, ~own, known)
        return (
            f"The entries of the right classes are right, others are wrong.{sentence}",
            "other-classes",
        )
    return None


def known_places(got, expected, known):
    """Only entries that have a name are wrong, and at least half of them are."""
    wrong = wrong_entries(got, expected)
    for name, mask in known.get("where", {}).items():
        mask = np.broadcast_to(mask, got.shape)
        if not wrong[~mask].any() and wrong[mask].mean() >= 0.5 and not mask.all():
            return f"Only entries {name} are wrong.{within(got, expected, mask, known)}", "places"
    return None


def some_lines(got, expected, known):
    """A few rows or columns of a matrix are wrong, or a few entries along an axis of an array.

    Only if the lines that are right could have been wrong, and those that are wrong mostly are.
    """
    wrong = wrong_entries(got, expected)
    for axis in reversed(range(got.ndim if got.ndim > 1 else 0)):
        others = tuple(a for a in range(got.ndim) if a != axis)
        lines = np.flatnonzero(wrong.any(axis=others))
        sizes = np.delete(np.abs(expected).max(axis=others), lines)
        few = 0 < len(lines) <= got.shape[axis] / 2
        if few and sizes.min() > 0 and np.take(wrong, lines, axis).mean() >= 0.5:
            return tell_lines(lines, axis, got, expected, known)
    return None


def tell_lines(lines, axis, got, expected, known):
    """Return the sentence and the code for lines across an axis."""
    mask = np.zeros(got.shape, bool)
    mask.swapaxes(0, axis)[lines] = True
    what, where = (("row", "column")[axis], "") if got.ndim == 2 else ("index", f" of axis {axis}")
    some = ", ".join(map(str, lines[:6])) + (", …" if len(lines) > 6 else "")
    verb = "is" if len(lines) == 1 else "are"
    many = what if len(lines) == 1 else {"index": "indices"}.get(what, f"{what}s")
    sentence = within(got, expected, mask, known)
    return f"Only {many} {some}{where} {verb} wrong.{sentence}", f"some-{what}"


def border(got, expected, known):
    """Only the outermost rows and columns of pictures are wrong."""
    if got.ndim < 4 or min(got.shape[-2:]) < 3:
        return None
    inside = (..., slice(1, -1), slice(1, -1))
    if wrong_entries(got, expected)[inside].any():
        return None
    return "Only the border of the pictures is wrong: what lies beyond it?", "border"
