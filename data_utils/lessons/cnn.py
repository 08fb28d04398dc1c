"""Notebook 3: activations, sums over windows, and a convolutional net, by their formulas.

What usual mistakes make of windows stands in window_mistakes; a gradient is the slope of what the
formula gives. Numbers are drawn so that no two of a window are equal, but where a case says so.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from .. import check
from ..expected import Expected, Mistake, Slope
from ..gradient_check import eval_numerical_gradient_array as slope_of
from ..seeds import drawn_once, rng
from . import common, window_mistakes
from .common import Case
from .window_mistakes import distinct
from .windows import (
    column_slopes,
    columns,
    conv_slopes,
    convolve,
    max_slopes,
    mean_slopes,
    pool_windows,
    pooled,
)

REG = 0.7
"""The strength of the regulariser."""


@dataclass(frozen=True)
class Activation(Case):
    """Numbers on both sides of 0: x (4, 3, 5), and dout, shaped like x.

    options: what forward takes beside x; out: what the activation gives.
    slope: that of sum(out * dout) along x.
    """

    x: np.ndarray
    dout: np.ndarray
    options: tuple
    out: Expected
    slope: Slope

    @property
    def inputs(self):
        """Return the arguments of forward."""
        return self.x, *self.options

    @property
    def grads(self):
        """Return the right dx, alone in a tuple."""
        return (slope_of(self.slope.of, self.slope.at, 1.0),)


def activation_inputs(at_zero):
    """Return random x and dout (4, 3, 5); some of x are exactly 0, if one wants them."""
    random = rng()
    x, dout = 2 * random.normal(size=(4, 3, 5)), random.uniform(0.5, 2, size=(4, 3, 5))
    if at_zero:
        x[random.integers(4, size=3), :, random.integers(5)] = 0
    return x, dout * random.choice([-1, 1], size=dout.shape)


def activation(formula, x, dout, wrong, wrong_slopes, options=()):
    """Return an Activation by its formula; wrong, wrong_slopes: functions that return Mistakes."""
    out = Expected(formula(x), cache(wrong))
    along = Slope(lambda x: np.sum(formula(x) * dout), x, cache(wrong_slopes))
    return Activation(x, dout, options, out, along)


def leaky(x, share):
    """Return the positive entries, and a share of the negative ones."""
    return (1 + share) / 2 * x + (1 - share) / 2 * np.abs(x)


def leaky_relu(share=0.3, at_zero=True):
    """Return a leaky ReLU that lets a share of negative numbers pass; 0.1 goes without saying."""
    x, dout = activation_inputs(at_zero)
    wrong = partial(wrong_leaks, x, share), partial(wrong_leaky_slopes, x, dout, share)
    return activation(
        partial(leaky, share=share), x, dout, *wrong, () if share == 0.1 else (share,)
    )


slope_001 = partial(
    Mistake, "slope-001", "That is a slope of 0.01; when none is given, it is 0.1 here."
)
no_leak = partial(Mistake, "no-leak", "Nothing negative passes; that is a plain ReLU.")
default_slope = partial(
    Mistake, "default-slope", "This is what the default slope gives; another was asked for."
)
wrong_side = partial(
    Mistake, "wrong-side", "The share is taken where x is positive; it belongs where x is negative."
)
share_by_dout = partial(
    Mistake,
    "mask-of-dout",
    "The share is taken where dout is negative; the question is where the input was.",
)
SHARES = ((slope_001, 0.01), (no_leak, 0.0), (default_slope, 0.1))
"""(sentence, the share that is taken for the one that was asked for)."""


def wrong_leaks(x, share):
    """Return the results of usual mistakes with the input of a leaky ReLU."""
    found = [named(leaky(x, other)) for named, other in SHARES]
    found += [
        common.absolute(np.abs(x)),
        wrong_side(np.where(x < 0, 1, share) * x),
        Mistake("both-sides", BOTH_SIDES, share * x),
    ]
    return distinct(leaky(x, share), found)


BOTH_SIDES = "The share is taken everywhere; where x is positive, all of it passes."


def wrong_leaky_slopes(x, dout, share):
    """Return the gradients of usual mistakes through a leaky ReLU."""
    found = [named(np.where(x > 0, 1, other) * dout) for named, other in SHARES]
    found += [
        share_by_dout(np.where(dout > 0, 1, share) * dout),
        wrong_side(np.where(x < 0, 1, share) * dout),
        common.no_mask(dout),
        common.no_dout(np.where(x > 0, 1, share)),
    ]
    return distinct(np.where(x > 0, 1, share) * dout, found)


FAR = np.array([-1000.0, 0.0, 1000.0])
"""Where exp(x) or exp(-x) is too large for a float64, and 0."""

slope_of_output = partial(
    Mistake, "slope-of-output", "The activation is applied once more: take its output as it is."
)
slope_of_input = partial(
    Mistake, "slope-of-input", "The formula wants the output here, and this is the input."
)


def logistic(x):
    """Return the sigmoid of numbers that are not large."""
    return 1 / (1 + np.exp(-x))


def sigmoid(at_zero=True):
    """Return a sigmoid, and the results of usual mistakes."""
    x, dout = activation_inputs(at_zero)
    return activation(logistic, x, dout, lambda: wrong_sigmoids(x), lambda: wrong_bells(x, dout))


def wrong_sigmoids(x):
    """Return the results of usual mistakes with the input of a sigmoid."""
    S, sentence = logistic(x), ONE_SIDE
    return [
        common.tanh(np.tanh(x)),
        Mistake("one-side", sentence, np.maximum(S, 1 - S)),
        Mistake("one-side", sentence, np.minimum(S, 1 - S)),
    ]


ONE_SIDE = "It is right on one side of 0: the formula for that side is used on both."


def wrong_bells(x, dout):
    """Return the gradients of usual mistakes through a sigmoid."""
    S = logistic(x)
    again = logistic(S)
    return [
        slope_of_output(dout * again * (1 - again)),
        slope_of_input(dout * x * (1 - x)),
        common.no_dout(S * (1 - S)),
        Mistake("slope-of-tanh", "This is the slope of tanh.", dout * (1 - S**2)),
        common.no_mask(dout),
        Mistake("half-slope", HALF_SLOPE, dout * S),
        Mistake("half-slope", HALF_SLOPE, dout * (1 - S)),
    ]


HALF_SLOPE = "This is one factor of the slope; it has two."


def tanh(at_zero=True):
    """Return a tanh, and the results of usual mistakes."""
    x, dout = activation_inputs(at_zero)
    sentence = "This is the sigmoid."
    wrong = lambda: [Mistake("sigmoid", sentence, logistic(x))]  # noqa: E731
    return activation(hyperbolic, x, dout, wrong, lambda: wrong_tanh_slopes(x, dout))


def hyperbolic(x):
    """Return tanh of numbers that are not large."""
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


def wrong_tanh_slopes(x, dout):
    """Return the gradients of usual mistakes through a tanh."""
    T = hyperbolic(x)
    return [
        slope_of_output(dout * (1 - np.tanh(T) ** 2)),
        slope_of_input(dout * (1 - x**2)),
        common.no_dout(1 - T**2),
        Mistake("slope-of-sigmoid", "This is the slope of a sigmoid.", dout * T * (1 - T)),
        common.no_mask(dout),
        Mistake("other-slope", OTHER_SLOPE, dout * (1 - T)),
        Mistake("other-slope", OTHER_SLOPE, dout * (1 + T**2)),
    ]


OTHER_SLOPE = "The slope is 1 less the square of the output."


@dataclass(frozen=True)
class Convolution(Case):
    """Filters laid on pictures.

    name: how they are laid; x: (N, C, H, W) pictures, w: (F, C, HH, WW) filters, b: (F,) biases.
    param: the conv_param; dout: (N, F, H', W') an upstream gradient.
    out: what comes out; slope("x"), slope("w"), slope("b"): what comes back.
    """

    name: str
    x: np.ndarray
    w: np.ndarray
    b: np.ndarray
    param: dict
    dout: np.ndarray
    out: Expected

    @property
    def inputs(self):
        """Return the arguments of forward."""
        return self.x, self.w, self.b, self.param

    @property
    def grads(self):
        """Return the right dx, dw and db."""
        return conv_slopes(self.x, self.w, self.dout, self.param)

    def slope(self, name):
        """Return the Slope of sum(out * dout) along x, w or b."""
        (x, w, b, param), dout = self.inputs, self.dout
        inputs = {"x": x, "w": w, "b": b}

        def along(value):
            return np.sum(convolve(**{**inputs, name: value}, param=param) * dout)

        wrong = cache(partial(window_mistakes.of_convolution_slopes, name, x, w, dout, param))
        places = dout[0, 0].size
        sizes = {"N": len(x), "H'W'": places, "N H'W'": len(x) * places}
        return Slope(along, inputs[name], wrong, **sizes)


LAID = {
    "stride 1, padding 0": ((3, 2, 4, 5), (4, 2, 3, 2), {"stride": 1, "pad": 0}),
    "stride 2, padding 1": ((3, 2, 5, 6), (4, 2, 3, 2), {"stride": 2, "pad": 1}),
    "stride 3, padding 2": ((3, 2, 4, 8), (4, 2, 2, 3), {"stride": 3, "pad": 2}),
    "one pixel wide, padding 1": ((3, 2, 3, 4), (4, 2, 1, 1), {"stride": 1, "pad": 1}),
}
DILATED = {
    "stride 3, dilation 2": (
        (3, 2, 9, 10),
        (4, 2, 4, 4),
        {"stride": 3, "pad": 1, "dilation": 2},
    )
}
LEFT_OVER = {
    "3 x 2, stride 2, some left over": ((3, 2, 6, 5), (4, 2, 3, 2), {"stride": 2, "pad": 1})
}
"""{name: (shape of pictures, shape of filters, conv_param)}; in LAID, filters tile the pictures."""


def convolutions(layouts):
    """Return a list of Convolutions with random numbers."""
    random, found = rng(), []
    for name, (pictures, filters, param) in layouts.items():
        x, w, b = (random.normal(size=size) for size in (pictures, filters, filters[:1]))
        found.append(convolution(name, x, w, b, param, random))
    return found


def convolution(name, x, w, b, param, random):
    """Return a Convolution of these numbers, with a random upstream gradient."""
    out = convolve(x, w, b, param)
    wrong = cache(partial(window_mistakes.of_convolution, x, w, b, param))
    terms = {"the bias": b[:, None, None] + 0 * out}
    dout = random.normal(size=out.shape)
    return Convolution(name, x, w, b, param, dout, Expected(out, wrong, terms=terms))


@drawn_once
def conv_cases():
    """Return filters that tile pictures, in several ways."""
    return convolutions(LAID)


@drawn_once
def dilated():
    """Return filters with gaps."""
    return convolutions(DILATED)[0]


@drawn_once
def all_conv_cases():
    """Return filters laid in all ways: tiling, dilated, and with rows and columns left over."""
    return convolutions(LAID | DILATED | LEFT_OVER)


@drawn_once
def whole_pictures():
    """Return pictures of whole numbers, as cameras take them."""
    case = convolutions(LAID)[1]
    x = rng().integers(-9, 10, size=case.x.shape)
    return convolution("pictures of whole numbers", x, case.w, case.b, case.param, rng())


@drawn_once
def by_hand():
    """Return the small picture and the filter that the text works by hand."""
    x = np.array([[1.0, 2, 0, 1, 3], [0, 3, 1, 0, 1], [2, 1, 0, 2, 0], [1, 0, 2, 1, 2]])
    w, b = np.array([[1.0, 0], [2, -1]]), np.array([1.0])
    plain = {"stride": 1, "pad": 0}
    return convolution("the example worked by hand", x[None, None], w[None, None], b, plain, rng())


def check_gradients(case, grads):
    """Check the gradients of a layer along x, or along x, w and b, in this order."""
    names = "xwb" if isinstance(case, Convolution) else "x"
    many = all_of(grads)
    code = "returned-none" if grads is None else "returned-count"
    if len(many) != len(names):
        sentence = f"Expected {len(names)} gradients, got {'None' if grads is None else len(many)}."
        check.that(f"{case.name}: every input has a gradient", False, sentence, code)
    for name, grad in zip(names, many, strict=True):
        check.gradient(f"{case.name}: d{name}", grad, case.slope(name))


@dataclass(frozen=True)
class Columns(Case):
    """The windows of pictures, laid out as columns.

    name: how windows lie; x: (N, C, H, W) pictures; HH, WW, param: the windows, as in im2col.
    cols: im2col's answer; dcols: shaped like it, a gradient; dx: col2im's answer for that.
    """

    name: str
    x: np.ndarray
    HH: int
    WW: int
    param: dict
    dcols: np.ndarray
    cols: Expected
    dx: Expected

    @property
    def windows(self):
        """Return HH, WW and param."""
        return self.HH, self.WW, self.param


@drawn_once
def column_cases():
    """Return windows laid in all ways, as columns."""
    return [laid_out(case) for case in all_conv_cases()]


def laid_out(case):
    """Return the windows of a Convolution as Columns, with a random gradient."""
    x, (HH, WW), param = case.x, case.w.shape[2:], case.param
    given = HH, WW, param
    right = columns(x, *given)
    dcols = rng().normal(size=right.shape)
    cols = Expected(right, cache(partial(window_mistakes.of_columns, x, *given)))
    wrong = cache(partial(window_mistakes.of_column_slopes, x, dcols, *given))
    dx = Expected(column_slopes(x, dcols, *given), wrong)
    return Columns(case.name, x, *given, dcols, cols, dx)


@drawn_once
def counted():
    """Return the picture of 1 to 9 with its columns, and a gradient of ones."""
    x, given = np.arange(1.0, 10).reshape(1, 1, 3, 3), (2, 2, {"stride": 1, "pad": 0})
    right = np.array([[1.0, 2, 4, 5], [2, 3, 5, 6], [4, 5, 7, 8], [5, 6, 8, 9]])
    counts = np.array([[[[1.0, 2, 1], [2, 4, 2], [1, 2, 1]]]])
    return Columns("1 to 9", x, *given, np.ones((4, 4)), Expected(right), Expected(counts))


def large(random):
    """Return x, w, b, dout and conv_param of a larger case: 96 filters at 8 x 8 places."""
    sizes = (2, 2, 10, 10), (96, 2, 3, 3), 96, (2, 96, 8, 8)
    return *(random.normal(size=size) for size in sizes), {"stride": 1, "pad": 0}


def many_filters(forward):
    """Return a case to time: the way forward of 96 filters."""

    def case(random):
        x, w, b, _, param = large(random)
        return lambda: forward(x, w, b, param)[0], convolve(x, w, b, param)

    return case


def many_filters_back(forward, backward):
    """Return a case to time: the way back of 96 filters, as a slope along a direction."""

    def case(random):
        (x, w, b, dout, param), (u, v, c, _, _) = large(random), large(random)
        _, cache = forward(x, w, b, param)
        right = np.vdot(dout, convolve(u, w, c, param) + convolve(x, v, 0 * c, param))
        return lambda: sum(map(np.vdot, backward(dout, cache), (u, v, c))), right

    return case


def few_in_loops():
    """Lay 8 of the filters on every window, one by one."""
    x, w, _, _, _ = large(rng())
    for n, f, i, j in np.ndindex(2, 8, 8, 8):
        np.sum(x[n, :, i : i + 3, j : j + 3] * w[f])


@dataclass(frozen=True)
class Pooling(Case):
    """Windows laid on feature maps, of which no two numbers are equal; channel 0 is negative.

    name: how they are laid; x: (N, C, H, W) maps; param: the pool_param.
    dout: (N, C, H', W') an upstream gradient; of: np.max or np.mean.
    out: what comes out; slope("x"): what comes back.
    """

    name: str
    x: np.ndarray
    param: dict
    dout: np.ndarray
    of: object
    out: Expected

    @property
    def inputs(self):
        """Return the arguments of forward."""
        return self.x, self.param

    @property
    def grads(self):
        """Return the right dx, alone in a tuple."""
        slopes = max_slopes if self.of is np.max else mean_slopes
        return (slopes(self.x, self.dout, self.param),)

    def slope(self, name):
        """Return the Slope of sum(out * dout) along x."""
        (x, param), dout, of, right = self.inputs, self.dout, self.of, self.grads[0]

        def along(x):
            return np.sum(pooled(x, param, of) * dout)

        wrong = cache(partial(window_mistakes.of_pooling_slopes, x, dout, param, right))
        size = param["pool_height"] * param["pool_width"]
        return Slope(along, {"x": x}[name], wrong, **{"the window's size": size})

    def counted(self, out):
        """Return (whether there is a number for every window, sentence, code)."""
        right = self.out.value.shape
        got = np.shape(out) if isinstance(out, np.ndarray) else right
        return got == right, f"{counting(got, self)} Yours is {got}, expected {right}.", "shape"


def counting(got, case):
    """Say by which count of windows a shape comes about, if it is a usual one."""
    sizes, stride = np.array(case.x.shape[2:]), case.param["stride"]
    window = np.array([case.param["pool_height"], case.param["pool_width"]])
    right, mine = case.out.value.shape[2:], got[2:]
    cut_off = "A last window is cut off there: what ends beyond the edge is not a window."
    usual = (
        (right[::-1], "H and W are exchanged: rows come before columns."),
        (sizes // stride, "This is H // stride: a window's own size counts, too."),
        (sizes // window, "This is H // pool_height: the stride counts, too."),
        ((sizes - window) // stride, "One more: (H - pool_height) // stride steps are taken."),
        (-(-(sizes - window) // stride) + 1, cut_off),
    )
    return next((sentence for count, sentence in usual if tuple(count) == mine), "")


POOLS = {
    "2 x 2, stride 2": ((3, 2, 4, 6), 2, 2, 2),
    "3 x 2, stride 1, overlapping": ((3, 2, 4, 5), 3, 2, 1),
    "2 x 3, stride 2, overlapping": ((3, 2, 4, 7), 2, 3, 2),
    "1 x 2, stride 3, with gaps": ((3, 2, 4, 8), 1, 2, 3),
}
LEFT_OVER_MAPS = (3, 2, 5, 6), 2, 3, 2
"""{name: (shape of maps, pool_height, pool_width, stride)}; in POOLS, windows tile the maps."""


def poolings(layouts, of):
    """Return a list of Poolings with random numbers; of: np.max or np.mean."""
    random, found = rng(), []
    for name, (shape, height, width, stride) in layouts.items():
        param = {"pool_height": height, "pool_width": width, "stride": stride}
        x = random.permutation(np.prod(shape)).reshape(shape) / np.prod(shape)
        found.append(pooling(name, x - np.array([1.0, 0.5])[:, None, None], param, of, random))
    return found


def pooling(name, x, param, of, random):
    """Return a Pooling of these numbers, with a random upstream gradient."""
    out = pooled(x, param, of)
    wrong = cache(partial(window_mistakes.of_pooling, x + 0.0, param, of))
    known = {"the window's size": param["pool_height"] * param["pool_width"]}
    dout = random.normal(size=out.shape)
    return Pooling(name, x, param, dout, of, Expected(out, wrong, **known))


@drawn_once
def max_pool_cases():
    """Return windows that tile maps, for the largest numbers."""
    return poolings(POOLS, np.max)


@drawn_once
def avg_pool_cases():
    """Return windows that tile maps, for the means."""
    return poolings(POOLS, np.mean)


@drawn_once
def whole_maps():
    """Return maps of whole numbers, for the means."""
    case = avg_pool_cases()[2]
    x = rng().integers(-9, 10, size=case.x.shape)
    return pooling("maps of whole numbers", x, case.param, np.mean, rng())


@dataclass(frozen=True)
class Tied(Case):
    """Maps of zeros and ones, where the largest number of a window stands there several times.

    x: (3, 2, 4, 6), param: the pool_param, dout: (3, 2, 2, 3).
    """

    x: np.ndarray
    param: dict
    dout: np.ndarray

    @property
    def largest(self):
        """Return a mask of the largest numbers, window by window."""
        return pool_windows(self.x, self.param) == pooled(self.x, self.param)[..., None, None]

    def only_largest(self, dx):
        """Tell whether the largest numbers alone get a gradient, and what to say if not."""
        given = windows_of(dx, self)
        return not np.any(given[~self.largest]), "Others do, too.", "not-the-largest"

    def handed_on(self, dx):
        """Tell whether each window's gradient goes to one, is shared, or goes to each whole."""
        given = windows_of(dx, self)
        shared = np.isclose(given.sum(axis=(-2, -1)), self.dout)
        whole = np.isclose(given, self.dout[..., None, None] * self.largest).all(axis=(-2, -1))
        sentence = "That of some is not, or in part."
        return bool(np.all(shared | whole)), sentence, "lost-at-ties"


def windows_of(dx, case):
    """Return the windows of a gradient; one that is not an array of this shape gets nan."""
    fits = isinstance(dx, np.ndarray) and dx.shape == case.x.shape and dx.dtype.kind in "fiu"
    return pool_windows(dx if fits else np.full(case.x.shape, np.nan), case.param)


@drawn_once
def tied():
    """Return maps with many ties."""
    random = rng()
    x, dout = random.integers(2, size=(3, 2, 4, 6)) + 0.0, random.normal(size=(3, 2, 2, 3))
    return Tied(x, {"pool_height": 2, "pool_width": 2, "stride": 2}, dout)


@drawn_once
def left_over():
    """Return {layer: case} of windows that do not tile their picture."""
    return {
        "conv_*_naive": convolutions(LEFT_OVER)[0],
        "max_pool_*_naive": poolings({"max pooling, some left over": LEFT_OVER_MAPS}, np.max)[0],
        "avg_pool_*_naive": poolings({"mean pooling, some left over": LEFT_OVER_MAPS}, np.mean)[0],
    }


LAYERS = {
    "leaky_relu_*": (1, 1, lambda: [leaky_relu(at_zero=False)]),
    "sigmoid_*": (2, 2, lambda: [sigmoid(at_zero=False)]),
    "tanh_*": (3, 3, lambda: [tanh(at_zero=False)]),
    "conv_*_naive": (4, 5, conv_cases),
    "conv_*_im2col": (9, 10, all_conv_cases),
    "max_pool_*_naive": (11, 12, max_pool_cases),
    "avg_pool_*_naive": (13, 14, avg_pool_cases),
}
"""{layer: numbers of the checks of its forward and its backward, function that returns cases}."""


def pairs(module):
    """Return {name: (forward, backward)} of this notebook's layers, im2col and col2im among them.

    module: the module that has them, layers.
    """
    named = {"im2col": (module.im2col, module.col2im)}
    for name in LAYERS:
        ways = (name.replace("*", way) for way in ("forward", "backward"))
        named[name] = tuple(getattr(module, each) for each in ways)
    return named


def layers(pairs, cases=None):
    """Yield (name, case, forward, backward, context) of each layer.

    pairs: {name: (forward, backward)}; cases: {name: case}, by default one case of each layer.
    A failure within the context is put down to the checks of that very layer, if it is wrong there.
    """
    cases = cases or {name: many()[0] for name, (_, _, many) in LAYERS.items()}
    for name, case in cases.items():
        earlier = column_entries(*pairs["im2col"]) if name == "conv_*_im2col" else ()
        yield name, case, *pairs[name], put_down_to(*earlier, *entries(name, *pairs[name]))


def resting_on(name, forward, backward):
    """Return a context in which a failure is put down to a layer of this name, if it is wrong."""
    return put_down_to(*entries(name, forward, backward))


@contextmanager
def put_down_to(*earlier):
    """Put a failure within down to the first earlier task that is wrong, see check.after.

    earlier: (number, task, function that returns what it gives, function that returns what is due).
    What is tried within is the same layer again, or made of it alone: no cause is its own.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, check.CheckFailed):
            error.explained = False
        with check.after(*((*entry, due()) for *entry, due in earlier)):
            raise


def entries(name, forward, backward):
    """Return a layer as put_down_to takes it, to try it on the cases of its own checks."""
    there, back, cases = LAYERS[name]

    def outs():
        return tuple(forward(*case.inputs)[0] for case in cases())

    def grads():
        return tuple(g for case in cases() for g in grads_of(case, forward, backward))

    def due():
        return tuple(case.out for case in cases())

    def grads_due():
        return tuple(g for case in cases() for g in case.grads)

    return (
        (there, name.replace("*", "forward"), outs, due),
        (back, name.replace("*", "backward"), grads, grads_due),
    )


def grads_of(case, forward, backward):
    """Return the gradients that a layer sends back in a case; a bias's of shape (1, F) as (F,)."""
    grads = all_of(backward(case.dout, forward(*case.inputs)[1]))
    pairs = zip(grads, case.grads, strict=True)
    return [g[0] if np.shape(g) == (1, *np.shape(due)) else g for g, due in pairs]


def resting_on_columns(im2col, col2im=None):
    """Return a context in which a failure is put down to im2col or col2im, if that is wrong."""
    return put_down_to(*column_entries(im2col, col2im))


def column_entries(im2col, col2im=None):
    """Return im2col and, if it is given, col2im as put_down_to takes them."""

    def cols():
        return tuple(im2col(case.x, *case.windows) for case in column_cases())

    def pictures():
        cases = column_cases()
        return tuple(col2im(case.dcols, case.x.shape, *case.windows) for case in cases)

    found = [(7, "im2col", cols, lambda: tuple(case.cols for case in column_cases()))]
    if col2im:
        found.append((8, "col2im", pictures, lambda: tuple(case.dx for case in column_cases())))
    return found


def single(*values):
    """Return values with arrays of float64 as float32, and all else as it is."""
    return [np.float32(v) if isinstance(v, np.ndarray) else v for v in values]


def all_of(grads):
    """Return gradients as a tuple, one gradient as a tuple of one."""
    return tuple(grads) if isinstance(grads, tuple | list) else (grads,)


@dataclass(frozen=True)
class Net(Case):
    """A net's parameters, the last layer's first, and four examples.

    params: W1 (3, 2, 5, 5), b1, W2 (18, 3), b2, W3 (3, 5), b3; X: (4, 2, 4, 6), y: (4,).
    scores, loss: what the net gives at reg = 0; penalty: what reg = 0.7 adds to the loss.
    slope(name): of the loss at reg = 0; pull(name): what reg = 0.7 adds to a gradient.
    """

    params: dict
    X: np.ndarray
    y: np.ndarray
    scores: Expected
    loss: Expected
    penalty: Expected

    def slope(self, name):
        """Return the Slope of the loss along a parameter."""
        params, X, y = self.params, self.X, self.y

        def loss(p):
            return cross_entropy(net_scores({**params, name: p}, X), y)

        return Slope(loss, params[name], N=4)

    def pull(self, name):
        """Return the part of a regulariser of strength 0.7 in the gradient of a parameter."""
        p = self.params[name]
        pull = REG * p
        total = pull.sum() + 0 * pull
        mistakes = [
            common.l2_without_half(2 * pull),
            *map(common.sum_of_w, (total, 2 * total)),
        ]
        right = pull if name[0] == "W" else 0 * pull
        return Expected(right, mistakes, terms={f"reg * {name}": pull}, N=4)


def relu(x):
    """Return the positive entries, and 0 elsewhere."""
    return (x + np.abs(x)) / 2


def net_scores(params, X, activation=relu, last=relu):
    """Return the scores of a ThreeLayerConvNet, with other activations if need be."""
    W1, W2, W3, b1, b2, b3 = (params[name] for name in sorted(params))
    maps = activation(convolve(X, W1, b1, {"stride": 1, "pad": (W1.shape[2] - 1) // 2}))
    halves = pooled(maps, {"pool_height": 2, "pool_width": 2, "stride": 2}).reshape(len(X), -1)
    return last(halves @ W2 + b2) @ W3 + b3


def cross_entropy(S, y):
    """Return the mean cost of scores."""
    ahead = S - np.take_along_axis(S, y[:, None], axis=1)
    return np.mean(np.log(np.sum(np.exp(ahead), axis=1)))


SIZE = (2, 4, 6), 3, 5, 3, 5
"""Arguments for a ThreeLayerConvNet of the size of small_net()."""


@drawn_once
def small_net():
    """Return a net with parameters of order 1, and its right results."""
    random, sizes = rng(), {"b3": 5, "W3": (3, 5), "b2": 3, "W2": (18, 3), "b1": 3}
    params = {name: random.normal(size=size) for name, size in sizes.items()}
    params["W1"] = random.normal(size=(3, 2, 5, 5)) / 3
    X, y = random.normal(size=(4, 2, 4, 6)), random.integers(5, size=4)
    S = net_scores(params, X)
    last = {"the last bias": params["b3"] + 0 * S}
    scores = Expected(S, cache(partial(wrong_scores, params, X)), terms=last)
    return Net(params, X, y, scores, Expected(cross_entropy(S, y), N=4), penalty(params))


def wrong_scores(params, X):
    """Return the results of usual mistakes with a net's scores."""
    S = net_scores(params, X)
    turned = {**params, "W1": params["W1"][:, :, ::-1, ::-1]}
    linear = (np.array, np.array), (np.array, relu), (relu, np.array)
    found = [
        common.probabilities(np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)),
        *(common.no_relu(net_scores(params, X, *pair)) for pair in linear),
        window_mistakes.flipped(net_scores(turned, X)),
        Mistake("no-b1", "b1 is not added.", net_scores({**params, "b1": 0 * params["b1"]}, X)),
        Mistake("no-b2", "b2 is not added.", net_scores({**params, "b2": 0 * params["b2"]}, X)),
    ]
    return distinct(S, found)


def penalty(params):
    """Return the part of reg = 0.7 in the loss of a net."""
    parts = {f"the part of {name}": REG / 2 * np.sum(p * p) for name, p in params.items()}
    weights = [params[name] for name in ("W1", "W2", "W3")]
    right = sum(REG / 2 * np.sum(W * W) for W in weights)
    parts |= {"that of all biases": sum(parts.values()) - right, "the regulariser": right}
    mistakes = [
        common.l2_without_half(2 * right),
        common.mean_of_squares(REG / 2 * sum(np.mean(W * W) for W in weights)),
        common.plain_sum(REG / 2 * sum(map(np.sum, weights))),
        common.norm_of_w(REG / 2 * sum(map(np.linalg.norm, weights))),
    ]
    return Expected(right, mistakes, terms=parts)


def resting_on_scores(kind):
    """Return a context in which a failure is put down to what a net gives, if that is wrong."""
    case = small_net()

    def given():
        made = kind(*SIZE, dtype="float64")
        made.params = case.params
        return made.loss(case.X), made.loss(case.X, case.y)[0]

    return check.after(17, "ThreeLayerConvNet.loss", given, (case.scores, case.loss))


def single_params(case):
    """Return a Net's parameters as float32."""
    return {name: np.float32(p) for name, p in case.params.items()}


def read_only(net):
    """Give a net of this size read-only parameters; return (its loss due, net.loss, X, y)."""
    case = small_net()
    net.params = {name: check.frozen(p) for name, p in case.params.items()}
    return case.loss, net.loss, case.X, case.y


def check_first_parameters(params):
    """Check shapes, weights with a spread of 0.02 and biases of 0."""
    right = {"W1": (40, 3, 5, 5), "W2": (240, 50), "W3": (50, 60)}
    right |= {"b1": (40,), "b2": (50,), "b3": (60,)}
    check_names("every layer has weights and biases", params, right)
    sizes = [(name, np.shape(params[name]), right[name]) for name in sorted(right)]
    sentence = [f"{name} is {got}, expected {size}." for name, got, size in sizes if got != size]
    check.that("all are of the right shape", not sentence, " ".join(sentence), "shapes")
    zero = not any(np.any(params[name]) for name in right if name[0] == "b")
    check.that("biases are 0", zero, "Some are not.", "biases")
    for name in ["W1", "W2", "W3"]:
        check_drawn(name, np.asarray(params[name], float))
    kinds = {str(np.asarray(p).dtype) for p in params.values()}
    check.that("they are of the net's dtype", kinds == {"float32"}, f"They are {kinds}.", "dtype")


def check_names(claim, got, right):
    """Check that `got` is a dict, and has the names that `right` has."""
    names = set(map(str, got)) if isinstance(got, dict) else set()
    missing, more = (", ".join(sorted(some)) for some in ({*right} - names, names - {*right}))
    sentence = f"Missing: {missing or 'none'}; too many: {more or 'none'}."
    check.that(claim, names == {*right}, sentence, "keys")


def check_drawn(name, W):
    """Check that weights lie around 0, with a standard deviation of 0.02."""
    mean, spread = W.mean(), W.std()
    sentence = f"The mean is {mean:.2g}: draw them around 0."
    check.that(f"{name} has both signs", abs(mean) <= 0.2 * spread, sentence, "one-sign")
    near, sentence = 0.018 < spread < 0.022, f"It is {spread:.3g}."
    check.that("its spread is weight_scale, 0.02", near, sentence, "spread")


def check_seeded(one, same, other):
    """Check that parameters of one seed are the same again, and of another seed are others."""
    known = all(isinstance(params, dict) and "W1" in params for params in (one, same, other))
    again = known and all(np.array_equal(p, same.get(name)) for name, p in one.items())
    told = "They differ: draw with rng." if known else "There is no W1 in params."
    check.that("one seed, the same weights again", again, told, "rng" if known else "keys")
    sentence = "They are the same for every seed."
    check.that("another seed, other weights", np.any(one["W1"] != other["W1"]), sentence, "rng")


def check_net_gradients(case, grads, more):
    """Check a net's gradients at reg = 0, and at reg = 0.7 (more); the last layer's come first."""
    check_names("every parameter has a gradient", grads, case.params)
    for name in ("W3", "b3", "W2", "b2", "W1", "b1"):
        check.gradient(f"d{name}", grads[name], case.slope(name))
        adds = f"reg = 0.7 adds 0.7 * {name} to it"
        claim = adds if name[0] == "W" else "and no regulariser adds to it"
        added = np.reshape(np.subtract(more[name], grads[name]), case.params[name].shape)
        check.close(claim, added, case.pull(name))


def resting_on_affine(affine_forward, affine_backward, relu_forward, relu_backward, softmax_loss):
    """Return a context in which a failure is put down to these layers of the second notebook."""
    random, y, there = rng(), np.arange(3), "of the second notebook"
    x, w, b, dout = (random.normal(size=size) for size in [(3, 2, 4), (8, 5), 5, (3, 5)])

    def affine(x):
        return x.reshape(3, 8) @ w + b

    grads = slope_of(affine, x, dout), x.reshape(3, 8).T @ dout, dout.sum(axis=0)
    cost = cross_entropy(dout, y), slope_of(lambda s: cross_entropy(s, y), dout, 1.0)

    def back():
        return affine_backward(dout, affine_forward(x, w, b)[1])

    return check.after(
        (f"1 {there}", "affine_forward", lambda: affine_forward(x, w, b)[0], affine(x)),
        (f"2 {there}", "affine_backward", back, grads),
        (f"3 {there}", "relu_forward", lambda: relu_forward(x)[0], relu(x)),
        (f"4 {there}", "relu_backward", lambda: relu_backward(x, relu_forward(x)[1]), relu(x)),
        (f"5 {there}", "softmax_loss", lambda: softmax_loss(dout, y), cost),
    )
