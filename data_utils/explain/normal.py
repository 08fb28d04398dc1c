"""A hypothesis about numbers that should be normalised, scaled by gamma and moved by beta."""

import numpy as np

from .values import AGREE


def not_normal(got, expected, known):
    """Without gamma and beta, the means are not 0, or the standard deviations not as they should.

    known: normal=(gamma, beta, axis), axis being the one, or those, that the mean runs over.
    """
    if "normal" not in known:
        return None
    gamma, beta, axis = known["normal"]
    mine, right = (got - beta) / gamma, (expected - beta) / gamma
    for measure, name, code in ((np.mean, "mean", "mean-not-0"), (np.std, "std", "std-not-1")):
        one, other = measure(mine, axis=axis), measure(right, axis=axis)
        wrong = np.abs(one - other) > AGREE
        if wrong.any():
            first = tuple(int(i) for i in np.argwhere(wrong)[0])
            where = first[0] if len(first) == 1 else first
            told = f"Take beta off and divide by gamma: the {name} at {where} is then"
            due = round(abs(other[first]), 6)
            return f"{told} {one[first]:.4g}, and should be {due:.4g}.", code
    return None
