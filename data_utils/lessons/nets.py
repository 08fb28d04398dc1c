"""Notebook 4: deep nets of normalised layers, by their formulas, and their properties."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from .. import check
from ..expected import Expected, Mistake, Slope
from ..gradient_check import eval_numerical_gradient as slope_of
from ..seeds import rng
from . import batchnorm as lesson
from . import common
from .batchnorm import channel_normal, check_drawn, kaiming
from .common import Case

REG = 0.7
"""The strength of the regulariser."""


def relu(x):
    """Return the positive entries, and 0 elsewhere."""
    return (x + np.abs(x)) / 2


def cross_entropy(S, y):
    """Return the mean cost of scores."""
    ahead = S - np.take_along_axis(S, y[:, None], axis=1)
    return np.mean(np.log(np.sum(np.exp(ahead), axis=1)))


def flat_scores(params, X, norm):
    """Return the scores of a net of affine layers, norm(a, gamma, beta) before each ReLU."""
    L, h = sum(name[0] == "W" for name in params), X.reshape(len(X), -1)
    for i in range(1, L):
        a = h @ params[f"W{i}"] + params[f"b{i}"]
        h = relu(norm(a, params.get(f"gamma{i}"), params.get(f"beta{i}")))
    return h @ params[f"W{L}"] + params[f"b{L}"]


def convolved(x, w, b):
    """Return x (N, C, H, W), with a margin of zeros, laid under filters w (F, C, 3, 3), plus b."""
    padded = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))
    return np.einsum("nchwij,fcij->nfhw", windows, w) + b[:, None, None]


def deep_scores(params, X, norm):
    """Return the scores of a net of convolutions, norm before each ReLU, the first one pooled."""
    L, h = sum(name[0] == "W" for name in params), X
    for i in range(1, L):
        a = convolved(h, params[f"W{i}"], params[f"b{i}"])
        if f"gamma{i}" in params:
            a = norm(a, params[f"gamma{i}"][:, None, None], params[f"beta{i}"][:, None, None])
        h = relu(a)
        if i == 1:
            N, C, H, W = h.shape
            h = h.reshape(N, C, H // 2, 2, W // 2, 2).max(axis=(3, 5))
    return h.reshape(len(h), -1) @ params[f"W{L}"] + params[f"b{L}"]


def untouched(a, gamma, beta):
    """Return the input of a ReLU unchanged."""
    return a


NORMS = {
    "batchnorm": partial(lesson.normal, eps=1e-5),
    "layernorm": partial(lesson.normal, axis=1, eps=1e-5),
    "spatial": lambda a, gamma, beta: channel_normal(a, gamma, beta, 1e-5),
}
"""{name: (a, gamma, beta) -> a, normalised as in training}."""


@dataclass(frozen=True)
class Net(Case):
    """A net's parameters, and examples.

    what: what the net is called; params: W1, b1, ..., the last layer's first; X, y: examples to
    learn from, T: to be asked about.
    loss: what it costs at reg = 0; penalty: what reg = 0.7 adds; asked: the scores of T after two
    steps on X; still: parameters whose slope is 0.
    run, norm: (params, X, norm()) -> scores, as in training.
    """

    what: str
    params: dict
    X: np.ndarray
    y: np.ndarray
    T: np.ndarray
    loss: Expected
    asked: Expected
    run: Callable
    norm: Callable
    still: tuple = ()

    def cost(self, name, p):
        """Return the loss with another value of a parameter."""
        return cross_entropy(self.run({**self.params, name: p}, self.X, self.norm()), self.y)

    def slope_along(self, name):
        """Return the Slope of the loss along a parameter."""
        other = twin(name)

        def exchanged():
            return [common.exchanged(slope_of(partial(self.cost, other), self.params[other]))]

        wrong = exchanged if other != name else ()
        return Slope(partial(self.cost, name), self.params[name], wrong, N=len(self.X))

    @property
    def penalty(self):
        """Return the part of reg = 0.7 in the loss."""
        parts = {f"the part of {n}": REG / 2 * np.sum(p * p) for n, p in self.params.items()}
        for kind in ("W", "b", "gamma", "beta"):
            alike = [parts[f"the part of {n}"] for n in self.params if kind_of(n) == kind]
            parts[f"the part of every {kind}"] = sum(alike)
        right = parts["the part of every W"]
        return Expected(right, [common.l2_without_half(2 * right)], terms=parts)

    def pull(self, name):
        """Return the part of reg = 0.7 in the gradient of a parameter."""
        pull = REG * self.params[name]
        wrong = [common.l2_without_half(2 * pull), common.sum_of_w(pull.sum() + 0 * pull)]
        right = pull if kind_of(name) == "W" else 0 * pull
        return Expected(right, wrong, terms={f"reg * {name}": pull})


def kind_of(name):
    """Return W, b, gamma or beta, for the name of a parameter."""
    return name.rstrip("0123456789")


def twin(name):
    """Return the name of beta for that of gamma, and the other way round; others as they are."""
    return name.replace(*("beta", "gamma") if "beta" in name else ("gamma", "beta"))


def other_losses(run, params, X, y, norm, others):
    """Return the results of usual mistakes with the loss of a normalised net.

    others: Mistakes whose values are norms that take the place of the right one.
    """
    first = {name: params["gamma1"][: len(p)] for name, p in params.items() if name[0] == "g"}
    turned = {name: params[twin(name)] for name in params}
    one_gamma = "All layers take the gamma of the first; each has its own."
    scores = [
        Mistake("one-gamma", one_gamma, run(params | first, X, norm)),
        common.gamma_for_beta(run(turned, X, norm)),
        *lesson.each(others, lambda norm: run(params, X, norm)),
    ]
    return lesson.each(scores, lambda S: cross_entropy(S, y))


def seen_by(run, params, X, norm):
    """Return the means and the variances of a batch X, before each normalisation."""
    seen = []

    def watch(a, gamma, beta):
        axes = (0, *range(2, a.ndim))
        seen.append([f(a, axis=axes, keepdims=True) for f in (np.mean, np.var)])
        return norm(a, gamma, beta)

    run(params, X, watch)
    return seen


def by_statistics(a, mean, var, gamma, beta):
    """Return a normalised by statistics that are known."""
    return gamma * (a - mean) / np.sqrt(var + 1e-5) + beta


def asked_scores(run, params, X, T, norm):
    """Return the scores of T after two steps with batch norm on X, momentum 0.9, as Expected."""
    seen = seen_by(run, params, X, norm)
    spots = iter([0.19 * mean, 0.19 * var] for mean, var in seen)

    def kept(a, gamma, beta):
        spot_mean, spot_var = next(spots)
        return by_statistics(a, spot_mean, spot_var, gamma, beta)

    def mistakes():
        found = [common.batch_statistics(run(params, T, norm))]
        return found + in_one_place(run, params, T, seen)

    return Expected(run(params, T, kept), mistakes)


def in_one_place(run, params, T, seen):
    """Return the scores if all layers keep their statistics in one place, if they fit there."""
    if len({mean.shape for mean, _ in seen}) > 1:
        return []
    mean = var = 0
    for m, v in seen + seen:
        mean, var = 0.9 * mean + 0.1 * m, 0.9 * var + 0.1 * v
    sentence = (
        "All layers keep their running statistics in one place; each has an entry of its own in "
        "bn_params."
    )
    scores = run(params, T, lambda a, gamma, beta: by_statistics(a, mean, var, gamma, beta))
    return [Mistake("one-place", sentence, scores)]


def flat_shapes(*sizes, normalised=True):
    """Return {name: shape} of the parameters of a net of affine layers of these sizes."""
    shapes: dict[str, tuple] = {}
    for i in range(1, len(sizes)):
        shapes |= {f"W{i}": sizes[i - 1 : i + 1], f"b{i}": sizes[i : i + 1]}
        if normalised and i < len(sizes) - 1:
            shapes |= {f"gamma{i}": sizes[i : i + 1], f"beta{i}": sizes[i : i + 1]}
    return shapes


def random_params(shapes):
    """Return random parameters of these shapes, the last layer's first."""
    random = rng()
    return {name: random.normal(size=shapes[name]) for name in sorted(shapes, reverse=True)}


def examples(N, *shape):
    """Return X and T of N examples, and y of three classes, random."""
    random = rng()
    X, T = random.normal(size=(2, N, *shape))
    return X, T, random.integers(3, size=N)


def fully_connected(kind="batchnorm"):
    """Return a net with 4 inputs, two layers of 5, and 3 classes, normalised."""
    params, (X, T, y) = random_params(flat_shapes(4, 5, 5, 3)), examples(6, 2, 2)
    batch = kind == "batchnorm"
    sentence = "That is what the other normalisation gives; self.normalization names the one."
    others = [
        Mistake("other-norm", sentence, NORMS["layernorm" if batch else "batchnorm"]),
        common.no_norm(untouched),
    ]
    norm = NORMS[kind]
    wrong = partial(other_losses, flat_scores, params, X, y, norm, others)
    loss = Expected(cross_entropy(flat_scores(params, X, norm), y), wrong, N=6)
    asked = Expected(flat_scores(params, T, norm))
    asked = asked_scores(flat_scores, params, X, T, norm) if batch else asked
    still = ("b1", "b2") if batch else ()
    return Net(kind, params, X, y, T, loss, asked, flat_scores, lambda: norm, still)


def check_first(params, shapes):
    """Check the shapes of first parameters, and those that are not random."""
    got = {n: np.shape(p) for n, p in params.items()} if isinstance(params, dict) else {}
    odd = [n for n in sorted({*shapes, *got}, key=str) if got.get(n) != shapes.get(n)]
    sentence = [f"{n}: {got.get(n, 'missing')}, expected {shapes.get(n, 'none')}" for n in odd]
    claim = "every layer has its parameters, of the right shapes"
    check.that(claim, not odd, f"{'; '.join(sentence)}.", "shapes")
    for what, start, value in (("gamma is", "g", 1), ("biases and beta are", "b", 0)):
        wrong = [name for name, p in params.items() if name[0] == start and np.any(p != value)]
        check.that(f"{what} {value}", not wrong, f"Look at {', '.join(wrong)}.", "first-values")


def check_learning(net, case):
    """Give a net the case's parameters; check its loss and gradients at reg = 0 and reg = 0.7."""
    loss, grads = check_gradients(net, case)
    net.reg = REG
    more, pulled = net.loss(case.X, case.y)
    claim = f"{case.what}: reg = 0.7 adds 0.35 * sum(W * W) for each W"
    check.close(claim, np.subtract(more, loss), case.penalty)
    for name in sorted(case.params):
        check_pull(case, name, np.subtract(pulled[name], grads[name]))


def check_gradients(net, case):
    """Give a net the case's parameters; check its loss and gradients at reg = 0, return them."""
    net.params, net.reg = case.params, 0.0
    loss, grads = net.loss(case.X, case.y)
    check.close(f"{case.what}: the loss", loss, case.loss)
    check_names(case, grads)
    for name in sorted(case.params):
        check_slope(case, name, grads[name])
    return loss, grads


def check_names(case, grads):
    """Check that a dict of gradients has the keys of the parameters."""
    check.that(*agreed(case, grads))


def agreed(case, grads):
    """Tell whether a dict of gradients has the keys of the parameters, as check.that wants it."""
    got = set(grads) if type(grads) is dict else set()
    parts = {"missing": set(case.params) - got, "too many": got - set(case.params)}
    odd = [f"{how}: {', '.join(sorted(map(str, names)))}" for how, names in parts.items() if names]
    claim = f"{case.what}: every parameter has a gradient"
    return claim, not odd, f"In the dict of gradients, {'; '.join(odd)}.", "keys"


def check_slope(case, name, got):
    """Check a parameter's gradient at reg = 0."""
    what = f"{case.what}: d{name}"
    if name in case.still:
        claim, still = f"{what} is 0: the mean takes {name} away", 0 * case.params[name]
        check.close(claim, check.flat(what, got, still), still)
    else:
        check.gradient(what, got, case.slope_along(name))


def check_pull(case, name, added):
    """Check the part of reg = 0.7 in the gradient of a parameter."""
    claim = f"{case.what}: reg = 0.7 adds 0.7 * {name} to its gradient"
    if kind_of(name) != "W":
        claim = f"{case.what}: and nothing to that of {name}"
    shape = case.params[name].shape
    check.close(
        claim, added.reshape(shape) if added.shape == (1, *shape) else added, case.pull(name)
    )


def check_asked(net, case):
    """Give a net the case's parameters, let it take two steps, and check its scores at test."""
    net.params, net.reg = case.params, 0.0
    for _ in range(2):
        net.loss(case.X, case.y)
    check.close(f"{case.what}, at test: the scores", net.loss(case.T), case.asked)
    one = net.loss(case.T[:1])
    check.close(f"{case.what}, at test: of one example alone", one, case.asked[:1])
    check.close(f"{case.what}, at test: of all once more", net.loss(case.T), case.asked)


@dataclass(frozen=True)
class DropoutNet(Net):
    """A net with dropout in which all units are on: 4 inputs, 20 and 40 units, 3 classes.

    X (1, 4), y (1,): one example, which tells what was kept; seed: for the net.
    """

    seed: int = 0

    def masks(self, net):
        """Return the masks (1, units) of the hidden layers in one step of a net.

        With one example dW_ij = h_i db_j, so that any column of dW tells what the layer was given.
        """
        net.params, net.reg = self.params, 0.0
        _, grads = net.loss(self.X, self.y)
        if not agreed(self, grads)[1]:
            check_names(self, grads)
        h, masks = self.X, []
        for i in (1, 2):
            a = h @ self.params[f"W{i}"] + self.params[f"b{i}"]
            dW, db = grads[f"W{i + 1}"], np.ravel(grads[f"b{i + 1}"])
            check.as_array(f"dW{i + 1}", dW, self.params[f"W{i + 1}"])
            check.as_array(f"db{i + 1}", db, self.params[f"b{i + 1}"])
            j = np.abs(db).argmax()
            with np.errstate(all="ignore"):
                h = dW[None, :, j] / db[j]
            masks.append(h / a)
        return masks

    def masked(self, masks):
        """Return the same net, as it learns with masks that are known."""

        def norm():
            left = iter(masks)
            return lambda a, gamma, beta: a * next(left)

        loss = cross_entropy(flat_scores(self.params, self.X, norm()), self.y)
        return replace(self, loss=Expected(loss), norm=norm)


def dropout_net():
    """Return a net with dropout."""
    shapes = flat_shapes(4, 20, 40, 3, normalised=False)
    params = {name: np.abs(p) / 10 for name, p in random_params(shapes).items()}
    params["W3"], X = rng().normal(size=(40, 3)) / 10, rng().uniform(1, 2, size=(1, 4))

    def scaled(a, gamma, beta):
        return 0.7 * a

    wrong = [common.scaled_at_test(flat_scores(params, X, scaled))]
    asked = Expected(flat_scores(params, X, untouched), wrong)
    what, y, seed = "with dropout", np.array([0]), lesson.a_seed()
    return DropoutNet(
        what, params, X, y, X, Expected(0.0), asked, flat_scores, lambda: untouched, (), seed
    )


def whole(mask):
    """Return the right mask that keeps 70 %, with the results of usual mistakes."""
    kept = mask > 0.5
    sentence = f"It is the share that is dropped: {lesson.SHARE_TO_DROP}"
    mistakes = [
        common.nothing_dropped(np.ones(mask.shape)),
        common.not_divided(1.0 * kept),
        Mistake("drop-for-keep", sentence, kept / 0.3),
    ]
    return Expected(kept / 0.7, mistakes)


def same_masks(masks, again):
    """Tell whether two steps of a net with a seed have the same masks."""
    same = np.allclose(np.hstack(masks), np.hstack(again), equal_nan=True)
    return same, "They change: who needs the seed?", "seed"


def check_new_masks(net, case):
    """Check the masks of 20 steps of a net without a seed, 60 units each."""
    kept = np.stack([np.hstack(case.masks(net))[0] > 0.5 for _ in range(20)])
    new = len(np.unique(kept, axis=0)) == 20
    check.that("without a seed, every step has new masks", new, "Some are the same.", "seed")
    share, error = kept.mean(), 6 * np.sqrt(0.7 * 0.3 / kept.size)
    sentence, code = f"They keep {share:.0%}.", "keep-rate"
    if abs(share - 0.3) < error:
        sentence, code = f"They keep {share:.0%}: {lesson.SHARE_TO_DROP}", "drop-for-keep"
    check.that("they keep 70 %", abs(share - 0.7) < error, sentence, code)


def deep_shapes(channels, *filters, last, batchnorm):
    """Return {name: shape} for convolutions and a last layer of the shape `last`."""
    shapes: dict[str, tuple] = {}
    for i, F in enumerate(filters, start=1):
        shapes |= {f"W{i}": (F, channels, 3, 3), f"b{i}": (F,)}
        if batchnorm:
            shapes |= {f"gamma{i}": (F,), f"beta{i}": (F,)}
        channels = F
    return shapes | {f"W{i + 1}": last, f"b{i + 1}": last[1:]}


def check_first_convolutions(net, batchnorm, scale):
    """Check the first parameters of a net of 16 and 24 filters, both pooled, on (3, 16, 12)."""
    shapes = deep_shapes(3, 16, 24, last=(24 * 4 * 3, 10), batchnorm=batchnorm)
    check_first(net.params, shapes)
    drawn = {"W1": (3, 16, 3), "W2": (16, 24, 3), "W3": (288, 10, None)}
    for name, sizes in drawn.items():
        due = kaiming(*sizes, relu=name != "W3")
        due = due if scale == "kaiming" else replace(due, variance=Expected(scale**2))
        lesson.check_weights(f"{name}, {scale}", net.params[name], due)


def check_net_drawn(build, scale):
    """Check the weights drawn with one seed; build(weight_scale=..., dtype=...) returns a net."""
    build = partial(build, weight_scale=scale)

    def numbers(**kind):
        return np.concatenate([np.ravel(p) for p in build(**kind).params.values()])

    check_drawn(numbers, f"weight_scale = {scale}, one seed")
    starts = [np.ravel(p)[:99] > 0 for name, p in build().params.items() if name[0] == "W"]
    anew = len(np.unique(starts, axis=0)) == len(starts)
    sentence = "Some layers begin alike: let one generator draw for all of them in turn."
    check.that(f"weight_scale = {scale}, layers begin differently", anew, sentence, "rng")


def deep(batchnorm=True):
    """Return a net of 3 and 2 filters, the first pooled, on (2, 4, 6), with 3 classes."""
    shapes = deep_shapes(2, 3, 2, last=(12, 3), batchnorm=batchnorm)
    params, (X, T, y) = random_params(shapes), examples(4, 2, 4, 6)
    norm = NORMS["spatial"] if batchnorm else untouched
    wrong = partial(other_losses, deep_scores, params, X, y, norm, [common.no_norm(untouched)])
    loss = cross_entropy(deep_scores(params, X, norm), y)
    loss = Expected(loss, wrong if batchnorm else (), N=4)
    asked = Expected(deep_scores(params, T, norm))
    asked = asked_scores(deep_scores, params, X, T, norm) if batchnorm else asked
    what = "with batch norm" if batchnorm else "without batch norm"
    still = ("b1", "b2") if batchnorm else ()
    return Net(what, params, X, y, T, loss, asked, deep_scores, lambda: norm, still)


SIXTY_STEPS = {"num_epochs": 30, "batch_size": 25, "num_val_samples": 1, "verbose": False}
"""How a Solver trains on fifty pictures for 60 steps."""


def fifty():
    """Return data of fifty random pictures of 16 x 16 pixels, five of each class."""
    X, y = rng().normal(0, 60, size=(50, 3, 16, 16)).astype("float32"), np.arange(50) % 10
    return {"X_train": X, "y_train": y, "X_val": X, "y_val": y}


def two_numbers(found):
    """Return a scale and a rate as floats. Raises CheckFailed for what is not two numbers > 0."""
    pair = isinstance(found, tuple | list) and len(found) == 2
    if not (pair and all(isinstance(x, NUMBER) and x > 0 for x in found)):
        code = "choice" if pair else "returned-none" if found is None else "returned-count"
        sentence = f"Two positive numbers are due, a scale and a rate; got {found!r:.80}."
        raise check.CheckFailed(sentence, code)
    return map(float, found)


NUMBER = int | float | np.integer | np.floating


def by_heart(solver):
    """Tell whether a solver has learned nine of ten pictures by heart, or what its losses tell."""
    best = max(solver.train_acc_history)
    sentence, code = what_losses_tell(np.array(solver.loss_history))
    sentence = f"After 60 steps the net is right on {best:.0%} of them. {sentence}".strip()
    return best >= 0.9, sentence, code


def what_losses_tell(losses):
    """Return (sentence, code) about first weights and rate, from the losses of all steps."""
    first, start, end = losses[0], losses[:5].mean(), losses[-5:].mean()
    middle, last = losses[len(losses) // 3 : -len(losses) // 3], losses[-len(losses) // 3 :]
    where = "guessing among ten classes costs log 10 = 2.30"
    sentence = {
        "first-loss": (not first < 20, f"The first is {first:.3g}, and {where}: why so large?"),
        "rate-too-high": (not losses.max() < 3 * first, f"It rises to {losses.max():.3g}: why?"),
        "faded": (np.ptp(losses) < 0.05, f"It stays put, and {where}: what of a picture arrives?"),
        "rate-too-low": (abs(end - start) < 0.1 * start, HARDLY),
        "still-falls": (last.mean() < 0.9 * middle.mean(), f"It falls, and is {end:.3g}: {FASTER}"),
    }
    found = [(f"Look at the loss. {why}", code) for code, (holds, why) in sentence.items() if holds]
    return (found or [("", "wrong")])[0]


HARDLY = "It hardly falls: is the rate too small, or so large that nothing settles?"
FASTER = "60 steps are few, so does a larger rate get further in them?"

READ_OFF = "C, H, W and the number of classes are the data's: read them off X_train and y_train."


def colours():
    """Return data of seven noisy pictures of two channels; the class is in the colour."""
    random, y = rng(), np.arange(7)
    X = random.normal(0, 60, size=(7, 2, 1, 1)) + random.normal(0, 10, size=(7, 2, 32, 48))
    return {"X_train": np.float32(X), "y_train": y, "X_val": np.float32(X), "y_val": y}


def trains(solver):
    """Tell whether it is a Solver."""
    return hasattr(solver, "step"), f"Got a {type(solver).__name__}.", "type"


def sees_two_channels(net):
    """Tell whether a net's filters look at two channels."""
    return np.shape(net.params["W1"])[1:2] == (2,), READ_OFF, "sizes"


def scores_seven(scores):
    """Tell whether two pictures have got scores of seven classes."""
    return np.shape(scores) == (2, 7), f"Two pictures get {np.shape(scores)}. {READ_OFF}", "shape"


def lowered(solver, data):
    """Tell whether up to twenty steps on all data lower the loss; the first lower one is enough."""
    X, y, solver.batch_size = data["X_train"], data["y_train"], len(data["y_train"])
    losses = [solver.model.loss(X, y)[0]]
    while len(losses) <= 20 and min(losses) == losses[0]:
        solver.step()
        losses.append(solver.model.loss(X, y)[0])
    sentence = f"From {losses[0]:.4g} it goes to {losses[-1]:.4g}."
    return min(losses) < losses[0], sentence, "rate"
