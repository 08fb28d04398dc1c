"""Say what is wrong with an answer, from what was got, what was expected and what is known.

A hypothesis is a function (got, expected, known) -> (sentence, code), or None where it does
not hold. The first that holds is told; when none does, nothing is said.
"""

import numpy as np

AGREE = 1e-6
"""Two numbers are taken for the same below this difference, relative to the largest entry."""


def explain(got, expected, known):
    """Return (sentence, code) for the simplest account of a difference, ("", "wrong") if none.

    got, expected: arrays of one shape that differ.
    known: what may account for it, all of it optional:
        N=4, …: sizes that may be a factor;
        terms={"its name": array or number}: parts that may be missing, doubled or halved;
        instead={"a code of WELL_KNOWN": array or number}: what that mistake would give;
        X=(N, D), y=(N,): got should be Xᵀ G / N for a matrix G that has a row an example.
    """
    for hypothesis in (
        not_finite,
        known_mistake,
        known_term,
        constant_factor,
        some_examples,
        some_lines,
    ):
        found = hypothesis(got, expected, known)
        if found:
            return found
    return "", "wrong"


def agree(a, b):
    """Tell whether two arrays agree to about six digits of the larger."""
    return np.abs(a - b).max() <= AGREE * np.abs(b).max()


def not_finite(got, expected, known):
    """Nan or infinity, with the usual causes."""
    if np.isfinite(got).all():
        return None
    kind = "nan" if np.isnan(got).any() else "inf"
    name = {"nan": "nan", "inf": "infinite"}[kind]
    return f"It is {name}: look for exp of a large number, log of 0, or a division by 0.", kind


WELL_KNOWN = {
    "absolute": "Negative numbers lose their sign; they should become 0.",
    "no-mask": "This is dout, and nothing was stopped.",
    "mask-of-dout": "It is 0 where dout is negative; the question is where the input was.",
    "no-relu": "That is what comes out if no ReLU lies between the layers.",
    "probabilities": "These are probabilities; return the scores that they are made from.",
    "l2-without-half": "This is the regulariser reg * sum(W * W) of linear classifiers; networks "
    "take half of it, so that its slope is reg * W.",
    "sum-of-w": "This is the sum of all weights; each weight has a slope of its own.",
    "frozen-t": "The correction stays as at the first step: t has to be counted, and kept.",
    "forgets": "Each step is as if it were the first: what has to be kept in config is not there.",
    "rate-outside": "The learning rate belongs inside the velocity: when the rate changes, "
    "older pushes keep theirs.",
    "nesterov": "This is Nesterov's momentum, which looks ahead; move w by v.",
    "adagrad": "This sums the squares up, as AdaGrad does; take a running mean.",
    "swapped": "The two shares of the running mean are swapped.",
    "eps-inside": "epsilon stands inside the root; add it to the root.",
    "uncorrected": "The means start at 0, and nothing makes up for it.",
    "slope-001": "That is a slope of 0.01; when none is given, it is 0.1 here.",
    "no-leak": "Nothing negative passes; that is a plain ReLU.",
    "slope-of-output": "The activation is applied once more: take its output as it is.",
    "no-dout": "This is the slope alone; the gradient is the slope times dout.",
    "sigmoid": "This is the sigmoid.",
    "tanh": "This is tanh.",
    "flipped": "The filter is turned by 180 degrees; lay it on as it is.",
    "pad-after": "All padding is at the bottom and on the right; every side gets pad of it.",
    "pad-before": "All padding is at the top and on the left; every side gets pad of it.",
    "edge": "The padding repeats what lies at the edge; it should be zeros.",
    "no-stride": "The windows lie next to each other; window (i, j) begins where the stride says.",
    "no-dilation": "The filter is laid on without gaps; dilation says how far apart its taps are.",
    "first-channel": "Only channel 0 of the pictures counts; a filter sees all of them.",
    "last-of-several": "Where windows overlap, one replaces the other; their gradients add up.",
    "channels-last": "The rows are in the order (hh, ww, c); they should be in (c, hh, ww).",
    "batch-last": "The columns are in the order (i, j, n); they should be in (n, i, j).",
    "rows": "The windows are rows here; they should be columns.",
    "max-from-0": "Windows of negative numbers give 0: what is the maximum compared with at first?",
    "over-batch": "The maximum is taken over the pictures, too; each has its own.",
    "mean": "This is what average pooling gives.",
    "max": "This is what max pooling gives.",
    "smallest": "This is the smallest number of each window.",
    "largest-size": "This is the largest absolute value of each window; signs count.",
}
"""What to say of an answer that a well-known mistake would give."""


def known_mistake(got, expected, known):
    """A well-known mistake gives exactly this answer."""
    for code, other in known.get("instead", {}).items():
        if agree(other, got):
            return WELL_KNOWN[code], code
    return None


SHARES = {
    -1.0: ("is missing", "missing-term"),
    -0.5: ("counts half", "half-term"),
    1.0: ("is there once too often", "extra-term"),
    -2.0: ("has the wrong sign", "sign-term"),
}


def known_term(got, expected, known):
    """One known part of the answer is missing, halved, doubled or has the wrong sign."""
    for name, term in known.get("terms", {}).items():
        for share, (verdict, code) in SHARES.items():
            if agree(expected + share * term, got):
                return f"The difference is exactly this: {name} {verdict}.", code
    return None


FACTORS = {
    -1.0: ("{} has the wrong sign.", "sign"),
    2.0: ("{} is twice too large.", "times-2"),
    0.5: ("{} is half of what it should be.", "over-2"),
}


def constant_factor(got, expected, known):
    """Every entry is off by one factor; named where it is -1, 2, 1/2 or a known size."""
    scale = np.sum(got * expected) / max(np.sum(expected * expected), 1e-300)
    if scale == 0 or not expected.any() or not agree(got, scale * expected):
        return None
    every = "Every entry" if got.size > 1 else "It"
    for factor, (sentence, code) in FACTORS.items():
        if abs(scale - factor) < AGREE:
            return sentence.format(every), code
    for name, size in known.items():
        if isinstance(size, int) and (found := by_size(every, scale, name, size)):
            return found
    return (f"{every} is {scale:.4g} times what it should be.", "factor") if got.size > 2 else None


def by_size(every, scale, name, size):
    """A known size is a factor too much, or a divisor too much."""
    if abs(scale / size - 1) < AGREE:
        mean = "the loss is a mean over the examples, and so is its gradient"
        return f"{every} is {size} times too large, and {name} = {size}: {mean}.", f"times-{name}"
    if abs(scale * size - 1) < AGREE:
        twice = f"is there one division by {name} too many?"
        return f"{every} is {size} times too small, and {name} = {size}: {twice}", f"over-{name}"
    return None


def some_examples(got, expected, known):
    """A gradient Xᵀ G / N is wrong because some rows of G are."""
    if "X" not in known:
        return None
    X, y = known["X"], known["y"]
    back = len(X) * np.linalg.pinv(X.T)
    mine, right = (np.round(back @ dW, 6) + 0.0 for dW in (got, expected))
    if not agree(X.T @ mine / len(X), got):
        return None
    i = np.flatnonzero((mine != right).any(axis=1))[0]
    label = int(y[i])
    told = (
        f"Look at example {i}, whose right class is {label}: it adds X[{i}] times "
        f"{as_row(mine[i])} to the columns of dW (before the mean), and should add "
        f"{as_row(right[i])}."
    )
    own = np.arange(mine.shape[1]) == y[:, None]
    if (mine == right)[~own].all():
        return f"{told} Only the column of the right class is wrong.", "right-class"
    if (mine == right)[own].all():
        return f"{told} The column of the right class is right.", "other-classes"
    return told, "examples"


def as_row(values):
    """Write a row of a matrix, whole numbers without a decimal point."""
    return "(" + ", ".join(f"{value:.4g}" for value in values) + ")"


def some_lines(got, expected, known):
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
