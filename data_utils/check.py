"""The checks of the notebooks: each raises one sentence, or prints a tick.

Shapes come before values, nan is wrong, and inputs are frozen, so that a function which
writes into its arguments fails at the very line that does it.
"""

import time
from contextlib import contextmanager

import numpy as np

from .expected import Expected, Slope, Watched, all_of
from .explain import explain, is_explained, resolved
from .gradient_check import agrees_along_direction, disagree, slopes_beside
from .notebook.show import show_sentences
from .seeds import rng
from .verdicts import CheckFailed, NotWritten, Unreadable, verdict

__all__ = [
    "after",
    "award",
    "close",
    "faster",
    "float32",
    "frozen",
    "gradient",
    "in_float32",
    "left_alone",
    "show_sentences",
    "that",
    "unchanged",
    "watched",
]

ALGEBRA = 1e-8
"""Two float64 answers to one question differ by less, relative to the largest entry."""

DIFFERENCES = 1e-6
"""A right gradient differs from central differences by less, relative to the largest entry."""

SINGLE = 1e-4
"""A right answer in float32 differs from one in float64 by less, relative to the largest entry."""

ENOUGH, ROUNDS = 3, 10
"""After how many rounds an answer is fast enough, and slow: machines are busy now and then."""

clock = time.perf_counter
"""Seconds, of which two readings tell how long a call took. The judge reads the processor's."""


def frozen(*arrays):
    """Return read-only copies of arrays (one array for one), to pass to a function under test."""
    copies = [np.array(a) for a in arrays]
    for copy in copies:
        copy.flags.writeable = False
    return copies if len(copies) > 1 else copies[0]


def watched(content):
    """Return a dict to pass to a function that may change it, here and when it is graded."""
    return Watched(content)


def that(claim, holds, otherwise, diagnosis="wrong"):
    """Tick the claim if it holds; otherwise fail with the sentence `otherwise`."""
    if not holds:
        raise CheckFailed(f"{claim}: no. {otherwise}", diagnosis)
    tick(claim)


def close(claim, got, expected, **known):
    """Tick the claim if two numbers or arrays agree in shape, kind and value.

    claim: what is so if they agree, as a short sentence.
    got: the answer; expected: an Expected, or the right answer alone: float64, integers, booleans.
    known: what the explanation may name, see data_utils.explain.
    Raises CheckFailed.
    """
    expected = as_expected(expected, known)
    compare(
        claim,
        as_array(claim, got, expected.value, expected.known),
        expected.value,
        ALGEBRA,
        expected.known,
    )
    tick(claim)


def as_expected(expected, known=None):
    """Return an Expected as it is, and the right answer alone as one."""
    return expected if isinstance(expected, Expected) else Expected(expected, **(known or {}))


def unchanged(claim, watched):
    """Tick the claim if a watched dict holds the same values as at first.

    Raises CheckFailed, which names what was changed, added or removed.
    """
    before = watched.before
    names = [name for name in {**before, **watched} if not same(watched, before, name)]
    sentence = (
        f"Changed: {', '.join(map(str, names))}. Set no entry, and write into none of the arrays "
        "that it holds, as += does."
    )
    that(claim, not names, sentence, "changed")


def same(one, other, name):
    """Tell whether two dicts hold the same under a name."""
    return name in one and name in other and np.array_equal(one[name], other[name])


def left_alone(name, due, function, *arguments, **options):
    """Tick if a function leaves its arguments as they are; return what it returns.

    The arguments that are arrays come read-only; a function that writes into one raises.
    due: the right answer, see require_right; of a tuple, that of its first part or parts.
    Raises CheckFailed if the answer is wrong: one that computes nothing leaves everything alone.
    """
    arrays = (frozen(a) if isinstance(a, np.ndarray) else a for a in arguments)
    result = function(*arrays, **options)
    require_right(name, as_tuple(result)[: len(as_tuple(due))], due, ALGEBRA)
    tick(f"{name} leaves its arguments as they are")
    return result


def require_right(names, answers, due, tolerance):
    """Raise CheckFailed unless some answers are right, whatever kind of floats they are.

    names: what they are called; answers: a tuple; due: the right ones, a tuple, or a single one:
    arrays, Expecteds or Slopes; tolerance: relative to the largest entry.
    """
    due = as_tuple(due)
    if len(answers) != len(due):
        sentence = f"{names}: got {len(answers)} results, expected {len(due)}."
        raise CheckFailed(sentence, "returned-count")
    for mine, right in zip(answers, due, strict=True):
        shaped = right.at if isinstance(right, Slope) else as_expected(right).value
        floats = shaped.astype(np.float32) if shaped.dtype.kind == "f" else shaped
        mine = as_array(names, without_first_axis(mine, shaped), floats)
        if isinstance(right, Slope):
            fine = is_slope(mine.astype(float), right, tolerance)
        else:
            fine = not disagree(mine, shaped, tolerance).any()
        if not fine:
            raise CheckFailed(f"{names}: no, these are not the right numbers.")


def is_slope(dx, slope, tolerance):
    """Tell whether dx gives the slope along a random direction; along two, if a kink may be near.

    tolerance: relative to the largest entry, for all digits of the slope along a direction.
    """
    steps = (1e-6, 1e-7)
    return any(agrees_along_direction(slope.of, slope.at, dx, 100 * tolerance, h=h) for h in steps)


def as_tuple(answers):
    """Return a tuple or a list of answers as a tuple, one answer as a tuple of one."""
    return tuple(answers) if isinstance(answers, tuple | list) else (answers,)


def award(points, of, sentence):
    """Say how many of some bonus points an answer earns: the grader reads them off this line."""
    print(f"★ {points} of {of} bonus points: {sentence}")


def float32(names, answers, due):
    """Tick if what was computed from float32 is float32, and right.

    names: what the answers are called; answers: an array, or a tuple of them; due: the right ones
    in float64, see require_right.
    Raises CheckFailed.
    """
    answers = as_tuple(answers)
    require_right(names, answers, due, SINGLE)
    in_float32(names, *answers)


def in_float32(names, *answers):
    """Tick if answers are float32, whatever their values; names: what they are called."""
    others = [dtype for dtype in map(dtype_of, answers) if dtype != np.float32]
    that(
        f"float32 in, float32 out: {names}",
        not others,
        f"Got {', '.join(map(str, others))}. What np.zeros, np.eye, astype(float) or a generator "
        "makes is float64; so are np.where of two plain numbers, a mask divided by a number, whole "
        "numbers such as astype(int) makes times float32, and all that is computed with one of "
        "these. Take the dtype of the input, or the argument `dtype` where there is one.",
        "dtype",
    )


def dtype_of(answer):
    """Return the dtype of the array that an answer is, or the name of its type if it is none."""
    return answer.dtype if isinstance(answer, np.ndarray | np.generic) else type(answer).__name__


def require_dict(name, got):
    """Fail unless an answer is a dict."""
    if not isinstance(got, dict):
        code = "returned-none" if got is None else "type"
        raise CheckFailed(f"{name}: got {describe(got)}, expected a dict.", code)


@contextmanager
def after(number, task=None, got=None, expected=None, *more):
    """Put a failure within down to an earlier task, if its result in this case is wrong.

    A failure is said as it is where one cause accounts for all of its numbers, and another cause
    for those of the earlier task: it would be the same with that task alone put right.

    number, task: of the earlier check; got: what its function gave here; expected: what it should
    give: an Expected or an array; or tuples of both; or functions of nothing that return these.
    They are looked at only after a failure. Where one stands within another, the outer is told
    first.
    """
    if isinstance(number, tuple):
        earlier = [each for each in (number, task, got, expected, *more) if each]
    else:
        earlier = [(number, task, got, expected)]
    try:
        yield
    except Exception as error:
        failure = verdict(error)
        if isinstance(failure, NotWritten | Unreadable):
            raise
        for number, task, got, expected in earlier:
            other = fault(got, expected)
            if other and not is_own(failure, other):
                raise CheckFailed(
                    f"Check {number} comes first: {task} does not give the right answer yet, "
                    "and this task rests on it.",
                    "comes-first",
                ) from None
        raise


def is_own(failure, other):
    """Tell whether the causes of a failure and of an earlier task's are known, and differ."""
    known = failure and failure.explained and other.explained
    return bool(known and failure.diagnosis != other.diagnosis)


def is_right(got, expected):
    """Tell whether an answer is as expected; either may be a function of nothing that returns it.

    expected: an Expected, an array or a Slope, or a tuple of them for an answer that is a tuple.
    """
    return fault(got, expected) is None


def fault(got, expected):
    """Return what is wrong with an answer as a CheckFailed, None if it is as expected.

    got, expected: as in is_right.
    """
    expected = expected() if callable(expected) else expected
    many = isinstance(expected, tuple)
    try:
        got = got() if callable(got) else got
        got, expected = (got, expected) if many else ([got], [expected])
        for mine, right in zip(got, expected, strict=True):
            require(mine, right)
    except CheckFailed as failure:
        return failure
    except Exception as error:
        return CheckFailed(str(error), "raised")
    return None


def require(got, expected):
    """Raise CheckFailed unless a number or an array is as expected: an Expected, array or Slope."""
    if not isinstance(expected, Slope):
        due = as_expected(expected)
        compare("", as_array("", got, due.value), due.value, ALGEBRA, due.known)
    elif not is_slope(as_array("", got, expected.at), expected, DIFFERENCES):
        raise CheckFailed("central differences give other numbers")


def faster(claim, case, than):
    """Tick the claim if an answer is right and takes less time than `than()`, each at its best.

    case: function of a random generator that returns a function of nothing, to be timed, and
    what it should return, an array or a tuple of them; called anew for each round.
    The claim names no time, so that it reads the same on every machine.
    Raises CheckFailed.
    """
    random, best, best_other = rng(), np.inf, np.inf
    for number in range(1, ROUNDS + 1):
        run, right = case(random)
        took, answer = timed(run)
        if not is_right(lambda answer=answer: answer, right):
            raise CheckFailed(
                f"{claim}: no, what yours returns here is wrong. It was right for a few; is there "
                "a case of its own for many?",
                "wrong-for-many",
            )
        best, best_other = min(best, took), min(best_other, timed(than)[0])
        if best < best_other and number >= ENOUGH:
            return tick(claim)
    raise CheckFailed(
        f"{claim}: no, yours takes {best / best_other:.2g} times as long. Let NumPy work on all "
        "examples at once: is there a loop over them left, or an array of N x N numbers, such as "
        "scores[:, y]?",
        "slow",
    )


def timed(run):
    """Return the seconds that a call takes, and its result."""
    start = clock()
    answer = run()
    return clock() - start, answer


def gradient(name, dx, slope, *old, **known):
    """Tick if dx is the slope that is due, by central differences.

    name: what dx is called; dx: the gradient to judge; slope: a Slope.
    A right one is known by its slope along a random direction; only if that disagrees, entries are
    looked at one by one.
    Raises CheckFailed.
    """
    if old:
        dx, slope = old[0], Slope(dx, slope, **known)
    claim = f"{name} agrees with central differences"
    dx = as_array(name, flat(name, dx, slope.at), slope.at, slope.known)
    if not agrees_along_direction(slope.of, slope.at, dx, DIFFERENCES):
        due = slopes_beside(dx, slope.of, slope.at, DIFFERENCES)
        compare(name, dx, due, DIFFERENCES, slope.known)
    tick(claim)


def flat(name, dx, due):
    """Return a gradient of shape (1, M) as one of shape (M,) where that is due, with a remark.

    Many people keep the axis; whatever is broadcast against the parameter moves it rightly.
    """
    row = without_first_axis(dx, due)
    if row is not dx:
        print(f"A remark: {name} has shape {dx.shape}; the docstring promises {row.shape}.")
    return row


def without_first_axis(dx, due):
    """Return a gradient of shape (1, M) as one of shape (M,) where that is due."""
    kept = isinstance(dx, np.ndarray) and np.ndim(due) == 1 and dx.shape == (1, *np.shape(due))
    return dx[0] if kept else dx


def compare(name, got, expected, tolerance, known):
    """Raise CheckFailed unless two arrays of one shape agree."""
    wrong = disagree(got, expected, tolerance)
    if not wrong.any():
        return
    known = resolved(known)
    sentence, diagnosis = explain(got, expected, known)
    wild = ~np.isfinite(got)
    first = tuple(int(i) for i in np.argwhere(wild if wild.any() else wrong)[0])
    mine, right = numbers(got[first], expected[first])
    if got.ndim == 0:
        finding = f"{name}: no, yours is {mine}, expected {right}."
    else:
        finding = (
            f"{name}: {wrong.sum()} of {wrong.size} entries are wrong; at {first} yours is "
            f"{mine}, expected {right}."
        )
    explained = is_explained(got, expected, known)
    raise CheckFailed(f"{finding} {sentence}".strip(), diagnosis, (got, expected), explained)


def numbers(*values):
    """Write numbers with enough digits to recognise them, and to tell them apart."""
    for digits in (6, 9, 12, 17):
        texts = [f"{v:.{digits}g}" if v.dtype.kind == "f" else str(v) for v in values]
        if len(set(texts)) == len(texts):
            break
    return texts


def as_array(name, got, expected, known=None):
    """Return the answer as an array, after strict tests of kind, shape and dtype.

    known: may name numbers, such as N=4, by which the length of a row is told.
    """
    expected = np.asarray(expected)
    if not isinstance(got, np.ndarray | np.generic | float | int):
        sentence = f"{name}: got {describe(got)}, expected {wanted(expected)}. {way(got, expected)}"
        raise CheckFailed(sentence.strip(), "returned-none" if got is None else "type")
    got = np.asarray(got)
    if got.shape != expected.shape:
        sentence, code = of_other_shape(got, expected, known or {})
        raise CheckFailed(f"{name}: {sentence}", code)
    if kind(got) != kind(expected) and not number_for(got, expected):
        sentence = f"the numbers are {got.dtype}, expected {expected.dtype}."
        why = KINDS.get((kind(got), kind(expected)), "")
        raise CheckFailed(f"{name}: {sentence} {why}".strip(), "dtype")
    if got.dtype.itemsize < expected.dtype.itemsize and expected.dtype.kind == "f":
        raise CheckFailed(
            f"{name}: the numbers are {got.dtype}, expected {expected.dtype}: the result's "
            "type follows the input's.",
            "dtype",
        )
    return got


KINDS = {
    ("f", "i"): "Whole numbers are due, such as counts or positions.",
    ("i", "f"): "Means and weighted sums of whole numbers need not be whole: np.result_type(x, w) "
    "is a dtype for both, np.result_type(x, 1.0) one for fractions.",
}
"""{(kind got, kind expected): what to say of it}."""


def kind(array):
    """Return the kind of an array's numbers, one for all integers."""
    return array.dtype.kind.replace("u", "i")


def number_for(got, expected):
    """Tell whether a whole number stands where a single float is expected, as 0 may."""
    return got.ndim == 0 and got.dtype.kind in "iu" and expected.dtype.kind == "f"


def of_other_shape(got, expected, known):
    """Return (sentence, code) on an answer of another shape; a Mistake may have just that."""
    found = f"the shape is {got.shape}, expected {expected.shape}."
    for mistake in all_of(known.get("mistakes", ())):
        if np.shape(mistake.computed) == got.shape and np.array_equal(mistake.computed, got):
            return f"{found} {mistake.sentence}", mistake.code
    return f"{shapes(got, expected)} {lengths(got, expected, known)}".strip(), "shape"


def way(got, expected):
    """Say how a value that is no array or number may become one, "" if it cannot be told."""
    if got is None:
        return "Is there a `return` that gives it?"
    if not isinstance(got, list | tuple):
        return ""
    return "np.array makes one of it." if expected.ndim else "Is there a sum to be taken of it?"


def describe(value):
    """Describe a value that should have been numbers."""
    return "None" if value is None else f"a {type(value).__name__}"


def wanted(expected):
    """Describe the expected value."""
    return f"an array of shape {expected.shape}" if expected.ndim else "a number"


def shapes(got, expected):
    """Say how shapes differ."""
    if expected.ndim == 0:
        return (
            f"got an array of shape {got.shape} where one number is expected. Is there a sum, or a "
            "mean, to be taken, or does something else come back first?"
        )
    found = f"the shape is {got.shape}, expected {expected.shape}."
    if got.shape == expected.shape[1:]:
        return (
            f"{found} Was an axis summed away, or is this the first part of what should come back?"
        )
    if got.shape in [without(expected.shape, axis) for axis in range(expected.ndim)]:
        return f"{found} An axis is gone: was it summed away, or its maximum taken?"
    if expected.shape in [without(got.shape, axis) for axis in range(got.ndim)]:
        kept = 1 in got.shape and 1 not in expected.shape
        why = "was it kept for broadcasting?" if kept else "is something to be summed along it?"
        return f"{found} There is an axis too many: {why}"
    if got.ndim > 1 and got.shape == expected.shape[::-1]:
        return f"{found} It looks transposed."
    if got.ndim == expected.ndim and sorted(got.shape) == sorted(expected.shape):
        return f"{found} The axes are in another order: what exchanges them?"
    if got.size == expected.size:
        return (
            f"{found} The entries are as many as they should be: into which shape do they belong?"
        )
    if got.ndim > 2 and got.shape[:-2] == expected.shape[:-2] and not got.size:
        return f"{found} Nothing is left: is it cut by pad:-pad? -0 is 0, so that takes 0:0."
    if got.ndim > 2 and is_padded(got.shape, expected.shape):
        return f"{found} The last two axes are too long by as much: is the padding still there?"
    return found


def lengths(got, expected, known):
    """Say of two rows how many numbers each has, where these are two that are known, else "".

    A sum over the wrong axis of a matrix (N, D) leaves N numbers where D are due.
    """
    names = {size: name for name, size in known.items() if isinstance(size, int)}
    rows = all(a.ndim and max(a.shape) == a.size for a in (got, expected))
    if not rows or got.size == expected.size or not {got.size, expected.size} <= names.keys():
        return ""
    found, due = names[got.size], names[expected.size]
    return f"These are {found} numbers, and {due} are due: over which axis does the sum run?"


def is_padded(shape, expected):
    """Tell whether a shape is another one with as many pixels more on all four sides."""
    more = [a - b for a, b in zip(shape, expected, strict=False)]
    return len(shape) == len(expected) and more[-1] == more[-2] > 0 and not any(more[:-2])


def without(shape, axis):
    """Return a shape less one of its axes."""
    return shape[:axis] + shape[axis + 1 :]


def tick(claim):
    """Print that a claim holds; the text is the same on every machine and for every seed."""
    print(f"✓ {claim}")
