"""Say what is wrong with an answer, from what was got, what was expected and what is known.

A hypothesis is a function (got, expected, known) -> (sentence, code), or None where it does
not hold. The first that holds is told; when none does, nothing is said.
"""

import numpy as np

AGREE = 1e-6


def explain(got, expected, known):
    """Return (sentence, code) for the simplest account of a difference, ("", "wrong") if none.

    got, expected: arrays of one shape that differ.
    known: {"N": 4, …} sizes that may be a factor, and under "terms" {"its name": array or
    number} parts of the answer that may be missing or doubled.
    """
    for hypothesis in (not_finite, constant_factor, known_term, some_columns):
        found = hypothesis(got, expected, known)
        if found:
            return found
    return "", "wrong"


def not_finite(got, expected, known):
    """Nan or infinity, with the usual causes."""
    if np.isfinite(got).all():
        return None
    kind = "nan" if np.isnan(got).any() else "infinite"
    return (
        f"It is {kind}: look for exp of a large number, log of 0, or a division by 0.",
        "nan" if kind == "nan" else "inf",
    )


def agree(a, b):
    """Tell whether two arrays agree to about six digits of the larger."""
    return np.abs(a - b).max() <= AGREE * np.abs(b).max()


def constant_factor(got, expected, known):
    """Every entry off by one factor; named where it is -1, 2, 1/2 or a known size."""
    scale = np.sum(got * expected) / max(np.sum(expected * expected), 1e-300)
    if scale == 0 or not expected.any() or not agree(got, scale * expected):
        return None
    every = "Every entry" if got.size > 1 else "It"
    if np.isclose(scale, -1, atol=AGREE):
        return f"{every} has the wrong sign.", "sign"
    for name, size in known.items():
        if name != "terms" and size not in (1, 2) and np.isclose(scale, size, rtol=AGREE):
            return f"{every} is {size} times too large, and {name} = {size}: {MEAN}", f"times-{name}"
        if name != "terms" and size not in (1, 2) and np.isclose(scale * size, 1, rtol=AGREE):
            return f"{every} is {size} times too small, and {name} = {size}: {TWICE}", f"over-{name}"
    return factor_of_two(every, scale, got.size)


MEAN = "the loss is a mean over the examples, and so is its gradient."
TWICE = "has the mean been taken twice?"


def factor_of_two(every, scale, size):
    """A factor 2 or 1/2, or, for an array, any other factor as a number."""
    if np.isclose(scale, 2, rtol=AGREE):
        return f"{every} is twice too large.", "times-2"
    if np.isclose(scale, 0.5, rtol=AGREE):
        return f"{every} is half of what it should be.", "over-2"
    return (f"{every} is {scale:.4g} times what it should be.", "factor") if size > 2 else None


def known_term(got, expected, known):
    """One known part of the answer is missing, halved, doubled or has the wrong sign."""
    for name, term in known.get("terms", {}).items():
        term = np.broadcast_to(term, expected.shape)
        share = np.sum((got - expected) * term) / max(np.sum(term * term), 1e-300)
        explained = np.abs(got - expected - share * term).max() <= AGREE * np.abs(term).max()
        if explained and (verdict := SHARES.get(round(float(share), 4))):
            return f"The difference is exactly this: {name} {verdict[0]}.", f"{verdict[1]}-term"
    return None


SHARES = {
    -1.0: ("is missing", "missing"),
    -0.5: ("counts half", "half"),
    1.0: ("is in excess", "extra"),
    -2.0: ("has the wrong sign", "sign"),
}


def some_columns(got, expected, known):
    """Some columns or rows of a matrix are wrong and the others right."""
    if got.ndim != 2:
        return None
    wrong = np.abs(got - expected) > AGREE * np.abs(expected).max()
    for axis, name in ((0, "column"), (1, "row")):
        lines = np.flatnonzero(wrong.any(axis=axis))
        if 0 < len(lines) < wrong.shape[1 - axis]:
            some = ", ".join(map(str, lines[:6])) + (", …" if len(lines) > 6 else "")
            plural = "s" if len(lines) > 1 else ""
            return f"Only {name}{plural} {some} {'are' if plural else 'is'} wrong.", f"some-{name}s"
    return None
