"""Hypotheses about two mistakes at once: one of them is put right, and the other accounts for all.

Each is a function (got, expected, known) -> (sentence, code) or None; see explain.
"""

import numpy as np

from .values import accounts_for, fits, known_term, usual_mistake

FEWEST = 8
"""Of fewer numbers than this, two mistakes at once could be fitted by chance."""


def two_at_once(got, expected, known):
    """A part or a factor is wrong, and what is left is a usual mistake."""
    if got.size < FEWEST or not np.isfinite(got).all():
        return None
    for first, undone in put_right(got, known):
        found = usual_mistake(undone, expected, known) or known_term(undone, expected, known)
        if found:
            return f"Two things are wrong at once. {first} With that put right: {found[0]}", found[
                1
            ]
    return scaled_mistake(got, expected, known)


def put_right(got, known):
    """Yield (what is wrong, the answer with that put right) for each known part and factor."""
    for name, term in known.get("terms", {}).items():
        if np.shape(term) == got.shape:
            yield f"A part is missing: {name}.", got + term
            yield f"A part is there once too often: {name}.", got - term
    for name, factor in known.get("factors", {}).items():
        with np.errstate(all="ignore"):
            yield f"A factor is missing: {name}.", got * factor
            yield f"There is a factor too many: {name}.", got / factor


def scaled_mistake(got, expected, known):
    """A usual mistake, and all of it times one number."""
    for mistake in known.get("mistakes", ()):
        other = np.asarray(mistake.computed)
        if other.shape != got.shape or not fits(other, got) or not other.any():
            continue
        scale = np.sum(got * other) / np.sum(other * other)
        if scale > 0 and accounts_for(scale * other, got, expected):
            told = (
                f"Two things are wrong at once. All of it is {scale:.4g} times what it should be."
            )
            return f"{told} With that put right: {mistake.sentence}", mistake.code
    return None
