"""Numeric gradients, with which backpropagation is compared.

The central difference (f(x + h) - f(x - h)) / 2h is off by about h² f'''/6 plus the rounding
of f divided by h. In float64 with h = 1e-5 both are near 1e-10 for numbers of order 1.
"""

import numpy as np

from .seeds import drawn_once, rng

ROUNDING = 1e-15
"""A value of f is off by so much, relative to it: sums of float64 are."""

CLOSER = (1e-6, 1e-7)
"""Steps for a second look at an entry that disagrees: a kink may lie within the first step."""


@drawn_once
def directions():
    """Return what draws directions: for each its own, and none that is an x, from rng() itself."""
    return rng().spawn(1)[0]


def eval_numerical_gradient(f, x, h=1e-5):
    """Return the gradient of f at x by central differences, one entry at a time.

    f: function of an array shaped like x, returning a number.
    x: float64 array of any shape; left as it was found.
    h: step.
    Returns an array shaped like x. Raises TypeError if x is not float64, ValueError if f returns
    more than a number.
    """
    return eval_numerical_gradient_array(one_number(f), x, 1.0, h)


def one_number(f):
    """Return f with a test that its result is one number."""

    def tested(x):
        value = f(x)
        if np.ndim(value):
            raise ValueError(f"f returned an array of shape {np.shape(value)}, expected a number")
        return value

    return tested


def eval_numerical_gradient_array(f, x, df, h=1e-5):
    """Return the gradient of sum(f(x) * df) at x, for a function that returns an array.

    f: function of an array shaped like x, returning an array (or a number).
    x: float64 array of any shape; left as it was found.
    df: upstream gradient, shaped like f(x).
    h: step.
    Returns an array shaped like x. Raises TypeError if x is not float64.
    """
    require_float64(x)
    grad = np.empty_like(x)
    for index in np.ndindex(x.shape):
        grad[index] = directional_difference(f, x, index, df, h)
    return grad


def agrees_along_direction(f, x, dx, tolerance, moving=True, h=1e-6):
    """Tell whether dx gives the slope of f at x along a random direction.

    A direction moves many entries of x at once, so that it takes two values of f, where entry by
    entry takes two for each. Its numbers come from a bell curve torn apart at 0, by 1 to each side:
    one wrong entry always shows. If the worst is off by r times dx's largest entry, others hide it
    with a chance of 0.8 tolerance / r at most, a hundredth of that where f's digits tell so much.
    False says that a closer look is due: there may also be a kink near x. (The idea is that of
    autograd's `check_grads`, Maclaurin and others, 2015.)

    f: function of an array shaped like x, returning a number; x: float64 array; dx: shaped like x.
    tolerance: relative to dx's largest entry; moving: where x moves and dx is judged, booleans
    shaped like x, or True for everywhere; h: step.
    """
    require_float64(x)
    v = directions().standard_normal(x.shape)
    v = moving * (v + np.sign(v))
    above, below = (one_number(f)(read_only(x + step * v)) for step in (h, -h))
    error = abs((above - below) / (2 * h) - np.vdot(dx, v))
    allowed = tolerance * np.abs(dx).max(initial=0, where=moving)
    rounding = ROUNDING * (abs(above) + abs(below)) / h
    return bool(error <= min(max(rounding, allowed / 100), allowed) < np.inf)


def slopes_beside(dx, f, x, tolerance):
    """Return the gradient of f at x that dx is to be compared with, entry by entry.

    Where dx disagrees with the central difference, f is looked at with smaller steps, in case a
    kink lies within the first; exactly at a kink every slope between the two sides is right, and
    dx's own entry is returned.

    dx: the gradient to judge; f: function of an array shaped like x, returning a number.
    tolerance: relative to the largest entry.
    """
    numeric, here = np.array(dx, x.dtype), f(read_only(x.copy()))
    for index in unsure_entries(f, x, dx, tolerance):
        numeric[index] = directional_difference(f, x, index)
    allowed, wrong = tolerance * np.abs(numeric).max(initial=0), disagree(dx, numeric, tolerance)
    if is_smooth(f, x, here, numeric, wrong, allowed):
        return numeric
    for index in map(tuple, np.argwhere(wrong)):
        if explained_by_kink(f, x, here, index, dx[index], allowed):
            numeric[index] = dx[index]
    return numeric


def unsure_entries(f, x, dx, tolerance):
    """Return the indices of all entries, or of those where x is 0 if dx is right elsewhere.

    At 0 a ReLU has a kink, and there is no slope along a direction that moves such entries.
    """
    kinks = x == 0
    elsewhere = agrees_along_direction(f, x, dx, tolerance, moving=~kinks)
    return map(tuple, np.argwhere(kinks)) if elsewhere else np.ndindex(x.shape)


def is_smooth(f, x, here, numeric, moving, allowed):
    """Tell whether f, which is `here` at x, has the slope `numeric` to both sides of x.

    Two values of f tell it of all entries that move, along a random direction. A kink as near as
    the smallest step would bend f there; moving: booleans shaped like x.
    """
    v = moving * directions().uniform(1, 2, x.shape)
    due, h = np.vdot(numeric, v), CLOSER[-1]
    sides = [(f(read_only(x + step * v)) - here) / step for step in (h, -h)]
    return bool(max(abs(slope - due) for slope in sides) <= max(allowed, ROUNDING * abs(here) / h))


def explained_by_kink(f, x, here, index, slope, allowed):
    """Tell whether f, which is `here` at x, has a kink so near that `slope` is right there."""
    left, right = sorted(one_sided(f, x, here, index, h) for h in (-CLOSER[-1], CLOSER[-1]))
    if right - left > 1e3 * allowed:
        return left - allowed <= slope <= right + allowed
    nearer = (directional_difference(f, x, index, h=h) for h in CLOSER)
    return any(abs(numeric - slope) <= allowed for numeric in nearer)


def one_sided(f, x, here, index, h):
    """Return the slope of f, which is `here` at x, along one entry, from one side."""
    moved = x.copy()
    moved[index] += h
    return (f(read_only(moved)) - here) / (moved[index] - x[index])


def disagree(got, expected, tolerance):
    """Return where two arrays differ by more than tolerance times the largest expected entry."""
    if expected.dtype == bool:
        return got != expected
    scale = np.abs(expected).max(initial=0) or 1.0
    with np.errstate(invalid="ignore"):
        return ~(np.abs(got - expected) <= tolerance * scale)


def read_only(x):
    """Return x as an array that nobody can write into any more."""
    x = np.asarray(x)
    x.flags.writeable = False
    return x


def grad_check_sparse(f, x, analytic_grad, num_checks=10, h=1e-5, rng=None):
    """Compare an analytic gradient with central differences at a few random entries.

    f: function of an array shaped like x, returning a number.
    x: float64 array; analytic_grad: array shaped like x.
    num_checks: how many entries to draw, h: step, rng: a Generator to draw them with.
    Prints one line an entry. Returns the largest relative error among them.
    """
    require_float64(x)
    if np.shape(analytic_grad) != x.shape:
        raise ValueError(f"the gradient has shape {np.shape(analytic_grad)}, x has {x.shape}")
    rng = rng or np.random.default_rng()
    worst = 0.0
    for _ in range(num_checks):
        index = tuple(int(rng.integers(size)) for size in x.shape)
        numeric = directional_difference(f, x, index, h=h)
        analytic = analytic_grad[index]
        error = rel_error(np.float64(numeric), np.float64(analytic))
        worst = max(worst, error)
        print(f"at {index}: numeric {numeric:.6f}, analytic {analytic:.6f}, error {error:.1e}")
    return worst


def directional_difference(f, x, index, df=1.0, h=1e-5):
    """Return d sum(f(x) * df) / d x[index] by a central difference; x is left as found.

    f sees a read-only view: a function that writes into its argument raises ValueError.
    """
    probe = x.copy()
    view = read_only(probe.view())
    probe[index] = x[index] + h
    above, width = np.array(f(view)), probe[index]
    probe[index] = x[index] - h
    below, width = np.array(f(view)), width - probe[index]
    if above.shape != below.shape or np.shape(df) not in ((), above.shape):
        raise ValueError(
            f"f gave shapes {above.shape} and {below.shape}, df has {np.shape(df)}: they must agree"
        )
    return float(np.sum((above - below) * df) / width)


def rel_error(x, y):
    """Return the largest of |x - y| / (|x| + |y|) over all entries, near 0 when arrays agree.

    A denominator below 1e-8 counts as 1e-8, as in CS231n, where this measure comes from.

    x, y: arrays of one shape. Raises ValueError if their shapes differ; nan gives inf.
    """
    x, y = np.asarray(x), np.asarray(y)
    if x.shape != y.shape:
        raise ValueError(f"rel_error compares arrays of one shape, not {x.shape} and {y.shape}")
    if x.size == 0 or np.array_equal(x, y):
        return 0.0
    error = np.max(np.abs(x - y) / np.maximum(1e-8, np.abs(x) + np.abs(y)))
    return float(error) if np.isfinite(error) else np.inf


def require_float64(x):
    """Raise TypeError unless x is a float64 array: a step of 1e-5 is lost in anything less."""
    if not isinstance(x, np.ndarray) or x.dtype != np.float64:
        kind = getattr(x, "dtype", type(x).__name__)
        raise TypeError(
            f"a numeric gradient needs a float64 array, not {kind}: convert with "
            "x.astype(np.float64) (in float32 or integers a step of 1e-5 is rounded away)"
        )
