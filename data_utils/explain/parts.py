"""A hypothesis about a matrix that is a sum of known parts, such as the gradient of batch norm."""

from itertools import combinations

import numpy as np

from .values import accounts_for


def wrong_parts(got, expected, known):
    """Some parts are wrong, every row or column of them by a factor of its own."""
    terms = known.get("terms", {})
    parts = {name: term for name, term in terms.items() if np.shape(term) == expected.shape}
    if expected.ndim != 2 or len(parts) < 2:
        return None
    for number in range(1, 1 + len(parts)):
        for names in combinations(parts, number):
            if in_these(got - expected, [parts[name] for name in names], got, expected):
                plural = "these parts" if number > 1 else "this part"
                told = f"All that is wrong lies in {plural}: {'; '.join(names)}."
                return told, "wrong-parts" if number > 1 else "wrong-part"
    return None


def in_these(difference, parts, got, expected):
    """Tell whether a sum of the parts, each line times a number of its own, is the difference."""
    for axis in (0, 1):
        if difference.shape[axis] < len(parts) + 2:
            continue  # so few numbers could be fitted by chance
        lines = zip(*(np.moveaxis(part, axis, -1) for part in (*parts, difference)), strict=True)
        fitted = [fit(np.stack(line[:-1], axis=1), line[-1]) for line in lines]
        if accounts_for(expected + np.stack(fitted, axis=1 - axis), got, expected):
            return True
    return False


def fit(parts, line):
    """Return the sum of the columns of `parts` that comes nearest to a line."""
    return parts @ np.linalg.lstsq(parts, line, rcond=None)[0]
