"""Hypotheses about a whole answer: a formula that leads from the expected one to the given one.

Each is a function (got, expected, known) -> (sentence, code) or None; see explain.
"""

from itertools import combinations, permutations

import numpy as np

from ..lessons.well_known import WELL_KNOWN

AGREE = 1e-6
"""Two numbers are taken for the same below this difference, relative to the largest entry."""

CLOSER = 1e-3
"""An explanation leaves less than this share of the difference that it explains."""

NEARLY = 1e-4
"""A smaller difference, relative to the largest entry, is nearly right."""


def accounts_for(guess, got, expected):
    """Tell whether a guess equals the answer, and is far closer to it than the expected value."""
    with np.errstate(all="ignore"):
        miss = np.abs(got - guess).max()
        far = np.abs(got - expected).max()
        return bool(miss <= AGREE * np.abs(guess).max() and miss <= CLOSER * far)


def not_finite(got, expected, known):
    """Nan or infinity, with the usual causes."""
    if np.isfinite(got).all():
        return None
    if np.isnan(got).any():
        sentence = "look for exp of a large number, 0 / 0, or the log of a negative number."
        return f"It is nan: {sentence}", "nan"
    return "It is infinite: look for exp of a large number, log of 0, or a division by 0.", "inf"


def usual_mistake(got, expected, known):
    """A usual mistake gives exactly this answer."""
    for mistake in known.get("mistakes", ()):
        other = mistake.computed
        same = np.array_equal(other, got, equal_nan=True)
        if same or fits(other, got) and accounts_for(other, got, expected):
            return mistake.sentence, mistake.code
    return None


def well_known(got, expected, known):
    """A well-known mistake gives exactly this answer."""
    for code, others in known.get("instead", {}).items():
        for other in others if isinstance(others, list) else [others]:
            if fits(other, got) and accounts_for(other, got, expected):
                return WELL_KNOWN[code], code
    return None


def fits(array, got):
    """Tell whether an array is finite and has the shape of the answer."""
    return np.shape(array) in ((), got.shape) and bool(np.isfinite(array).all())


MOST = 50
"""A part that counts more often than this is a coincidence."""

SHARES = {
    -1.0: ("is missing", "missing-term"),
    -0.5: ("counts half", "half-term"),
    1.0: ("is there once too often", "extra-term"),
    -2.0: ("has the wrong sign", "sign-term"),
}


def known_term(got, expected, known):
    """A known part of the answer is missing, there twice, too large, or has the wrong sign."""
    for name, term in known.get("terms", {}).items():
        for share, (verdict, code) in shares(got - expected, term, known):
            if accounts_for(expected + share * term, got, expected):
                return f"The difference is exactly this: {name} {verdict}.", code
    return None


def shares(difference, term, known):
    """Yield (share, (verdict, code)): how much of a term may be there too much."""
    yield from SHARES.items()
    for name, size in numbers(known):
        yield 1 / size - 1, (f"is divided by {name} = {size:.4g}", f"term-over-{name}")
        yield size - 1, (f"is multiplied by {name} = {size:.4g}", f"term-times-{name}")
    for (name, size), (other, wrong) in permutations(numbers(known), 2):
        sentence = f"is {size:.4g} / {wrong:.4g} times as large, as if it were divided by {other} "
        yield (
            size / wrong - 1,
            (f"{sentence}in the place of {name}", f"term-over-{other}-for-{name}"),
        )
    if np.size(term) > 2 and np.any(term):
        share = np.sum(difference * term) / np.sum(term * term)
        if abs(share) < MOST:
            yield share, (f"counts {1 + share:.4g} times", "scaled-term")


def numbers(known):
    """Return the known (name, number) that may be a factor."""
    return [(n, k) for n, k in known.items() if isinstance(k, int | float) and k not in (0, 1)]


def known_factor(got, expected, known):
    """A known array is missing as a factor, or is one too many."""
    for name, factor in known.get("factors", {}).items():
        with np.errstate(all="ignore"):
            if accounts_for(expected / factor, got, expected):
                return f"It lacks a factor: {name}.", "missing-factor"
            if accounts_for(expected * factor, got, expected):
                return f"It has a factor too many: {name}.", "extra-factor"
    return None


FACTORS = {
    -1.0: ("{} has the wrong sign: which way round is the difference?", "sign"),
    2.0: ("{} is twice too large: is it counted twice?", "times-2"),
    0.5: ("{} is half of what it should be: is there a ½ too many?", "over-2"),
    1 / np.log(2): ("It is in bits: np.log is the natural logarithm, np.log2 is not.", "log2"),
    1 / np.log(10): ("It is a logarithm to base 10; np.log is the natural one.", "log10"),
}


def constant_factor(got, expected, known):
    """Every entry is off by one factor; named where it is well known, or a known number."""
    scale = np.sum(got * expected) / max(np.sum(expected * expected), 1e-300)
    if scale == 0 or not accounts_for(scale * expected, got, expected):
        return None
    every = "Every entry" if got.size > 1 else "It"
    for factor, (sentence, code) in FACTORS.items():
        if abs(scale / factor - 1) < AGREE:
            return sentence.format(every), code
    for name, size in numbers(known):
        if found := by_size(every, scale, name, size):
            return found
    if found := by_ratio(every, scale, known):
        return found
    return (f"{every} is {scale:.4g} times what it should be.", "factor") if got.size > 2 else None


def by_size(every, scale, name, size):
    """A known number is a factor too much, or a divisor too much."""
    much = f"{size:.4g} times too {{}}, and {name} = {size:.4g}"
    if abs(scale / size - 1) < AGREE:
        mean = ": the loss is a mean over the examples, and so is its gradient" * (name == "N")
        return f"{every} is {much.format('large')}{mean}.", f"times-{name}"
    if abs(scale * size - 1) < AGREE:
        once = f"is there one division by {name} too many?"
        return f"{every} is {much.format('small')}: {once}", f"over-{name}"
    return None


def by_ratio(every, scale, known):
    """It was divided by one known number in the place of another."""
    for (name, size), (other, wrong) in permutations(numbers(known), 2):
        if abs(scale * wrong / size - 1) < AGREE:
            sentence = f"{every} is {size:.4g} / {wrong:.4g} times what it should be"
            return (
                f"{sentence}: was it divided by {other} in the place of {name}?",
                f"over-{other}-for-{name}",
            )
    return None


def constant_offset(got, expected, known):
    """Every entry is off by one and the same number."""
    offset = np.mean(got - expected)
    if got.size < 3 or not accounts_for(expected + offset, got, expected):
        return None
    return f"Every entry is {abs(offset):.4g} too {'large' if offset > 0 else 'small'}.", "offset"


def zeros(got, expected, known):
    """Nothing has been computed, or nothing kept."""
    if got.size < 2 or got.any():
        return None
    return "Every entry is 0: is what was computed ever put there?", "zeros"


def other_order(got, expected, known):
    """The right numbers in another order."""
    if not is_varied(expected):
        return None
    for guess, sentence, code in orders(expected):
        if accounts_for(guess, got, expected):
            return sentence, code
    apart = np.abs(np.sort(got, axis=None) - np.sort(expected, axis=None)).max()
    limit = min(AGREE * np.abs(expected).max(), CLOSER * np.abs(got - expected).max())
    if apart <= limit:
        return "These are the right numbers in another order.", "order"
    return None


def is_varied(array):
    """Tell whether an array has so many different entries that their order can be told."""
    return array.size > 3 and len(np.unique(array)) > max(3, array.size // 2)


def orders(array):
    """Yield (array in another order, sentence, code)."""
    for a, b in combinations(range(array.ndim), 2):
        if array.shape[a] == array.shape[b]:
            sentence = (
                "It is transposed." if array.ndim == 2 else f"Axes {a} and {b} are exchanged."
            )
            yield array.swapaxes(a, b), sentence, "transposed"
    for axis in range(array.ndim):
        along = f" along axis {axis}" if array.ndim > 1 else ""
        yield np.flip(array, axis), f"The order is reversed{along}.", "reversed"
    if array.ndim > 1:
        yield np.flip(array, (-2, -1)), "The last two axes are both reversed.", "reversed"
    yield from laid_out(array)


def laid_out(array):
    """Yield an array reshaped in the place of transposed, and the other way round."""
    sentence = (
        "These are the right numbers, laid out wrongly: reshape counts on in the order in which "
        "numbers lie, and never exchanges axes; transpose does."
    )
    for axes in permutations(range(array.ndim)):
        moved = array.transpose(axes)
        yield moved.reshape(array.shape), sentence, "laid-out"
        back = array.reshape(moved.shape).transpose(np.argsort(axes))
        yield back, sentence, "laid-out"


FUNCTIONS: dict = {
    "square": (np.square, "the square of"),
    "root": (np.sqrt, "the root of"),
    "reciprocal": (np.reciprocal, "1 divided by"),
    "exp": (np.exp, "the exponential of"),
    "log": (np.log, "the logarithm of"),
    "complement": (lambda x: 1 - x, "1 less"),
}


def function_of_it(got, expected, known):
    """A well-known function of the right answer."""
    if not is_varied(expected):
        return None
    for code, (function, name) in FUNCTIONS.items():
        with np.errstate(all="ignore"):
            guess = function(expected)
        if np.isfinite(guess).all() and accounts_for(guess, got, expected):
            return f"This is {name} what it should be.", code
    return None


def whole_numbers(got, expected, known):
    """The fractions of several numbers are cut off."""
    if not got.any() or got.size == 1:
        return None
    for rounded in (np.trunc, np.round, np.floor):
        if np.array_equal(rounded(expected), got):
            return "The fractions are gone: it was kept in an array of whole numbers.", "integers"
    return None


def all_the_same(got, expected, known):
    """One number everywhere, or along an axis, where there should be many."""
    if got.size < 3:
        return None
    if is_same(got, None) and not is_same(expected, None):
        return "Every entry is the same number, and they should differ.", "one-number"
    for axis in range(got.ndim):
        if got.shape[axis] > 1 and is_same(got, axis) and not is_same(expected, axis):
            lines = (
                {0: "rows", 1: "columns"}[axis] if got.ndim == 2 else f"entries along axis {axis}"
            )
            return f"All {lines} are the same, and they should differ.", "same-lines"
    return None


def is_same(array, axis):
    """Tell whether an array does not change along an axis, or at all if that is None."""
    return np.abs(np.ptp(array, axis=axis)).max() <= AGREE * np.abs(array).max()


def signs(got, expected, known):
    """The sizes are right, some signs are not."""
    if got.size < 3 or np.array_equal(np.sign(got), np.sign(expected)):
        return None
    if not accounts_for(np.abs(expected), np.abs(got), np.abs(got) + 1):
        return None
    return "The sizes are right, some of the signs are not.", "signs"


def cut_off(got, expected, known):
    """All beyond some number is replaced by that number."""
    if len(np.unique(got)) < 4:
        return None
    low, high = got.min(), got.max()
    if accounts_for(np.maximum(expected, low), got, expected):
        if low == 0:
            return "All that should be negative is 0: is there a ReLU too many?", "extra-relu"
        return f"Nothing is less than {low:.4g}: it is cut off there.", "cut-off"
    if accounts_for(np.minimum(expected, high), got, expected):
        return f"Nothing is more than {high:.4g}: it is cut off there.", "cut-off"
    return None


def nearly(got, expected, known):
    """A small number where none should be, or fewer digits."""
    if np.abs(got - expected).max() > NEARLY * np.abs(expected).max():
        return None
    if not np.any(got % 1) and not np.any(expected % 1):
        return None  # what is counted is not off by an epsilon
    return (
        "That is nearly right: is there a small number, such as an epsilon or a step, where none "
        "belongs, or is one missing? Or is a part of it computed in float32?"
    ), "nearly"


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
                sentence = f"All that is wrong lies in {plural}: {'; '.join(names)}."
                return sentence, "wrong-parts" if number > 1 else "wrong-part"
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


LINES = {0: "feature", 1: "example"}
"""{axis that a mean runs over: what it is the mean of}; over several axes, of a channel."""


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
            whose = f"{name} of {LINES.get(axis, 'channel')} {where}"
            sentence = f"Take beta off and divide by gamma: the {whose} is then {one[first]:.4g}"
            return f"{sentence}, and should be {round(abs(other[first]), 6):.4g}.", code
    return None
