"""Notebook 2: layers by their formulas, nets made of them, steps as sums over the past.

A layer is written here as the words of the notebook say it, not as a student would: templates laid
over examples, halves of sums. Gradients come from central differences of these.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from .. import check
from ..expected import Expected, Mistake, Slope
from ..gradient_check import eval_numerical_gradient_array as slope_of
from ..seeds import rng
from . import common
from .common import Case

N, REG = 5, 0.7
"""The number of examples, and the strength of the regulariser."""


def affine_layer(x, w, b):
    """Return each example times each template, plus the template's bias."""
    templates, places = w.T.reshape(-1, *x.shape[1:]), tuple(range(2, x.ndim + 1))
    return np.sum(x[:, None] * templates, axis=places) + b


@dataclass(frozen=True)
class Affine(Case):
    """An affine layer of three examples.

    x: (3, 2, 1, 4) examples, w: (8, 5), b: (5,), dout: (3, 5) an upstream gradient.
    out: what the layer gives; slope("x"), slope("w"), slope("b"): what comes back.
    """

    x: np.ndarray
    w: np.ndarray
    b: np.ndarray
    dout: np.ndarray
    out: Expected

    @property
    def inputs(self):
        """Return x, w and b."""
        return self.x, self.w, self.b

    def slope(self, name):
        """Return the Slope of sum(out * dout) along x, w or b."""
        inputs = {"x": self.x, "w": self.w, "b": self.b}

        def along(value):
            return np.sum(affine_layer(**{**inputs, name: value}) * self.dout)

        return Slope(along, inputs[name], wrong_slopes(name, self.x, self.dout), N=3)


def affine():
    """Return an affine layer with random numbers, and the results of usual mistakes."""
    random = rng()
    x, w, b, dout = (random.normal(size=s) for s in [(3, 2, 1, 4), (8, 5), 5, (3, 5)])
    out = affine_layer(x, w, b)
    products = out - b
    mistakes = [
        Mistake(
            "columns-first",
            "Each picture is laid out column by column; take the order NumPy keeps.",
            affine_layer(x.swapaxes(1, 3), w, b),
        ),
        Mistake(
            "axes-mixed",
            "The examples are mixed up: reshape never exchanges axes. How many rows are due?",
            affine_layer(x.reshape(8, 3).T, w, b),
        ),
        Mistake(
            "one-bias",
            "Every output gets the sum of all biases; it should get its own.",
            products + b.sum(),
        ),
        Mistake(
            "row-bias",
            "The biases are added along the examples; they belong to the outputs.",
            products + b[:3, None],
        ),
    ]
    terms = {"the bias": np.tile(b, (3, 1)), "example times template": products}
    return Affine(x, w, b, dout, Expected(out, mistakes, terms=terms, D=8))


first_example = partial(
    Mistake, "first-example", "That is what the first example adds; sum over all of them."
)


def wrong_slopes(name, x, dout):
    """Return usual mistakes in the gradient of an affine layer along x, w or b."""
    if name == "w":
        return [first_example(np.outer(x[0], dout[0]))]
    sentence = "This is the largest entry; the question is for the sum."
    return [Mistake("largest", sentence, dout.max(axis=0))] if name == "b" else []


def relu_layer(x):
    """Return the positive entries, and 0 elsewhere."""
    return (x + np.abs(x)) / 2


@dataclass(frozen=True)
class Relu(Case):
    """A ReLU: x (4, 3, 5), of which some entries are exactly 0, and dout, shaped like x.

    out: what the layer gives; slope: that of sum(out * dout) along x.
    """

    x: np.ndarray
    dout: np.ndarray
    out: Expected
    slope: Slope


def relu():
    """Return inputs on both sides of the corner of a ReLU, and exactly on it."""
    random = rng()
    x, dout = random.normal(size=(4, 3, 5)), random.uniform(0.5, 2, size=(4, 3, 5))
    x[random.integers(4, size=3), :, random.integers(5)] = 0
    dout = dout * random.choice([-1, 1], size=dout.shape)
    where = {"where x is negative": x < 0, "where x is positive": x > 0}
    out = Expected(relu_layer(x), wrong_relus(x), where=where)

    def along(x):
        return np.sum(relu_layer(x) * dout)

    return Relu(x, dout, out, Slope(along, x, wrong_masks(x, dout), where=where))


def wrong_relus(x):
    """Return the results of usual mistakes with the input of a ReLU."""
    return [
        common.absolute(np.abs(x)),
        Mistake("nothing-cut", "This is x itself; what is negative should become 0.", x),
        Mistake(
            "mask-alone",
            "This is 1 where x is positive; x itself should come out there.",
            (x > 0).astype(float),
        ),
        Mistake(
            "negative-part",
            "Negative numbers pass, positive ones do not; it is the other way round.",
            x - relu_layer(x),
        ),
    ]


def wrong_masks(x, dout):
    """Return the gradients of usual mistakes through a ReLU."""
    return [
        common.mask_of_dout(relu_layer(dout)),
        common.no_mask(dout),
        common.no_dout(np.sign(relu_layer(x))),
        Mistake(
            "other-half",
            "It is stopped where x is positive; it should be where x is negative.",
            dout * np.sign(relu_layer(-x)),
        ),
        Mistake(
            "times-x",
            "This is dout times x; the slope of a ReLU is 1 where x is positive.",
            dout * relu_layer(x),
        ),
    ]


@dataclass(frozen=True)
class LogProbabilities(Case):
    """Scores that are logarithms of probabilities: x (4, 5), right classes y (4,).

    raised: the same scores, 10,000 higher or lower; one_hot: y as one-hot rows (4, 5).
    loss, dx: what they cost, and its gradient.
    """

    x: np.ndarray
    y: np.ndarray
    raised: np.ndarray
    one_hot: np.ndarray
    loss: Expected
    dx: Expected


def log_probabilities():
    """Return random probabilities as scores; their cost can be read off."""
    random = rng()
    P, y = random.dirichlet(np.full(5, 2.0), size=4), random.integers(5, size=4)
    one_hot, x = np.eye(5)[y], np.log(P)
    loss = Expected(cost_of(P, y), lambda: other_costs(P, y), N=4, C=5)
    slopes = [
        Mistake(
            "log-p",
            "This is made of log p; the slope is p, less the 1 of the right class.",
            (x - one_hot) / 4,
        ),
        Mistake(
            "every-row",
            "The columns of the right classes are changed in every row; each row has one right "
            "class. Which two indices name one entry for each row?",
            (P - one_hot.max(axis=0)) / 4,
        ),
    ]
    ones = {"the 1 that each right class subtracts": -one_hot / 4}
    dx = Expected((P - one_hot) / 4, slopes, terms=ones, N=4, C=5, y=y)
    raised = x + np.array([[1e4], [-1e4], [0], [500]])
    return LogProbabilities(x, y, raised, one_hot, loss, dx)


def cost_of(P, y):
    """Return the mean cost if P are the probabilities."""
    return np.mean(-np.log(P[range(len(y)), y]))


def other_costs(P, y):
    """Return the costs of probabilities by usual mistakes."""
    Q, R = P / P.max(axis=0), P / P.max(axis=1, keepdims=True)
    sentence = "A mean of exponentials stands where their sum should be."
    return [
        *(common.over_examples(cost_of(p / p.sum(axis=0), y)) for p in (P, R)),
        *(common.over_all(cost_of(p / p.sum(), y)) for p in (P, R)),
        common.shift_by_class(cost_of(Q / Q.sum(axis=1, keepdims=True), y)),
        common.every_class(-np.log(P).mean()),
        common.likeliest(-np.log(P.max(axis=1)).mean()),
        common.no_log(np.mean(1 - P[range(4), y])),
        Mistake("mean-for-sum", sentence, cost_of(P, y) - np.log(5)),
        Mistake(
            "columns-of-all",
            "Every example is asked about the classes of all; each has one of its own. Which two "
            "indices name one entry for each example?",
            np.mean(-np.log(P[:, y])),
        ),
        Mistake(
            "log-of-mean",
            "This is the cost of the mean probability; the mean of the costs is asked for: take "
            "the logarithm first.",
            -np.log(np.mean(P[range(4), y])),
        ),
    ]


@dataclass(frozen=True)
class Behind(Case):
    """One example whose right class lies behind the other: x (1, 2), y (1,), and its cost."""

    x: np.ndarray
    y: np.ndarray
    loss: Expected


def behind(gap):
    """Return an example whose right class lies so far behind the other, which it costs."""
    mistakes = [common.guarded(-np.log(np.exp(-gap) + 10.0**-k)) for k in range(5, 16)]
    x, y = np.array([[0.0, gap]]), np.array([0])
    return Behind(x, y, Expected(np.logaddexp(0, gap), mistakes))


@dataclass(frozen=True)
class Margins(Case):
    """Scores with random margins: x (4, 5), y (4,); loss, dx: the hinge loss, its gradient."""

    x: np.ndarray
    y: np.ndarray
    loss: Expected
    dx: Expected


def margins():
    """Return scores made of random margins, whose hinge loss is a mean of these."""
    random = rng()
    M, y = random.normal(size=(4, 5)), random.integers(5, size=4)
    one_hot = np.eye(5)[y]
    x = M - 1 - one_hot * (M - 1) + random.normal(size=(4, 1))
    violated = (M > 0) * (1 - one_hot)
    own = {"the 1 that each example would pay for its right class": 1.0}
    loss = np.sum(violated * M) / 4
    loss = Expected(loss, lambda: other_means(M, one_hot), terms=own, N=4, C=5)
    pulls = one_hot * violated.sum(axis=1, keepdims=True)
    parts = {
        "the push of a right class by itself": one_hot / 4,
        "the pull of right classes": -pulls / 4,
    }
    pushes = other_pushes(violated * M, one_hot)
    return Margins(x, y, loss, Expected((violated - pulls) / 4, pushes, terms=parts, N=4, C=5, y=y))


def other_means(M, one_hot):
    """Return the results of usual mistakes with margins."""
    sentence = "The 1 in the margins is missing."
    found = [
        common.turned(relu_layer(2 - M)),
        Mistake("no-1", sentence, relu_layer(M - 1)),
        common.squared_margins(relu_layer(M) ** 2),
        common.not_cut(M),
    ]
    return [Mistake(m.code, m.sentence, np.sum((1 - one_hot) * m.value) / 4) for m in found]


def other_pushes(pushes, one_hot):
    """Return usual mistakes in the gradient; pushes: violated margins, by their size."""
    own = one_hot * pushes.sum(axis=1, keepdims=True)
    sentence = "The slope is counted in margins; a violated margin pushes by 1, whatever its size."
    all_pushed = "Every margin counts as violated: a margin of exactly 0, after the cut, holds."
    pulled = [(1 - one_hot - pull * one_hot) / 4 for pull in (4, 5)]
    return [
        Mistake("margins", sentence, (pushes - own) / 4),
        *(Mistake("all-pushed", all_pushed, value) for value in pulled),
    ]


def resting_on(affine_forward, affine_backward, relu_forward, relu_backward, softmax_loss):
    """Return a context in which a failure is put down to one of these layers, if that is wrong."""
    case, y = affine(), np.arange(3)
    x, scores = case.x, case.dout
    slopes = tuple(along(case.slope(name)) for name in ("x", "w", "b"))
    cost = cross_entropy(scores, y), slope_of(lambda s: cross_entropy(s, y), scores, 1.0)
    return check.after(
        (1, "affine_forward", lambda: affine_forward(*case.inputs)[0], case.out),
        (
            2,
            "affine_backward",
            lambda: affine_backward(case.dout, affine_forward(*case.inputs)[1]),
            slopes,
        ),
        (3, "relu_forward", lambda: relu_forward(x)[0], relu_layer(x)),
        (4, "relu_backward", lambda: relu_backward(1 - x, relu_forward(x)[1]), masked(1 - x, x)),
        (5, "softmax_loss", lambda: softmax_loss(scores, y), cost),
    )


def along(slope):
    """Return the slope that is due, by central differences."""
    return slope_of(slope.of, slope.at, 1.0)


def masked(dout, x):
    """Return the gradient of a ReLU for dout, where no entry of its input x is 0."""
    return dout * (1 + np.sign(x)) / 2


def resting_on_softmax(softmax_loss):
    """Return a context in which a failure is put down to what softmax_loss makes of labels."""
    case = log_probabilities()

    def answers():
        return *softmax_loss(case.x, case.y), softmax_loss(case.raised, case.y)[0]

    return check.after(5, "softmax_loss", answers, (case.loss, case.dx, case.loss))


def net_scores(params, X):
    """Return the scores of a net of affine layers with a ReLU between them."""
    for i in range(1, len(params) // 2 + 1):
        X = affine_layer(X if i == 1 else relu_layer(X), params[f"W{i}"], params[f"b{i}"])
    return X


def cross_entropy(S, y):
    """Return the mean cost of scores."""
    ahead = S - np.take_along_axis(S, y[:, None], axis=1)
    return np.mean(np.log(np.sum(np.exp(ahead), axis=1)))


@dataclass(frozen=True)
class Net(Case):
    """A net's parameters, and five examples.

    params: W1, b1, W2, b2, ..., the last layer's first; X: (5, 2, 2), y: (5,).
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

        is_first = name == "W1" and len(params) == 4
        wrong = (lambda: wrong_ways_back(params, X, y)) if is_first else ()
        return Slope(loss, params[name], wrong, N=N)

    def pull(self, name):
        """Return the part of a regulariser of strength 0.7 in the gradient of a parameter."""
        p = self.params[name]
        pull = REG * p
        mistakes = [common.l2_without_half(2 * pull), common.sum_of_w(pull.sum() + 0 * pull)]
        right = pull if name[0] == "W" else 0 * pull
        return Expected(right, mistakes, terms={f"reg * {name}": pull}, N=N)


def net(*sizes):
    """Return a net with layers of these sizes, and its right results; the first size is 4."""
    random, params = rng(), {}
    for i in range(len(sizes) - 1, 0, -1):
        params[f"b{i}"] = random.normal(size=sizes[i])
        params[f"W{i}"] = random.normal(size=sizes[i - 1 : i + 1])
    X, y = random.normal(size=(N, 2, 2)), random.integers(sizes[-1], size=N)
    S = net_scores(params, X)
    scores = Expected(
        S, lambda: other_scores(params, X), terms={"the last bias": last_bias(params)}
    )
    return Net(params, X, y, scores, Expected(cross_entropy(S, y), N=N), penalty(params))


def last_bias(params):
    """Return the last bias, once for each example."""
    return np.tile(params[f"b{len(params) // 2}"], (N, 1))


def other_scores(params, X):
    """Return the results of usual mistakes with a net's scores."""
    S, linear = net_scores(params, X), X
    for i in range(1, len(params) // 2 + 1):
        linear = affine_layer(linear, params[f"W{i}"], params[f"b{i}"])
    P = np.exp(S) / np.exp(S).sum(axis=1, keepdims=True)
    found = [common.probabilities(P), common.no_relu(linear)]
    if len(params) > 2:
        sentence = "The first layer's bias is left out."
        unbiased = net_scores({**params, "b1": 0 * params["b1"]}, X)
        found.append(Mistake("no-first-bias", sentence, unbiased))
    return found


def penalty(params):
    """Return the part of reg = 0.7 in the loss of a net."""
    weights = [params[name] for name in sorted(params) if name[0] == "W"]
    part = [REG / 2 * np.sum(W * W) for W in weights]
    terms = {f"the part of {name}": REG / 2 * np.sum(p * p) for name, p in params.items()}
    terms["the part of all biases"] = sum(terms.values()) - sum(part)
    terms["the regulariser"] = sum(part)
    formulas = (
        (common.plain_sum, np.sum),
        (common.norm_of_w, np.linalg.norm),
        (common.mean_of_squares, lambda W: np.mean(W * W)),
    )
    mistakes = [
        common.l2_without_half(2 * sum(part)),
        *wrong_sums(part),
        *(named(REG / 2 * sum(map(formula, weights))) for named, formula in formulas),
    ]
    return Expected(sum(part), mistakes, terms=terms)


def wrong_sums(part):
    """Return usual mistakes in the sum over all W; part: the share of each."""
    twice = "W1 counts twice, and another W not at all."
    found = [Mistake("w1-twice", twice, sum(part) + part[0] - p) for p in part]
    if len(part) > 2:
        first = "Only the first W counts: does the sum go on to the others?"
        last = "Only the last W counts: is what the others added lost?"
        found += [Mistake("first-alone", first, part[0]), Mistake("last-alone", last, part[-1])]
    return found


def wrong_ways_back(params, X, y):
    """Return dW1 by wrong ways back through a two-layer net."""
    W1, b1, W2, b2 = (params[name] for name in ("W1", "b1", "W2", "b2"))
    h = relu_layer(affine_layer(X, W1, b1))
    ds = slope_of(lambda s: cross_entropy(s, y), affine_layer(h, W2, b2), 1.0)
    dh = slope_of(lambda h: affine_layer(h, W2, b2), h, ds)
    first = dh * np.sign(h) * (np.arange(len(X)) == 0)[:, None]

    def dW1(da):
        return slope_of(lambda W: affine_layer(X, W, b1), W1, da)

    return [
        Mistake(
            "back-without-relu",
            "The way back goes past the ReLU: where the unit was off, nothing flows.",
            dW1(dh),
        ),
        Mistake(
            "back-mask-of-dout",
            "The ReLU's mask on the way back is that of the gradient; it should be that of the "
            "hidden units.",
            dW1(relu_layer(dh)),
        ),
        first_example(dW1(first)),
    ]


def check_first_parameters(params, *sizes):
    """Check that weights have a spread of 0.02 and biases are 0, for layers of these sizes."""
    check_shapes(params, sizes)
    zero = not any(np.any(p) for name, p in params.items() if name[0] == "b")
    check.that("biases are 0", zero, "Some are not.", "biases")
    for W in (np.asarray(params[f"W{i}"]) for i in range(1, len(sizes))):
        sentence = f"The mean is {W.mean():.2g}: draw them around 0."
        check.that("weights have both signs", abs(W.mean()) <= 0.2 * W.std(), sentence, "one-sign")
        sentence = f"It is {W.std():.3g}."
        check.that(
            "their spread is weight_scale, 0.02", 0.018 < W.std() < 0.022, sentence, "spread"
        )


def check_shapes(params, sizes):
    """Check the names and the shapes of weights and biases, for layers of these sizes."""
    right = {f"W{i}": sizes[i - 1 : i + 1] for i in range(1, len(sizes))}
    right |= {f"b{i}": sizes[i : i + 1] for i in range(1, len(sizes))}
    shapes = {name: np.shape(p) for name, p in params.items()} if type(params) is dict else {}
    odd = [n for n in sorted({*right, *shapes}, key=str) if shapes.get(n) != right.get(n)]
    sentence = [f"{n}: {shapes.get(n, 'missing')}, expected {right.get(n, 'none')}" for n in odd]
    check.that("every layer has weights and biases", not odd, f"{'; '.join(sentence)}.", "shapes")


def check_loss_and_gradients(net, case):
    """Check the loss of a net, the part of its regulariser, and its gradients, against a Net."""
    loss, grads = net.loss(case.X, case.y)
    check.close("the loss is the mean cross-entropy", loss, case.loss)
    net.reg = REG
    with_reg, more = net.loss(case.X, case.y)
    check.close("reg = 0.7 adds 0.35 * sum(W * W) for each W", with_reg - loss, case.penalty)
    check_gradients(case, grads, more)


def check_gradients(case, grads, more):
    """Check a net's gradients at reg = 0, and at reg = 0.7 (more), against a Net's slopes."""
    names = sorted(grads, key=str) if type(grads) is dict else type(grads)
    right = names == sorted(case.params)
    check.that("every parameter has a gradient", right, f"Got {names}.", "keys")
    for name in sorted(case.params):
        check.gradient(f"d{name}", grads[name], case.slope(name))
        adds = f"reg = 0.7 adds 0.7 * {name} to it"
        claim = adds if name[0] == "W" else "and no regulariser adds to it"
        added = np.subtract(more[name], grads[name])
        check.close(claim, np.reshape(added, case.params[name].shape), case.pull(name))


def check_drawn(net, one, same, other):
    """Check the dtype of a net's parameters in float32, and that a seed draws the same again."""
    kinds = {str(np.asarray(p).dtype) for p in one.values()}
    sentence = f"They are {', '.join(sorted(kinds))}."
    check.that(
        f"the parameters of {net} are of the net's dtype", kinds == {"float32"}, sentence, "dtype"
    )
    equal = all(np.array_equal(one[name], same[name]) for name in one)
    check.that(
        f"{net}: the same seed draws the same weights", equal, "Draw them with the seed.", "seed"
    )
    sentence = "They are the same for every seed."
    check.that(
        f"{net}: another seed draws others", np.any(one["W1"] != other["W1"]), sentence, "seed"
    )


def small_net():
    """Return a net of sizes 4, 5, 3."""
    return net(4, 5, 3)


def read_only(net):
    """Give a net of sizes 4, 5, 3 read-only parameters; return (its loss due, net.loss, X, y)."""
    case = small_net()
    net.params = {name: check.frozen(p) for name, p in case.params.items()}
    return case.loss, net.loss, case.X, case.y


def single_params(case):
    """Return a net's parameters in float32."""
    return {name: np.float32(p) for name, p in case.params.items()}


@dataclass(frozen=True)
class Beyond(Case):
    """What is asked of layers, losses and rules beyond CS231n, in whatever floats, and is due.

    x, w, b, dout: of an affine layer; dout and y: scores and labels for a loss.
    affine: what comes out and what comes back; relu: the same, of dout both ways.
    costs: {loss: (what it costs, its gradient)}; moves: {rule: w after a step along w itself}.
    """

    x: np.ndarray
    w: np.ndarray
    b: np.ndarray
    dout: np.ndarray
    y: np.ndarray
    affine: tuple
    relu: tuple
    costs: dict
    moves: dict

    @property
    def inputs(self):
        """Return x, w and b."""
        return self.x, self.w, self.b


def beyond(dtype=float):
    """Return what is asked beyond CS231n, of inputs of a dtype; rules take default settings."""
    case, y = affine(), np.arange(3)
    w, scores = case.w, case.dout
    slopes = tuple(case.slope(name) for name in ("x", "w", "b"))
    losses = {"softmax_loss": cross_entropy, "svm_loss": hinge}
    costs = {name: (f(scores, y), Slope(partial(f, y=y), scores)) for name, f in losses.items()}
    steps = {
        "sgd_momentum": 0.01 * w,
        "rmsprop": 0.01 * w / (0.1 * np.abs(w) + 1e-8),
        "adam": 1e-3 * w / (np.abs(w) + 1e-8),
    }
    moves = {name: w - step for name, step in steps.items()}
    x, w, b, dout = (a.astype(dtype) for a in (*case.inputs, scores))
    relu = relu_layer(scores), masked(scores, scores)
    return Beyond(x, w, b, dout, y, (case.out, *slopes), relu, costs, moves)


def hinge(S, y):
    """Return the mean hinge loss of scores."""
    own = np.take_along_axis(S, y[:, None], axis=1)
    return np.mean(relu_layer(S - own + 1).sum(axis=1) - 1)


def both_ways(layer, dout, *inputs):
    """Return (out, *gradients) of a layer, a pair (forward, backward).

    dout: shaped like out; inputs: the arrays that forward takes.
    """
    forward, backward = layer
    out, cache = forward(*inputs)
    return out, *check.as_tuple(backward(dout, cache))


def left_alone(name, layer, due, dout, *inputs):
    """Check that both ways of a layer leave their arguments alone and give what is right.

    layer: (forward, backward); due: (out, *gradients); dout, inputs: as in both_ways.
    """
    forward, backward = layer
    _, cache = check.left_alone(f"{name}_forward", due[0], forward, *inputs)
    check.left_alone(f"{name}_backward", due[1:], backward, dout, cache)


def resting_on_others(svm_loss, rules):
    """Return a context in which a failure is put down to svm_loss or to a rule, if it is wrong.

    rules: sgd_momentum, rmsprop and adam.
    """
    case = beyond()
    cost, slope = case.costs["svm_loss"]
    steps = [
        (number, name, partial(lambda rule: rule(case.w, case.w)[0], rule), case.moves[name])
        for number, name, rule in zip((12, 13, 14), case.moves, rules, strict=True)
    ]
    due = cost, along(slope)
    return check.after((6, "svm_loss", lambda: svm_loss(case.dout, case.y), due), *steps)


def resting_on_net(number, name, build):
    """Return a context in which a failure is put down to what a net gives, if that is wrong.

    number: of its check; build: function of a dtype that returns a net of sizes 4, 5, 3.
    """
    case = small_net()

    def given():
        net = build(dtype="float64")
        net.params = case.params
        return net.loss(case.X), net.loss(case.X, case.y)[0]

    return check.after(number, name, given, (case.scores, case.loss))


RATES = np.array([0.2, 0.2, 0.05, 0.05])
EACH = RATES.reshape(4, 1, 1)
"""The learning rates of four steps; the same, for gradients (4, 3, 2)."""


def faded(values, share):
    """Return, for each step, the sum of all values so far; each step further back counts less."""
    return np.array([sum(share ** (t - k) * values[k] for k in range(t + 1)) for t in range(4)])


@dataclass(frozen=True)
class Steps(Case):
    """Four gradients dw (4, 3, 2), and where an update rule should go with them.

    moves: of w, one for each step; kept: {name: what config should hold after the last}.
    first: the first step's move with default settings, for gradients that are tiny (dw / 1e7).
    """

    dw: np.ndarray
    moves: Expected
    kept: dict
    first: np.ndarray

    @property
    def tiny(self):
        """Return a gradient of 1e-7 times the first."""
        return 1e-7 * self.dw[0]


@dataclass(frozen=True)
class AdamSteps(Steps):
    """Four Steps of Adam, with epsilon added after the correction; early: before it."""

    early: Steps

    def as_written(self, moves):
        """Return the Steps that moves agree with: CS231n has handed out both."""
        agree = np.shape(moves) == self.early.moves.value.shape
        agree = agree and np.allclose(moves, self.early.moves.value, 1e-6, 0)
        return self.early if agree else self


def gradients():
    """Return four random gradients (4, 3, 2), some entries of them tiny and one always 0."""
    return rng().normal(size=(4, 3, 2)) * np.array([[1, 1], [1e-3, 1], [1e-7, 0]])


def four_steps(rule, dw, **config):
    """Return the four moves that a rule makes, at RATES, and its config after the last."""
    w, moves = np.zeros((3, 2)), []
    with np.errstate(all="ignore"):
        for gradient, rate in zip(dw, RATES, strict=True):
            before = w.copy()
            w, config = rule(w, gradient, {**config, "learning_rate": float(rate)})
            moves.append(check.as_array("next_w", w, before) - before)
            check.require_dict("config", config)
    return np.array(moves), config


forgets = partial(
    Mistake,
    "forgets",
    "Each step is as if it were the first: what has to be kept in config is not there.",
)
defaults = partial(
    Mistake,
    "defaults",
    "This is what a default setting gives, and config asks for another: is a number written in?",
)
step_before = partial(
    Mistake,
    "step-before",
    "w moves by what was kept of the step before; bring it up to date first.",
)
no_root = partial(
    Mistake,
    "no-root",
    "The root is missing: squares are not as large as the gradient, their root is.",
)
eps_inside = partial(Mistake, "eps-inside", "epsilon stands inside the root; add it to the root.")


def delayed(values):
    """Return values a step later, 0 at first."""
    return np.append(0 * values[:1], values[:-1], axis=0)


def momentum_steps():
    """Return four steps with momentum 0.6."""
    dw = gradients()
    v = -faded(EACH * dw, 0.6)
    mistakes = [
        forgets(-EACH * dw),
        Mistake(
            "rate-outside",
            "The learning rate belongs inside the velocity: when the rate changes, older pushes "
            "keep theirs.",
            -EACH * faded(dw, 0.6),
        ),
        Mistake(
            "nesterov",
            "This is Nesterov's momentum, which looks ahead; move w by v.",
            v + 0.6 * np.diff(v, axis=0, prepend=0),
        ),
        Mistake("no-rate", "The learning rate is left out.", -faded(dw, 0.6)),
        step_before(delayed(v)),
        defaults(-faded(EACH * dw, 0.9)),
        defaults(-faded(0.01 * dw, 0.6)),
    ]
    return Steps(dw, Expected(v, mistakes), {"velocity": v[-1]}, -1e-9 * dw[0])


def rmsprop_steps():
    """Return four steps with decay rate 0.8 and epsilon 1e-3."""
    dw = gradients()
    c = 0.2 * faded(dw**2, 0.8)
    first = -0.01 * 1e-7 * dw[0] / (0.1 * np.abs(1e-7 * dw[0]) + 1e-8)
    return Steps(dw, Expected(rmsprop_move(dw, c), other_rmsprops(dw, c)), {"cache": c[-1]}, first)


def rmsprop_move(dw, c, epsilon=1e-3):
    """Return the moves of RMSProp, given the running mean c of the squares."""
    return -EACH * dw / (np.sqrt(c) + epsilon)


def other_rmsprops(dw, c):
    """Return the moves that mistakes make; c: the right running mean."""
    move, t = partial(rmsprop_move, dw), np.arange(1, 5).reshape(4, 1, 1)
    adagrad = "This sums the squares up, as AdaGrad does; take a running mean."
    as_adam = "That is Adam's correction for the start; RMSProp has none."
    one_size = "All entries are divided by one size; each has a running mean of its own."
    sizes = 0.2 * faded(np.sum(dw**2, axis=(1, 2), keepdims=True), 0.8)
    return [
        forgets(move(0.2 * dw**2)),
        Mistake("adagrad", adagrad, move(faded(dw**2, 1))),
        common.swapped(move(0.8 * faded(dw**2, 0.2))),
        no_root(move(c**2)),
        eps_inside(-EACH * dw / np.sqrt(c + 1e-3)),
        step_before(move(delayed(c))),
        Mistake("as-adam", as_adam, move(c / 0.2)),
        Mistake("as-adam", as_adam, move(c / (1 - 0.8**t))),
        Mistake("one-size", one_size, move(sizes)),
        defaults(move(0.01 * faded(dw**2, 0.99))),
        defaults(0.01 * move(c) / EACH),
        defaults(move(c, 1e-8)),
    ]


def adam_steps():
    """Return four steps with beta1 0.7, beta2 0.9 and epsilon 1e-3."""
    dw, t = gradients(), np.arange(1, 5).reshape(4, 1, 1)
    m, v = 0.3 * faded(dw, 0.7), 0.1 * faded(dw**2, 0.9)
    right = adam_move(m / (1 - 0.7**t), v / (1 - 0.9**t))
    first = -1e-3 * dw[0] / (np.abs(dw[0]) + 0.1)
    moves = Expected(right, lambda: [*other_starts(m, v, t), *other_adams(dw, m, v, t)])
    kept, root = {"m": m[-1], "v": v[-1]}, np.sqrt(1 - 0.9**t)
    early = -EACH * m / (1 - 0.7**t) * root / (np.sqrt(v) + 1e-3)
    early_first = -1e-3 * dw[0] / (np.abs(dw[0]) + 0.1 / np.sqrt(0.001))
    return AdamSteps(dw, moves, kept, first, Steps(dw, Expected(early), kept, early_first))


def adam_move(mean, square, epsilon=1e-3):
    """Return the moves of Adam, given the corrected means of gradients and of their squares."""
    return -EACH * mean / (np.sqrt(square) + epsilon)


def other_starts(m, v, t):
    """Return the moves by usual mistakes in making up for means that start at 0."""
    mean, square = m / (1 - 0.7**t), v / (1 - 0.9**t)
    uncorrected = "The means start at 0, and nothing makes up for it."
    frozen = "The correction stays as at the first step: t has to be counted, and kept."
    only_m = "Only m is corrected for its start; v starts at 0 as well."
    only_v = "Only v is corrected for its start; m starts at 0 as well."
    times_t = "The start is made up for with 1 - beta * t; it is beta to the power of t."
    swapped = "beta1 and beta2 are exchanged where the start is made up for."
    late = "The first step counts as the second: let t begin at 0, and be 1 at the first step."
    return [
        Mistake("uncorrected", uncorrected, adam_move(m, v)),
        Mistake("frozen-t", frozen, adam_move(m / 0.3, v / 0.1)),
        Mistake("only-m", only_m, adam_move(mean, v)),
        Mistake("only-v", only_v, adam_move(m, square)),
        Mistake("times-t", times_t, adam_move(m / (1 - 0.7 * t), square)),
        Mistake("betas-swapped-at-start", swapped, adam_move(m / (1 - 0.9**t), v / (1 - 0.7**t))),
        Mistake("t-one-more", late, adam_move(m / (1 - 0.7 ** (t + 1)), v / (1 - 0.9 ** (t + 1)))),
    ]


def other_adams(dw, m, v, t):
    """Return the moves by other usual mistakes; m, v: the running means as they should be kept."""
    mean, square = m / (1 - 0.7**t), v / (1 - 0.9**t)
    no_m = "m is not kept: every step begins with m = 0."
    no_v = "v is not kept: every step begins with v = 0."
    no_mean = "The gradient itself moves w; its running mean should."
    return [
        forgets(adam_move(dw, dw**2)),
        Mistake("no-mean", no_mean, adam_move(dw, square)),
        no_root(adam_move(mean, square**2)),
        Mistake("forgets-m", no_m, adam_move(0.3 * dw / (1 - 0.7**t), square)),
        Mistake("forgets-v", no_v, adam_move(mean, 0.1 * dw**2 / (1 - 0.9**t))),
        Mistake("betas-swapped", "beta1 and beta2 are exchanged.", with_betas(dw, t, 0.9, 0.7)),
        defaults(with_betas(dw, t, 0.9, 0.999)),
        defaults(0.001 * adam_move(mean, square) / EACH),
        defaults(adam_move(mean, square, 1e-8)),
        eps_inside(-EACH * mean / np.sqrt(square + 1e-3)),
    ]


def with_betas(dw, t, beta1, beta2):
    """Return the moves of Adam with these betas."""
    m, v = (1 - beta1) * faded(dw, beta1), (1 - beta2) * faded(dw**2, beta2)
    return adam_move(m / (1 - beta1**t), v / (1 - beta2**t))


def check_finite(moves):
    """Check that no step was divided by 0, as it is where Adam uses t before it is counted."""
    sentence = (
        "The first step is divided by 1 - beta ** 0, which is 0: count t up before it is used. Or "
        "is epsilon missing, or a root taken of a number below 0?"
    )
    check.that("all four steps are finite", np.isfinite(moves).all(), sentence, "nan")


def check_choice(name, values):
    """Check that the values to be tried are different, none negative, and far enough apart."""
    values = common.as_numbers(values)
    sentence = f"They are {values}."
    fine = np.all(values >= 0) and np.all(np.diff(values) > 0) and np.isfinite(values).all()
    check.that(f"the {name} are all different, none negative", fine, sentence, "choice")
    some, sentence = values[values > 0], f"{sentence} Try values further apart, by powers of ten."
    wide = len(some) > 1 and some[-1] >= 10 * some[0]
    check.that(
        f"the largest of the {name} is 10 times the smallest or more", wide, sentence, "choice"
    )


rates_first = common.rates_first


@dataclass(frozen=True)
class Objects(Case):
    """The right results of layers that are objects: forward for x, backward for dout.

    x, w, b, dout: as in Affine; y: (3,) classes; other: an input to show them first.
    out, dx, dw, db: of an affine layer; relu, drelu: of a ReLU; loss, dloss: of the last layer,
    which takes dout for scores.
    """

    x: np.ndarray
    w: np.ndarray
    b: np.ndarray
    dout: np.ndarray
    y: np.ndarray
    out: Expected
    dx: Expected
    dw: Expected
    db: Expected
    relu: Expected
    drelu: Expected
    loss: Expected
    dloss: Expected
    dloss_twice: Expected

    @property
    def other(self):
        """Return another input: x from its last example to its first."""
        return self.x[::-1].copy()

    @property
    def one_hot(self):
        """Return y as one-hot rows."""
        return np.eye(5)[self.y]


input_before = partial(
    Mistake,
    "input-before",
    "This belongs to an earlier input, or to that of another object: does each forward keep what "
    "backward needs in its own object?",
)


def objects():
    """Return inputs for layers that are objects, and their right results."""
    case = affine()
    x, w, b, dout, y = case.x, case.w, case.b, case.dout, np.arange(3)
    dx, dw, db = (along(case.slope(name)) for name in ("x", "w", "b"))
    dw_before = slope_of(lambda w: affine_layer(x[::-1], w, b), w, dout)
    drelu = Expected(
        masked(1 - x, x), [input_before(masked(1 - x, x[::-1])), common.no_mask(1 - x)]
    )
    cost = cross_entropy(dout, y), slope_of(lambda s: cross_entropy(s, y), dout, 1.0)
    return Objects(
        *(x, w, b, dout, y),
        out=Expected(case.out.value, terms={"the bias": np.tile(b, (3, 1))}),
        dx=Expected(dx, N=3),
        dw=Expected(dw, [input_before(dw_before)], N=3),
        db=Expected(db, N=3),
        relu=Expected(relu_layer(x)),
        drelu=drelu,
        loss=Expected(cost[0], N=3),
        dloss=Expected(cost[1], N=3),
        dloss_twice=Expected(2 * cost[1]),
    )


SHARE = Expected(
    0.6,
    [
        Mistake("count", "This is the number of right answers; accuracy is their share.", 3.0),
        Mistake("percent", "This is in percent; accuracy is a share between 0 and 1.", 60.0),
        Mistake("errors", "This is the share of wrong answers.", 0.4),
    ],
)
"""The accuracy where 3 of 5 answers are right."""


def forms(case):
    """Return (name, y, classes of which 3 of 5 are right), as labels and as rows."""
    C = case.scores.value.shape[1]
    won = (case.scores.value.argmax(axis=1) + np.array([0, 0, 1, 0, 2])) % C
    rows = np.eye(C)
    return ("labels", case.y, won), ("one-hot rows", rows[case.y], rows[won])


def check_both_gradients(net, case):
    """Check gradient and numerical_gradient, after a call on other examples."""
    for method in ("gradient", "numerical_gradient"):
        net.loss(-case.X, case.y)
        grads = getattr(net, method)(case.X, case.y)
        grads = grads if type(grads) is dict else {}
        for name in sorted(case.params):
            slope = Slope(case.slope(name).of, case.params[name], stale(case, name), N=N)
            check.gradient(f"{method}: d{name}", grads.get(name), slope)
    still = all(np.array_equal(p, case.params[name]) for name, p in net.params.items())
    check.that("numerical_gradient leaves no parameter changed", still, "Some have moved.", "moved")


def stale(case, name):
    """Return the mistake of a gradient that belongs to the examples seen before."""

    def loss(p):
        return cross_entropy(net_scores({**case.params, name: p}, -case.X), case.y)

    return lambda: [input_before(slope_of(loss, case.params[name], 1.0))]


def resting_on_objects(affine_class, relu_class, loss_class):
    """Return a context in which a failure is put down to one of these classes, if that is wrong."""
    case = objects()

    def affine_object():
        make = lambda: affine_class(case.w, case.b)  # noqa: E731
        layer, out, dx = twice(make, case.x, case.other, case.dout)
        return out, dx, layer.dw, layer.db

    def cost(t):
        layer = loss_class()
        return layer.forward(case.dout, t), layer.backward()

    costs = case.loss, case.dloss
    return check.after(
        (18, "Affine", affine_object, (case.out, case.dx, case.dw, case.db)),
        (
            18,
            "ReLU",
            lambda: twice(relu_class, case.x, case.other, 1 - case.x)[1:],
            (case.relu, case.drelu),
        ),
        (19, "SoftmaxWithLoss", lambda: cost(case.y), costs),
        (19, "SoftmaxWithLoss", lambda: cost(case.one_hot), costs),
    )


def twice(make, x, other, dout):
    """Return (layer, out, dx) of a layer run on another input, then on x, another in between."""
    layer, between = make(), make()
    layer.forward(other)
    out = layer.forward(x)
    between.forward(other)
    return layer, out, layer.backward(dout)
