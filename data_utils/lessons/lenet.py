"""Notebook 5: shapes by counting places, a net's scores by its formulas, slopes by differences.

A net's parameters are a dict p as in LeNet5.params; it has batch norm if there is a gamma1.
"""

from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import partial

import numpy as np

from .. import check
from ..expected import Expected, Mistake, Slope
from ..gradient_check import eval_numerical_gradient_array as slope_of
from ..seeds import drawn_once, rng
from . import common
from .common import Case
from .windows import convolve, pooled


def places(size, window, stride):
    """Return how many places a window has along a side."""
    return len(range(0, size - window + 1, stride))


def shapes_of(C, H, W, F1, F2, *units):
    """Return the shapes at the arrows of a net for pictures (C, H, W)."""
    halves = [places(side, 2, 2) for side in (H, W)]
    inner = [places(side, 5, 1) for side in halves]
    last = [places(side, 2, 2) for side in inner]
    maps = [(C, H, W), (F1, H, W), (F1, *halves), (F2, *inner), (F2, *last)]
    return maps + [(n,) for n in units]


BEHIND = (
    *("picture", "first convolution", "first pool", "second convolution", "second pool"),
    *("first affine layer", "second affine layer", "last layer"),
)
"""The layer before each arrow."""


@dataclass(frozen=True)
class Plan(Case):
    """A net on paper: its pictures and its sizes.

    input_dim: (C, H, W), num_classes: number, widths: two of filters, then two of units.
    shapes: at the eight arrows; products: how many a picture costs.
    """

    what: str
    input_dim: tuple
    num_classes: int
    widths: tuple
    shapes: list
    products: Expected

    def whole(self, shapes):
        """Return (whether shapes are tuples of whole numbers, sentence, code)."""
        if not isinstance(shapes, list | tuple):
            code = "returned-none" if shapes is None else "type"
            return False, f"Got {shapes}, expected a list of tuples.", code
        sentence = (
            f"Got {shapes}. Sizes are whole numbers, in tuples: `/` makes fractions, `//` not."
        )
        return all(map(is_shape, shapes)), sentence, "type"

    def complete(self, shapes):
        """Tell whether there is a shape for every arrow."""
        return len(shapes) == 8, f"Yours are {len(shapes)}.", "arrows"

    def right(self, shapes):
        """Tell whether eight shapes are right, or which is the first that is not."""
        shapes = [tuple(map(int, shape)) for shape in shapes]
        wrong = [k for k in range(8) if shapes[k] != self.shapes[k]]
        k = wrong[0] if wrong else 0
        sentence = f"Behind the {BEHIND[k]} yours is {shapes[k]}, expected {self.shapes[k]}."
        return not wrong, sentence, f"arrow-{k}"


def is_shape(shape):
    """Tell whether something is a tuple or a list of whole numbers."""
    whole = int | np.integer
    return isinstance(shape, list | tuple) and all(isinstance(n, whole) for n in shape)


@drawn_once
def plans():
    """Return plans for pictures with even sides, with odd ones, small ones, and that of 1998."""
    widths = rng().permutation([7, 8, 9, 10, 11]).tolist()
    sizes = {"even sides": (3, 28, 36), "odd sides": (2, 35, 25), "small": (1, 14, 15)}
    of_1998 = plan("the picture above", (1, 28, 28), 6, 16, 120, 84, 10)
    return [*(plan(what, size, *widths) for what, size in sizes.items()), of_1998]


def plan(what, size, *widths):
    """Return a plan; widths: of all five layers."""
    parts = np.prod(weights_and_uses(*size, *widths), axis=0)
    terms = {f"the part of layer {i}": part for i, part in enumerate(parts, 1)}
    terms |= {"the convolutions' part": sum(parts[:2]), "the affine layers' part": sum(parts[2:])}
    products = Expected(sum(parts), partial(wrong_products, *size, *widths), terms=terms)
    return Plan(what, size, widths[4], widths[:4], shapes_of(*size, *widths), products)


def weights_and_uses(C, H, W, F1, F2, *units):
    """Return how many weights each of the five layers has, and how often each is used."""
    arrows = shapes_of(C, H, W, F1, F2, *units)
    flat = [int(np.prod(arrows[4])), *units]
    weights = [25 * C * F1, 25 * F1 * F2, *(flat[k] * flat[k + 1] for k in range(3))]
    uses = [arrows[1][1] * arrows[1][2], arrows[3][1] * arrows[3][2], 1, 1, 1]
    return np.array(weights), np.array(uses)


def wrong_products(C, H, W, F1, F2, *units):
    """Return the results of usual mistakes with the number of products."""
    weights, uses = weights_and_uses(C, H, W, F1, F2, *units)
    arrows = shapes_of(C, H, W, F1, F2, *units)
    first, second, third, *rest = weights * uses
    area = [shape[-1] * shape[-2] for shape in arrows[:5]]
    dense, total = third + sum(rest), np.sum(weights * uses)
    elsewhere = (weights[0] * area[i] + weights[1] * area[i + 2] for i in (0, 2))
    return [
        weights_not_uses(sum(weights)),
        one_map(first / C + second / F1 + dense),
        one_of_the_filters(first / F1 + second / F2 + dense),
        five_weights((first + second) / 5 + dense),
        *(other_places(products + dense) for products in elsewhere),
        not_flat(first + second + third / area[4] + sum(rest)),
        way_back(3 * total),
        *(biases_counted(total + biases) for biases in numbers_of_biases(arrows)),
    ]


weights_not_uses = partial(
    Mistake,
    "weights-not-uses",
    "This counts the weights; a filter uses each of them at every place.",
)
one_map = partial(
    Mistake,
    "one-map",
    "Every filter looks at one map here; it has weights for all that come in.",
)
one_of_the_filters = partial(
    Mistake,
    "one-of-the-filters",
    "This is counted for one filter; each of them passes over the picture.",
)
five_weights = partial(
    Mistake,
    "five-weights",
    "A filter has 5 x 5 weights for each map; these are 5.",
)
other_places = partial(
    Mistake,
    "other-places",
    "A filter makes as many sums as its own output has places; these are others.",
)
not_flat = partial(
    Mistake,
    "not-flat",
    "The first affine layer takes every number of the last maps, not one for each map.",
)
way_back = partial(
    Mistake,
    "way-back",
    "The way back is counted, too; the question is for the way forward.",
)
biases_counted = partial(
    Mistake,
    "biases-counted",
    "The biases are counted, too; they are added, and only products count.",
)


def numbers_of_biases(arrows):
    """Return how often biases are added, and how many there are."""
    outputs = [arrows[k] for k in (1, 3, 5, 6, 7)]
    return sum(map(np.prod, outputs)), sum(shape[0] for shape in outputs)


WIDE = {"input_dim": (2, 12, 12), "widths": (16, 12, 60, 50), "num_classes": 12}
"""Sizes of a net whose layers all have enough weights to tell their spread."""
SHAPES = {"W1": (16, 2, 5, 5), "W2": (12, 16, 5, 5), "W3": (12, 60), "W4": (60, 50), "W5": (50, 12)}
SHAPES |= {f"b{i}": (n,) for i, n in enumerate((16, 12, 60, 50, 12), 1)}
NORMS = {"gamma1": (16,), "beta1": (16,), "gamma2": (12,), "beta2": (12,)}
"""Shapes of the parameters of a WIDE net, and of those that batch norm adds."""


def some_seed():
    """Return a seed for a net, another one at each grading."""
    return int(rng().integers(1000))


def check_first_parameters(params, spread, dtype, batchnorm=False):
    """Check the first parameters of a WIDE net; spread: None for Xavier's, or a number."""
    check_names_and_shapes(params, SHAPES | NORMS if batchnorm else SHAPES)
    check_spread(params, lambda fans: spread or np.sqrt(2 / fans))
    if batchnorm:
        one = all(np.all(params[f"gamma{i}"] == 1) for i in (1, 2))
        check.that("gammas are 1", one, "They are not.", "gammas")
    kinds = {str(p.dtype) for p in params.values()}
    sentence = f"They are {', '.join(sorted(kinds))}."
    check.that(f"all are {dtype}, as the net's dtype says", kinds == {dtype}, sentence, "dtype")


def check_names_and_shapes(params, right):
    """Check which parameters there are, and how they are shaped."""
    names, sentence = sorted(params), f"They are {sorted(params)}."
    check.that("every layer has its parameters", names == sorted(right), sentence, "keys")
    wrong = [name for name in names if np.shape(params[name]) != right[name]]
    shapes = "; ".join(f"{n} is {np.shape(params[n])}, expected {right[n]}" for n in wrong[:1])
    check.that("all are of the right shape", not wrong, f"{shapes}.", "shape")


def check_spread(params, spread):
    """Check the weights' standard deviation, which is spread(fan_in + fan_out), and the biases."""
    for name, shape in SHAPES.items():
        if name[0] == "W":
            W, right = params[name], spread(np.prod(shape[2:]) * sum(shape[:2]))
            sentence = f"The spread of {name} is {W.std():.3g}, expected about {right:.3g}."
            near = 0.8 < W.std() / right < 1.2
            check.that(f"{name} is spread as it should be", near, sentence, "spread")
            sentence = f"The mean of {name} is {W.mean():.2g}: draw around 0."
            check.that(f"{name} has both signs", abs(W.mean()) < 0.3 * right, sentence, "one-sign")
    zero = not any(np.any(p) for name, p in params.items() if name[0] == "b")
    check.that("biases and betas are 0", zero, "Some are not.", "biases")


def check_drawn(one, again, other):
    """Check that the seed decides what is drawn, and that the layers do not begin alike."""
    same, sentence = (
        all(np.array_equal(one[name], again[name]) for name in one),
        "Draw with self.rng.",
    )
    check.that("one seed, the same weights again", same, sentence, "rng")
    differ = not np.array_equal(one["W1"], other["W1"])
    check.that("another seed, other weights", differ, sentence, "rng")
    starts = [one[f"W{i}"].ravel()[:50] / one[f"W{i}"].flat[0] for i in range(1, 6)]
    alike = any(np.allclose(a, b, 1e-3) for i, a in enumerate(starts) for b in starts[:i])
    sentence = "Some begin with the same numbers: is a generator made anew for each layer?"
    check.that("each layer has numbers of its own", not alike, sentence, "alike")


POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}
ACTIVATIONS = {"tanh": np.tanh, "relu": lambda a: (a + np.abs(a)) / 2}
SIZES = {"W1": (2, 1, 5, 5), "W2": (3, 2, 5, 5), "W3": (6, 5), "W4": (5, 6), "W5": (6, 4)}
SIZES |= {f"b{i}": (n,) for i, n in enumerate((2, 3, 5, 6, 4), 1)}
NORM_SIZES = {"gamma1": (2,), "beta1": (2,), "gamma2": (3,), "beta2": (3,)}
"""Shapes of the parameters of a tiny net for pictures (1, 13, 18), and of its batch norms."""
STATS = [(0.1 * np.arange(n), 0.5 + 0.2 * np.arange(n)) for n in (2, 3)]
"""(running mean, running variance) of its two batch norms."""


def parameters(batchnorm=False, **changed):
    """Return random parameters of a tiny net; changed: shapes that are others."""
    random, p = rng(), {}
    for name, size in reversed((SIZES | (NORM_SIZES if batchnorm else {}) | changed).items()):
        values = random.normal(size=size, scale=0.2 if len(size) == 4 else 0.6)
        p[name] = 1 + values if "gamma" in name else values
    return p


def pictures(p, N=3, H=13, W=18):
    """Return N random pictures for a tiny net."""
    return rng().normal(size=(N, p["W1"].shape[1], H, W))


def net_of(LeNet5, p, activation="tanh", keep=1, size=(13, 18), dtype="float64"):
    """Return a LeNet5 that has these parameters and, for batch norm, STATS."""
    widths, batchnorm = tuple(len(p[f"b{i}"]) for i in (1, 2, 3, 4)), "gamma1" in p
    net = LeNet5(
        (p["W1"].shape[1], *size),
        len(p["b5"]),
        widths=widths,
        batchnorm=batchnorm,
        dropout_keep_ratio=keep,
        initializer=0.1,
        activation=activation,
        dtype=dtype,
    )
    net.params = {name: value.astype(dtype) for name, value in p.items()}
    if batchnorm:
        kept = [{"running_mean": mean.copy(), "running_var": var.copy()} for mean, var in STATS]
        net.bn_params = [{"mode": "train", **param} for param in kept]
    return net


@dataclass(frozen=True)
class TinyNet(Case):
    """A net of a few hundred weights.

    activation: "tanh" or "relu"; params: as in LeNet5.params; X: (N, C, H, W) pictures.
    net(LeNet5): a LeNet5 with these parameters, in float64.
    """

    activation: str
    params: dict
    X: np.ndarray
    keep = 1.0

    @property
    def what(self):
        """Return the special features of the net."""
        return f"{self.activation}{', batch norm' * ('gamma1' in self.params)}"

    def net(self, LeNet5, dtype="float64"):
        """Return a LeNet5 with these parameters."""
        size = self.X.shape[2:]
        return net_of(LeNet5, self.params, self.activation, self.keep, size, dtype)


def on_maps(values):
    """Return an array that has one value for each map."""
    return np.reshape(values, (-1, 1, 1))


def normalise(i, a, p, stats=None):
    """Return batch norm i of maps, if p has it: by given (mean, var), or by the batch's own."""
    if f"gamma{i}" not in p:
        return a
    mean, var = stats[i - 1] if stats else (a.mean(axis=(0, 2, 3)), a.var(axis=(0, 2, 3)))
    hat = (a - on_maps(mean)) / np.sqrt(on_maps(var) + 1e-5)
    return on_maps(p[f"gamma{i}"]) * hat + on_maps(p[f"beta{i}"])


def piece(i, x, p, activation, stats=None, order=("norm", "activation", "pool")):
    """Return block i of x: the convolution and the layers behind it."""
    steps = {"norm": lambda a: normalise(i, a, p, stats), "activation": activation}
    steps |= {"pool": lambda a: pooled(a, POOL), "mean": lambda a: pooled(a, POOL, np.mean)}
    x = conv(i, x, p)
    for name in order:
        x = steps[name](x)
    return x


def conv(i, x, p):
    """Return convolution i of x alone."""
    return convolve(x, p[f"W{i}"], p[f"b{i}"], {"pad": 2 if i == 1 else 0, "stride": 1})


@dataclass(frozen=True)
class Convolution(TinyNet):
    """A block of a tiny net, a convolution and the layers behind it: x (3, C, H, W) enters block i.

    out: what comes out in training.
    """

    i: int
    x: np.ndarray
    out: Expected


@drawn_once
def convolutions():
    """Return both convolutions of four tiny nets: either activation, with batch norm or not."""
    found = []
    for batchnorm in (False, True):
        for name, activation in ACTIVATIONS.items():
            p = parameters(batchnorm, W1=(2, 2, 5, 5))
            X = pictures(p)
            for i, x in ((1, X), (2, piece(1, X, p, activation))):
                out = Expected(
                    piece(i, x, p, activation), partial(wrong_pieces, i, x, p, activation)
                )
                found.append(Convolution(name, p, X, i, x, out))
    return found


no_activation = partial(
    Mistake, "no-activation", "That is what comes out if there is no activation."
)
activation_twice = partial(Mistake, "activation-twice", "The activation is taken twice.")
no_bias = partial(
    Mistake, "no-bias", "The bias is missing: every map, and every unit, has one of its own."
)
other_activation = partial(
    Mistake,
    "other-activation",
    "That is another activation; self.activation says which one the net has.",
)
running_in_training = partial(
    Mistake,
    "running-in-training",
    "This is normalised by the running statistics; in training the batch's own are used.",
)


def wrong_pieces(i, x, p, activation):
    """Return the results of usual mistakes in a block."""
    found = [
        no_activation(piece(i, x, p, activation, order=("norm", "pool"))),
        activation_twice(
            piece(i, x, p, activation, order=("norm", "activation", "activation", "pool"))
        ),
        other_activation(piece(i, x, p, other_than(activation))),
        common.mean(piece(i, x, p, activation, order=("norm", "activation", "mean"))),
        no_bias(piece(i, x, {**p, f"b{i}": 0 * p[f"b{i}"]}, activation)),
        *(wrong_norms(i, x, p, activation) if "gamma1" in p else ()),
    ]
    return distinct(found, piece(i, x, p, activation))


def other_than(activation):
    """Return the other of the two activations."""
    return next(f for f in ACTIVATIONS.values() if f is not activation)


def distinct(mistakes, right):
    """Return the mistakes that change something, each value once: no input may be negative."""
    kept, values = [], [right]
    for mistake in mistakes:
        if not any(np.allclose(mistake.value, value) for value in values):
            kept.append(mistake)
            values.append(mistake.value)
    return kept


def wrong_norms(i, x, p, activation):
    """Return the results of mistakes with batch norm."""
    swapped = {**p, f"gamma{i}": p[f"beta{i}"], f"beta{i}": p[f"gamma{i}"]}
    return [
        common.no_norm(piece(i, x, p, activation, order=("activation", "pool"))),
        Mistake(
            "late-norm",
            "Batch norm comes after the activation; it belongs between convolution and activation.",
            piece(i, x, p, activation, order=("activation", "norm", "pool")),
        ),
        Mistake(
            "last-norm",
            "Batch norm comes after the pool; it belongs between convolution and activation.",
            piece(i, x, p, activation, order=("activation", "pool", "norm")),
        ),
        common.gamma_for_beta(piece(i, x, swapped, activation)),
        running_in_training(piece(i, x, p, activation, STATS)),
    ]


def scores_of(p, X, activation=np.tanh, stats=None, mask=1, axes=(0, 1, 2, 3)):
    """Return the scores of pictures; mask: the factors of dropout on the last hidden layer."""
    maps = piece(2, piece(1, X, p, activation, stats), p, activation, stats)
    return scores_behind(maps.transpose(axes), p, activation, mask)


def scores_behind(maps, p, activation, mask=1):
    """Return the scores that the affine layers make of the last maps."""
    h = maps.reshape(len(maps), -1)
    for i in (3, 4):
        h = activation(h @ p[f"W{i}"] + p[f"b{i}"])
    return h * mask @ p["W5"] + p["b5"]


def softmax(S):
    """Return the probabilities that scores stand for."""
    P = np.exp(S - S.max(axis=1, keepdims=True))
    return P / P.sum(axis=1, keepdims=True)


@dataclass(frozen=True)
class Scored(TinyNet):
    """A tiny net and the scores of three pictures in both modes, {mode: Expected}."""

    test: Expected
    train: Expected

    @property
    def scores(self):
        """Return both by their modes; at test first, which moves no statistics."""
        return {"test": self.test, "train": self.train}

    def moved(self, bn_params):
        """Return (whether both running means have changed, sentence, code)."""
        pairs = zip(bn_params, STATS, strict=True)
        moved = [not np.array_equal(kept["running_mean"], mean) for kept, (mean, _) in pairs]
        return all(moved), f"Moved by mode train: {moved}.", "stays-in-training"


@drawn_once
def scored_nets():
    """Return four tiny nets, with either activation and with batch norm or not; batch norm last."""
    found = []
    for name, activation in ACTIVATIONS.items():
        for batchnorm in (False, True):
            p = parameters(batchnorm, W1=(2, 2, 5, 5))
            X = pictures(p)
            test = expected_scores(p, X, activation, STATS, common.batch_statistics)
            train = expected_scores(p, X, activation, None, running_in_training)
            found.append(Scored(name, p, X, test, train))
    return found


def expected_scores(p, X, activation, stats, other_statistics):
    """Return the scores by some statistics, and the results of usual mistakes."""
    S = scores_of(p, X, activation, stats)
    mistakes = [
        common.probabilities(softmax(S)),
        Mistake(
            "pixel-by-pixel",
            "The maps are laid out pixel by pixel; they should come one after the other, as NumPy "
            "keeps them.",
            scores_of(p, X, activation, stats, axes=(0, 2, 3, 1)),
        ),
    ]
    if "gamma1" in p:
        mistakes.append(other_statistics(scores_of(p, X, activation, None if stats else STATS)))
    maps = piece(2, piece(1, X, p, activation, stats), p, activation, stats)
    mistakes = distinct([*mistakes, *wrong_hidden(maps, p, activation)], S)
    return Expected(S, mistakes, terms={"the last bias": 0 * S + p["b5"]})


def wrong_hidden(maps, p, activation):
    """Return the scores that mistakes in both hidden layers make of the last maps."""
    unbiased = {**p, "b3": 0 * p["b3"], "b4": 0 * p["b4"]}
    return [
        no_activation(scores_behind(maps, p, lambda a: a)),
        other_activation(scores_behind(maps, p, other_than(activation))),
        activation_twice(scores_behind(maps, p, lambda a: activation(activation(a)))),
        no_bias(scores_behind(maps, unbiased, activation)),
    ]


@dataclass(frozen=True)
class Dropped(TinyNet):
    """A tiny net whose last layer passes on the output of dropout.

    Each number is kept with probability 0.4. h: (15, 6) what the last hidden layer gives.
    """

    h: np.ndarray
    keep = 0.4

    def check(self, test, train, again):
        """Check the input of the last layer at test, and twice in training."""
        at_test = Expected(self.h, partial(self.wrong_at_test, test))
        check.close("at test the last layer gets every number", test, at_test)
        elsewhere = np.all(train != 0) and np.any(train != again)
        sentence = "It gets other numbers each time, and none of them is 0."
        claim = "dropout comes right before the last layer"
        check.that(claim, not elsewhere, sentence, "dropout-elsewhere")
        gone = train == 0
        right = Expected(np.where(gone, 0, self.h / 0.4), partial(self.wrong_in_training, gone))
        check.close("in training it gets a number divided by 0.4, or 0", train, right)
        some, sentence = 0 < np.sum(gone) < gone.size, f"{np.mean(gone):.0%} are."
        check.that("some are 0 and some are not", some, sentence, "dropped-share")

    def wrong_at_test(self, test):
        """Return the outputs of usual mistakes at test."""
        h = self.h
        dropped = np.where(np.equal(test, 0), 0, h / 0.4)
        return [
            common.scaled_at_test(h / 0.4),
            common.scaled_at_test(h * 0.4),
            common.dropped_at_test(dropped),
        ]

    def wrong_in_training(self, gone):
        """Return the outputs of usual mistakes in training."""
        return [common.nothing_dropped(self.h), common.not_divided(np.where(gone, 0, self.h))]


@drawn_once
def dropped():
    """Return a tiny net with dropout, and 15 pictures."""
    p = parameters(W5=(6, 6), b5=(6,)) | {"W5": np.eye(6), "b5": np.zeros(6)}
    X = pictures(p, 15)
    return Dropped("tanh", p, X, scores_of(p, X))


def hidden(activation, mask=1):
    """Return a hidden layer as a function of x, W and b."""
    return lambda x, W, b: activation(x @ W + b) * mask


def slopes_along(f, given, dout):
    """Return the slopes of sum(f(*given) * dout) along each array that is given."""

    def along(k):
        return slope_of(lambda v: f(*given[:k], v, *given[k + 1 :]), given[k], dout)

    return tuple(along(k) for k in range(len(given)))


def noted(grads, names):
    """Return (whether a dict has a gradient for each name and no other, sentence, code)."""
    if type(grads) is not dict:
        code = "returned-none" if grads is None else "keys"
        return False, f"Got a {type(grads).__name__}, expected a dict.", code
    missing, more = set(names) - set(grads), set(grads) - set(names)
    kinds = {"Missing": missing, "Too many": more}
    sentence = [f"{kind}: {', '.join(sorted(map(str, of)))}." for kind, of in kinds.items() if of]
    return not sentence, " ".join(sentence), "keys"


@dataclass(frozen=True)
class HiddenLayer(TinyNet):
    """Hidden layer i of a tiny net: x (3, D) goes in, dout (3, M) comes back.

    keep: the share that dropout keeps; mask: what it multiplies out by, known after forward.
    """

    i: int
    x: np.ndarray
    dout: np.ndarray
    keep: float = 1

    @property
    def what(self):
        """Return which layer it is."""
        return f"{self.activation}, layer {self.i}"

    @property
    def given(self):
        """Return x, W and b by their names in the net."""
        W, b = f"W{self.i}", f"b{self.i}"
        return {"x": self.x, W: self.params[W], b: self.params[b]}

    def noted(self, grads):
        """Tell whether W and b have gradients."""
        return noted(grads, list(self.given)[1:])

    def slope(self, name, out=None):
        """Return the Slope of sum(out * dout) along x, W or b; out: the result of forward."""
        activation, given, dout = ACTIVATIONS[self.activation], self.given, self.dout
        mask = 1 if out is None or self.keep == 1 else out / hidden(activation)(*given.values())

        def of(v):
            return np.sum(hidden(activation, mask)(*{**given, name: v}.values()) * dout)

        at, k = given[name], list(given).index(name)
        wrong = partial(wrong_ways_back, k, tuple(given.values()), dout, activation, mask)
        return Slope(of, at, wrong, N=3, keep=self.keep)


back_without_activation = partial(
    Mistake,
    "back-without-activation",
    "The way back goes past the activation: its slope is left out.",
)


def wrong_ways_back(k, given, dout, activation, mask):
    """Return wrong gradients of x, W or b of a hidden layer, the k-th of those given."""
    straight = slopes_along(hidden(lambda a: a, mask), given, dout)[k]
    found = [back_without_activation(straight)]
    if np.ndim(mask):
        sentence = "The way back goes past dropout: what was dropped gets no gradient."
        past = slopes_along(hidden(activation), given, dout)[k]
        found.append(Mistake("back-without-dropout", sentence, past))
    return found


@drawn_once
def hidden_layers():
    """Return the first hidden layer with either activation, and the second with dropout."""
    return [hidden_layer("tanh", 3), hidden_layer("relu", 3), hidden_layer("tanh", 4, 0.4)]


def hidden_layer(activation, i, keep=1):
    """Return hidden layer i of a tiny net, with random x and dout."""
    p, random = parameters(), rng()
    D, M = p[f"W{i}"].shape
    x, dout = random.normal(size=(3, D)), random.normal(size=(3, M))
    return HiddenLayer(activation, p, pictures(p), i, x, dout, keep)


@dataclass(frozen=True)
class Back(TinyNet):
    """A tiny net in training; dscores: (3, 4) the gradient of its scores.

    names: of the parameters to look at, and X; slope(name): what is due.
    """

    names: list
    dscores: np.ndarray

    def noted(self, grads):
        """Tell whether every parameter has a gradient."""
        return noted(grads, self.params)

    def slope(self, name):
        """Return the Slope of sum(scores * dscores) along a parameter or X."""
        values, dscores, activation = (
            {**self.params, "X": self.X},
            self.dscores,
            ACTIVATIONS[self.activation],
        )

        def of(value):
            p = {**values, name: value}
            return np.sum(scores_of(p, p["X"], activation) * dscores)

        wrong = partial(wrong_slopes, name, values, dscores, activation)
        has_wrong = name[-1] == "2" or name in NORM_SIZES
        return Slope(of, values[name], wrong if has_wrong else (), N=3)

    @property
    def scores(self):
        """Return the scores that are due."""
        return scores_of(self.params, self.X, ACTIVATIONS[self.activation])

    def beside_slopes(self, dX, grads):
        """Return what came back along X and each parameter, and what is due: two tuples."""
        found = {**grads, "X": dX}
        names = ("X", *self.params)
        return tuple(map(found.get, names)), tuple(map(self.slope, names))


@drawn_once
def backs():
    """Return tiny nets with either activation, and one with batch norm."""
    found, norms = [], ["gamma2", "beta2", "W2", "gamma1", "beta1", "W1"]
    for activation, names in (("tanh", ["b2", "W2", "b1", "W1", "X"]), ("relu", ["b2", "W1"])):
        found.append(back(activation, names, parameters()))
    return [*found, back("tanh", norms, parameters(batchnorm=True))]


def back(activation, names, p):
    """Return a tiny net with random pictures and dscores."""
    return Back(activation, p, pictures(p), names, rng().normal(size=(3, 4)))


def wrong_slopes(name, p, dscores, activation):
    """Return wrong gradients of a parameter of the second convolution or of batch norm."""
    found = past_a_step(name, p, dscores, activation) if name[-1] == "2" else []
    if name in NORM_SIZES:
        other = name.replace(*("beta", "gamma") if "beta" in name else ("gamma", "beta"))

        def along(v):
            return scores_of({**p, other: v}, p["X"], activation)

        found.append(common.exchanged(slope_of(along, p[other], dscores)))
    return found


def past_a_step(name, p, dscores, activation):
    """Return the second convolution's gradients where one step of the way back is left out."""
    x = piece(1, p["X"], p, activation)

    def normed(p):
        return normalise(2, conv(2, x, p), p)

    a = normed(p)
    dh = slope_of(lambda h: scores_behind(pooled(h, POOL), p, activation), activation(a), dscores)

    def way(f, da):
        return slope_of(lambda v: f({**p, name: v}), p[name], da)

    found = [back_without_activation(way(normed, dh))]
    if "gamma2" in p and name in SIZES:
        sentence = "The way back goes past batch norm: x acts on its mean and variance, too."
        past = way(lambda p: conv(2, x, p), slope_of(activation, a, dh))
        found.append(Mistake("back-without-norm", sentence, past))
    return found


@dataclass(frozen=True)
class Block(TinyNet):
    """Block i of a tiny net with batch norm: x goes in, dout comes back."""

    i: int
    x: np.ndarray
    dout: np.ndarray

    @property
    def what(self):
        """Return which block it is."""
        return f"block {self.i}"

    def forward(self, x):
        """Return what comes out in training."""
        p, i = self.params, self.i
        if i < 3:
            return piece(i, x, p, np.tanh)
        return hidden(np.tanh)(x.reshape(len(x), -1), p[f"W{i}"], p[f"b{i}"])

    @property
    def out(self):
        """Return what comes out of x."""
        return self.forward(self.x)

    @property
    def slope(self):
        """Return the Slope of sum(out * dout) along x."""
        dout = self.dout
        return Slope(lambda x: np.sum(self.forward(x) * dout), self.x)


@drawn_once
def blocks():
    """Return the four blocks of a tiny net, with random x and dout."""
    p, random = parameters(batchnorm=True), rng()
    sizes = [(1, 13, 18), (2, 6, 9), (3, 1, 2), (5,), (6,)]
    arrays = [random.normal(size=(3, *size)) for size in sizes]
    pairs = zip(arrays[:4], arrays[1:], strict=True)
    return [Block("tanh", p, pictures(p), i, x, dout) for i, (x, dout) in enumerate(pairs, 1)]


@contextmanager
def resting_on(number, LeNet5, lenet_shapes, layers):
    """Put a failure within down to an earlier task, if the result of that task is wrong.

    number: of the last check of this notebook that may be to blame.
    """
    try:
        yield
    except Exception as error:
        rows = earlier(LeNet5, lenet_shapes, layers)
        with check.after(*(row for row in rows if isinstance(row[0], str) or row[0] <= number)):
            raise error


def earlier(LeNet5, lenet_shapes, layers):
    """Return rows for check.after, in the order in which they are told."""
    p, q = parameters(), parameters(batchnorm=True)
    return [
        *plan_first(LeNet5, lenet_shapes),
        *layers_first(layers),
        *(pieces_first(LeNet5, each) for each in (p, q)),
        *(scores_first(LeNet5, each) for each in (p, q)),
        dropout_first(LeNet5, p),
        hidden_first(LeNet5, p),
        *(slopes_first(LeNet5, each) for each in (p, q)),
    ]


def plan_first(LeNet5, lenet_shapes, of=(1, 13, 18), widths=(2, 3, 5, 6)):
    """Return rows for check.after: lenet_shapes, and the first parameters."""
    arrows = tuple(np.array(shape) for shape in shapes_of(*of, *widths, 4))

    def shapes():
        return [np.array(shape) for shape in lenet_shapes(of, 4, widths)]

    def params():
        return LeNet5(of, 4, widths=widths).params

    def drawn():
        return [np.array(np.shape(params()[name])) for name in SIZES]

    first = 3, "LeNet5.__init__", drawn, tuple(np.array(size) for size in SIZES.values())
    return (1, "lenet_shapes", shapes, arrows), first


def layers_first(layers):
    """Return rows for check.after: the layers of earlier notebooks that the net is made of."""
    return [row for each in layers_due() for row in layer_first(layers, *each)]


@drawn_once
def layers_due():
    """Return for each of these layers its checks, its name, arguments, result, dout and slopes."""
    a, w, b, g = (rng().normal(size=s) for s in [(4, 3, 2, 2), (12, 5), 5, 3])

    def affine(x, w, b):
        return x.reshape(len(x), -1) @ w + b

    def norm(a, gamma, beta):
        return normalise(1, a, {"gamma1": gamma, "beta1": beta})

    train, test = {"mode": "train"}, {"mode": "test", "p": 0.5}
    return [
        layer_due((3, 3), "third", "tanh", np.tanh, a),
        layer_due((3, 4), "second", "relu", ACTIVATIONS["relu"], a),
        layer_due((1, 2), "second", "affine", affine, a, w, b),
        layer_due((11, 12), "fourth", "spatial_batchnorm", norm, a, g, -g, settings=[train]),
        layer_due((16, 16), "fourth", "dropout", lambda a: 1 * a, a, settings=[test]),
    ]


def layer_due(numbers, which, layer, formula, *given, settings=()):
    """Return what layer_first has to know of a layer, beside the student's."""
    right = formula(*given)
    dout = rng().uniform(-1, 1, size=right.shape)
    slopes = slopes_along(formula, given, dout)
    there = [f"{number} of the {which} notebook" for number in numbers]
    return there, layer, [*given, *settings], right, dout, slopes if len(slopes) > 1 else slopes[0]


def layer_first(layers, there, layer, given, right, dout, slopes):
    """Return two rows for check.after: a layer's forward and backward, and the right results."""

    def run():
        return getattr(layers, f"{layer}_forward")(*deepcopy(given))

    def back():
        return getattr(layers, f"{layer}_backward")(dout.copy(), run()[1])

    forward = there[0], f"{layer}_forward", lambda: run()[0], right
    return forward, (there[1], f"{layer}_backward", back, slopes)


def pieces_first(LeNet5, p):
    """Return a row for check.after: conv_forward, with either activation."""
    X = pictures(p)
    x = {1: X, 2: piece(1, X, p, np.tanh)}
    cases = [(activation, i) for activation in ACTIVATIONS for i in x]
    chosen = [(i, x[i], p, ACTIVATIONS[activation]) for activation, i in cases]
    right = tuple(Expected(piece(*each), partial(wrong_pieces, *each)) for each in chosen)

    def pieces():
        return [net_of(LeNet5, p, activation).conv_forward(i, x[i])[0] for activation, i in cases]

    return 4, "LeNet5.conv_forward", pieces, right


def scores_first(LeNet5, p):
    """Return a row for check.after: the scores in both modes."""
    X = pictures(p)
    right = (
        scores_of(p, X, stats=STATS),
        *(scores_of(p, X, ACTIVATIONS[activation]) for activation in ACTIVATIONS),
    )
    cases = (("tanh", "test"), *((activation, "train") for activation in ACTIVATIONS))

    def scores():
        return [net_of(LeNet5, p, activation).forward(X, mode)[0] for activation, mode in cases]

    return 5, "LeNet5.hidden_forward", scores, right


def dropout_first(LeNet5, p):
    """Return a row for check.after: dropout does nothing at test, and drops or divides by 0.4."""
    p = {**p, "W5": np.eye(6), "b5": np.zeros(6)}
    X = pictures(p)
    right = scores_of(p, X)
    tested: list = []

    def answers():
        net = net_of(LeNet5, p, keep=0.4)
        steps = np.array([net.forward(X, "train")[0] for _ in range(9)])
        shares = np.round(steps / right * 0.4, 6)
        tested[:] = (net.forward(X, "test")[0] for _ in range(2))
        return tested[0], np.setdiff1d(shares, [0, 1]).size

    def mistakes():
        return [] if np.array_equal(*tested) else [common.dropped_at_test(tested[0])]

    return 5, "LeNet5.hidden_forward", answers, (Expected(right, mistakes), 0)


def hidden_first(LeNet5, p):
    """Return a row for check.after: the gradients of both hidden layers, with either activation."""
    cases = whole_layers()

    def answers():
        for case in cases:
            net = net_of(LeNet5, p, case.activation)
            cache = net.hidden_forward(case.i, case.x)[1]
            dx, grads = net.hidden_backward(case.i, case.dout, cache)
            yield from (dx, grads[f"W{case.i}"], grads[f"b{case.i}"])

    return 6, "LeNet5.hidden_backward", lambda: list(answers()), hidden_slopes()


def whole_layers():
    """Return the cases of both hidden layers, with either activation, and nothing dropped."""
    return [hidden_layer(activation, i) for activation in ACTIVATIONS for i in (3, 4)]


@drawn_once
def hidden_slopes():
    """Return the slopes of these cases, one after another."""
    due = [
        slopes_along(hidden(ACTIVATIONS[case.activation]), (*case.given.values(),), case.dout)
        for case in whole_layers()
    ]
    return tuple(slope for of_case in due for slope in of_case)


def slopes_first(LeNet5, p):
    """Return a row for check.after: the gradients of pictures and of both convolutions."""
    case = back("tanh", [], p)
    kinds = ("W", "gamma", "beta") if "gamma1" in p else ("W", "b")  # batch norm takes b away
    names = ("X", *(name for name in p if name[-1] in "12" and name[:-1] in kinds))

    def answers():
        net = net_of(LeNet5, p)
        dX, grads = net.backward(case.dscores, net.forward(case.X, "train")[1])
        return [{**grads, "X": dX}[name] for name in names]

    return 7, "LeNet5.conv_backward", answers, tuple(map(case.slope, names))


def slopes_of_scores(p, X, step=1e-5):
    """Return the slopes of every score along every pixel, (N, classes, C, H, W)."""
    moves = step * np.eye(X[0].size).reshape(-1, *X.shape[1:])
    rises = [scores_of(p, x + moves) - scores_of(p, x - moves) for x in X]
    return np.swapaxes(rises, 1, 2).reshape(len(X), -1, *X.shape[1:]) / (2 * step)


@dataclass(frozen=True)
class Guesses(Case):
    """y: (60,) right classes, predicted: (60,) what they were taken for; counts: (5, 5)."""

    y: np.ndarray
    predicted: np.ndarray
    counts: Expected


def guesses():
    """Return guesses at 60 examples; the last of the five classes never comes up."""
    y, predicted = rng().integers(4, size=(2, 60))
    hot = np.eye(5, dtype=int)
    counts = hot[y].T @ hot[predicted]
    mistakes = [
        Mistake(
            "taken-for-rows",
            "It is transposed: a row is a right class, a column what it was taken for.",
            counts.T,
        ),
        Mistake(
            "counted-once",
            "No entry is above 1: pairs that come again have to be counted again.",
            np.minimum(counts, 1),
        ),
        Mistake(
            "only-right",
            "Only the diagonal is counted; off it are the mistakes.",
            counts * hot,
        ),
        Mistake(
            "only-wrong",
            "The diagonal is empty; right answers are counted, too.",
            counts * (1 - hot),
        ),
    ]
    return Guesses(y, predicted, Expected(counts, mistakes))


@dataclass(frozen=True)
class Asked(TinyNet):
    """A tiny net with dropout, two pictures X (2, 2, 12, 12), and y (2,), classes to ask about.

    maps: (2, 12, 12) how much each pixel matters for the score of its picture's class.
    """

    y: np.ndarray
    maps: Expected
    keep = 0.3

    def unless_random(self, once, again):
        """Return the maps, where a map that is another at a second call is a Mistake."""

        def mistakes():
            same = np.array_equal(once, again())
            return (*self.maps.mistakes, *(() if same else [common.dropped_at_test(once)]))

        return Expected(self.maps.value, mistakes)


@drawn_once
def asked():
    """Return a tiny net, pictures and for each of them a class that is not the likeliest."""
    p = parameters(W1=(2, 2, 5, 5), W3=(3, 5))
    X = pictures(p, 2, 12, 12)
    first, second = scores_of(p, X).argsort(axis=1)
    y = np.array([first[0], second[int(second[0] == first[0])]])
    J = slopes_of_scores(p, X)
    dX = J[range(2), y]
    mistakes = partial(wrong_maps, p, X, y, J)
    return Asked("tanh", p, X, y, Expected(np.abs(dX).max(axis=1), mistakes))


signed = partial(
    Mistake, "signed", "A slope below 0 matters as much as one above: take its size first."
)


def wrong_maps(p, X, y, J):
    """Return the results of usual mistakes with the maps; J: slopes of every score."""
    dX = J[range(2), y]
    size = np.abs(dX)
    return [
        signed(dX.max(axis=1)),
        signed(np.abs(dX.max(axis=1))),
        Mistake(
            "channels-summed",
            "The channels are summed; take the largest of them.",
            size.sum(axis=1),
        ),
        Mistake(
            "channels-averaged",
            "This is the mean of the channels; take the largest of them.",
            size.mean(axis=1),
        ),
        Mistake(
            "over-pictures",
            "The maximum is over the pictures; it should be over the channels.",
            size.max(axis=0),
        ),
        Mistake(
            "times-the-picture",
            "This is the slope times the picture; the slope alone is asked for.",
            np.abs(dX * X).max(axis=1),
        ),
        *other_questions(scores_of(p, X), np.eye(4)[y], J),
    ]


def other_questions(S, of_class, J):
    """Return maps of the slopes of other numbers than the score that is asked about."""

    def along(G):
        return np.abs(np.einsum("nk,nkchw->nchw", G, J)).max(axis=1)

    return [
        all_scores(along(1 + 0 * S)),
        columns_of_all(along(of_class.max(axis=0) + 0 * S)),
        likeliest_class(along(np.eye(4)[S.argmax(axis=1)])),
        of_the_loss(along((softmax(S) - of_class) / 2)),
        scores_go_back(along(S)),
    ]


all_scores = partial(
    Mistake,
    "all-scores",
    "This is the slope of the sum of all scores; the question is about that of one.",
)
columns_of_all = partial(
    Mistake,
    "columns-of-all",
    "Every picture is asked about the classes of all; each has one of its own. Which two indices "
    "name one entry for each picture?",
)
likeliest_class = partial(
    Mistake,
    "likeliest-class",
    "This is the slope of the highest score; y says which score is asked about.",
)
of_the_loss = partial(
    Mistake,
    "of-the-loss",
    "This is the slope of the loss; the question is about that of a score.",
)
scores_go_back = partial(
    Mistake,
    "scores-go-back",
    "The scores themselves are sent back: what has a slope of 1 is the score that is asked about, "
    "and no other.",
)

BUDGET, MOST_STEPS = 1_000_000_000, 1_000
"""The contest: how many products may be spent, and in how many steps at most."""
SCALE = (0.75, 0.85, 0.90, 0.93, 0.95)
"""The accuracies for which there is a bonus point each."""


def price(params):
    """Return the products that a net with these parameters needs for one picture of 28 x 28."""
    uses = {"W1": 28 * 28, "W2": 10 * 10}
    return sum(uses.get(name, 1) * p.size for name, p in params.items() if p.ndim > 1)
