"""Notebook 4: first weights, normalisation and dropout, told otherwise than a student would.

A normalisation is told by how far numbers are from one another, and its slopes by differences.
Nets made of such layers are in lessons/nets.py.
"""

from dataclasses import dataclass
from functools import cache, partial

import numpy as np

from .. import check
from ..expected import Expected, Mistake, Slope
from ..gradient_check import eval_numerical_gradient as slope_of
from ..seeds import drawn_once, rng
from . import common
from .common import Case


def a_seed():
    """Return a seed for a student's generator."""
    return int(rng().integers(1000))


@dataclass(frozen=True)
class Weights(Case):
    """First weights: their shape, and the variance that many of them should have."""

    shape: tuple
    variance: Expected


third = partial(Mistake, "third", "Evenly spread up to a, the variance is a² / 3.")
third_for_normal = partial(
    Mistake,
    "third",
    "Evenly spread up to a, the variance is a² / 3; these are to be normal: rng.normal draws such.",
)


def kaiming(Din=9, Dout=50, K=5, relu=True):
    """Return the weights that kaiming_initializer should draw; K: filters of K x K."""
    area, gain = (K or 1) ** 2, 1 + relu
    fan_in, fan_out = Din * area, Dout * area
    root, window = "The formula names a variance: draw with its root.", gain / Din
    sentence = "An output of a filter sees more than one pixel of a channel."
    mistakes = [
        *part_rooted(gain, fan_in),
        Mistake("root", root, (gain / fan_in) ** 2),
        Mistake("gain", "Is there a ReLU behind it, and what does it take?", (3 - gain) / fan_in),
        Mistake("fan-out", "How many numbers is one output a sum of?", gain / fan_out),
        *([Mistake("window", sentence, window)] if K else []),
        *([Mistake("one-side", ONE_SIDE, window / K)] if K else []),
        Mistake("inverse", "It is divided by the std; multiply by it.", fan_in / gain),
        third_for_normal(gain / fan_in / 3),
    ]
    return Weights(shape_of(Din, Dout, K), Expected(gain / fan_in, mistakes))


ONE_SIDE = "A filter has K x K weights for each channel, and here K are counted."


def part_rooted(gain, fan_in):
    """Return the mistakes of a root over a part of gain / fan_in; a gain of 1 does not show it."""
    sentence = "The root is that of {} alone; it goes over the whole of gain / fan_in."
    values = {"gain": gain / fan_in**2, "fan_in": gain**2 / fan_in}
    found = [Mistake("root-of-part", sentence.format(name), v) for name, v in values.items()]
    return found if gain > 1 else []


def shape_of(Din, Dout, K):
    """Return the shape of an affine layer's weights, or that of filters if there is a K."""
    return (Dout, Din, K, K) if K else (Din, Dout)


def xavier(Din=9, Dout=50, K=5):
    """Return the weights that xavier_initializer should draw; K: filters of K x K."""
    area = (K or 1) ** 2
    fans = (Din + Dout) * area
    window = "A filter has K x K weights for each channel."
    fan_out = "One input is in K x K sums of each of Dout filters."
    mistakes = [
        Mistake("half", "Forward and backward together make 2 / (fan_in + fan_out).", 1 / fans),
        third(2 / fans / 3),
        Mistake("root", "The variance is a² / 3: is there a root in your a?", 12 / fans**2),
    ]
    one, root_of_6 = "This is 1 / fan_in, without fan_out.", "The root goes over 6 and both fans."
    mistakes.append(Mistake("fan-in", one, 1 / (Din * area)))
    mistakes.append(Mistake("root-of-part", root_of_6, 2 / fans**2))
    if K:
        mistakes.append(Mistake("one-side", ONE_SIDE, 2 / (Din + Dout) / K))
        mistakes.append(Mistake("window", window, 2 / (Din + Dout)))
        mistakes.append(Mistake("fan-out", fan_out, 2 / (Din * area + Dout)))
    return Weights(shape_of(Din, Dout, K), Expected(2 / fans, mistakes))


def check_weights(what, w, weights):
    """Check the shape of first weights, that their mean is 0, and their variance.

    The mean of n numbers of variance s² has the standard error s / √n; their variance has
    s² √(2 / n) if they are normal, and less if they are evenly spread. Six of them are allowed.
    """
    require_order(what, w, weights.shape)
    w = check.as_array(what, w, np.empty(weights.shape, np.float32))
    error, right = 6 / np.sqrt(w.size), float(weights.variance.value)
    sentence, code = f"It is {np.mean(w):.3g}.", "mean"
    if np.all(w >= 0):
        sentence, code = f"{sentence} {ONE_SIDED}", "one-sided"
    check.that(f"{what}: the mean is 0", abs(np.mean(w)) < error * np.std(w), sentence, code)
    ratio, error = float(np.var(w, dtype=np.float64)) / right, error * np.sqrt(2)
    alike = [m for m in weights.variance.mistakes if abs(ratio * right / m.value - 1) < error]
    sentence, code = f"It is {ratio:.3g} times that.", "variance"
    if alike:
        sentence, code = f"{sentence} {alike[-1].sentence}", alike[-1].code
    check.that(f"{what}: the variance is right", abs(ratio - 1) < error, sentence, code)


ONE_SIDED = "No weight is negative, and half of them should be: do all draws begin at 0?"


def require_order(what, w, shape):
    """Raise CheckFailed if weights have the numbers of this shape in another order, or as a row."""
    found = np.shape(w)
    if len(shape) == 4 and found != shape and sorted(found) == sorted(shape):
        sentence = f"the shape is {found}, expected {shape}: the filters come first, then the "
        raise check.CheckFailed(f"{what}: {sentence}channels that each looks at.", "shape")
    if found == (len(shape),):
        sentence = f"the shape is {found}, expected {shape}. rng.normal takes the mean first, 0 "
        raise check.CheckFailed(f"{what}: {sentence}here, then the std and the shape.", "mean")
    if isinstance(w, np.ndarray) and w.ndim == 1:
        sentence = f"the shape is {found}, expected {shape}. fans returns (shape, fan_in, fan_out)"
        raise check.CheckFailed(f"{what}: {sentence}: are they taken in this order?", "fans-order")


def tails(w):
    """Tell whether weights lie further out than evenly spread ones can."""
    sentence = (
        "Of normal numbers, 4.6 % lie further out than 2 std, and evenly spread ones never do: "
        "rng.normal draws normal ones."
    )
    return bool(np.any(np.abs(w) > 2 * np.std(w))), sentence, "not-normal"


def no_tails(w, weights):
    """Tell whether no weight lies further out than the end of the interval for its variance."""
    end = np.sqrt(3 * float(weights.variance.value))
    return (
        bool(np.abs(w).max() < 1.001 * end),
        "Evenly spread over (-a, a), they end at a.",
        "tails",
    )


def check_drawn(draw, what="one seed"):
    """Check draws with one seed: draw(dtype=...) returns weights, float32 unless told otherwise."""
    w, double = draw(), draw(dtype="float64")
    same = np.array_equal(w, draw())
    check.that(f"{what}, the same weights again", same, "They differ: draw with rng.", "rng")
    check.in_float32("the weights, unless told otherwise", w)
    sentence = f"They are {np.asarray(double).dtype}."
    check.that("float64, if told so", np.asarray(double).dtype == np.float64, sentence, "dtype")


def standard(rows, eps):
    """Return rows (..., K), each less its mean and divided by √(variance + eps).

    The mean of a number's distances from all others is its distance from the mean; half the
    mean of all squared distances is the variance.
    """
    K = rows.shape[-1]
    apart = rows[..., :, None] - rows[..., None, :]
    variance = np.einsum("...ij,...ij->...", apart, apart) / (2 * K**2)
    return apart.sum(axis=-1) / K / np.sqrt(variance + eps)[..., None]


def normal(x, gamma, beta, axis=0, eps=0.1):
    """Return x (N, D) normalised along an axis; its columns are then scaled and shifted."""
    hat = standard(x, eps) if axis else standard(x.T, eps).T
    return gamma * hat + beta


def each(mistakes, change):
    """Return mistakes with `change` applied to their values."""
    return [Mistake(m.code, m.sentence, change(m.value)) for m in mistakes]


var_for_std = partial(
    Mistake,
    "var-for-std",
    "It is divided by the variance; the standard deviation is its root.",
)
eps_outside_root = partial(
    Mistake,
    "eps-outside-root",
    "eps is added to the root; it belongs to the variance, under the root.",
)
no_eps = partial(Mistake, "no-eps", "eps is missing: it belongs to the variance, under the root.")
eps_fixed = partial(
    Mistake, "eps-fixed", "This is what an eps of 1e-5 gives; the settings may name another."
)
other_eps = partial(
    Mistake, "other-eps", "This is what an eps of 1e-8 gives; where none is named, it is 1e-5."
)


turned_round = partial(Mistake, "turned-round", "x is taken from the mean; take the mean from x.")
not_centred = partial(
    Mistake,
    "not-centred",
    "No mean has been subtracted, or one that is still 0, as a running mean is at first.",
)
mixed_axes = partial(
    Mistake,
    "mixed-axes",
    "The mean runs over one axis and the variance over another: both belong to the same numbers.",
)
root_twice = partial(
    Mistake, "root-twice", "A root too many: of a variance, one root is drawn, that of var + eps."
)


def wrong_hats(rows, eps):
    """Return the results of usual mistakes with rows (M, K) that are to be normalised."""
    centred, var = rows - rows.mean(axis=1, keepdims=True), rows.var(axis=1, keepdims=True)
    other_axis = "Mean and variance run over the other axis."
    all_together = "One mean and one variance are taken of all numbers."
    of_all = standard(rows.reshape(1, -1), eps).reshape(rows.shape)
    return [
        var_for_std(centred / (var + eps)),
        eps_outside_root(centred / (np.sqrt(var) + eps)),
        no_eps(centred / np.sqrt(var)),
        *([eps_fixed(centred / np.sqrt(var + 1e-5))] if eps != 1e-5 else []),
        other_eps(centred / np.sqrt(var + 1e-8)),
        turned_round(-centred / np.sqrt(var + eps)),
        Mistake("other-axis", other_axis, standard(rows.T, eps).T),
        mixed_axes(centred / np.sqrt(rows.var(axis=0) + eps)),
        mixed_axes((rows - rows.mean(axis=0)) / np.sqrt(var + eps)),
        Mistake("all-together", all_together, of_all),
        not_centred(rows / np.sqrt(var + eps)),
        *(Mistake(m.code, m.sentence, centred / np.sqrt(m.value + eps)) for m in wrong_vars(rows)),
    ]


def wrong_vars(rows):
    """Return what usual mistakes take for the variances (M, 1) of rows (M, K)."""
    over = {"axis": 1, "keepdims": True}
    var, away = rows.var(**over), np.abs(rows - rows.mean(**over))
    unbiased = (
        "The variance is divided by one less than the numbers are; here it is their mean squared "
        "distance from the mean."
    )
    mean_square = "The variance is the mean of x² here; it is that of (x - mean)²."
    distance = "The mean distance stands for the variance, the mean of squared distances."
    summed = "The variance is a sum of squares; it is their mean."
    return [
        root_twice(np.sqrt(var)),
        Mistake("unbiased", unbiased, rows.var(**over, ddof=1)),
        Mistake("mean-square", mean_square, (rows**2).mean(**over)),
        Mistake("variance-summed", summed, rows.shape[1] * var),
        Mistake("mean-distance", distance, away.mean(**over)),
        Mistake("one-variance", "One variance is taken of all numbers.", rows.var()),
    ]


def unscaled(hat, gamma, beta):
    """Return the outputs without gamma, without beta, and without both."""
    neither = "This is x_hat: gamma has still to scale it, and beta to shift it."
    both = "gamma scales beta, too; beta is added last, as it is."
    return [
        Mistake("no-scale-and-shift", neither, hat),
        Mistake("no-scale", "gamma has still to scale it.", hat + beta),
        Mistake("no-shift", "beta has still to be added.", gamma * hat),
        Mistake("shift-scaled", both, gamma * (hat + beta)),
        common.gamma_for_beta(beta * hat + gamma),
    ]


def normalised(x, gamma, beta, axis, eps=0.1):
    """Return x normalised as an Expected, with the results of usual mistakes."""

    def mistakes():
        hats = wrong_hats(x if axis else x.T, eps)
        hat = normal(x, 1, 0, axis, eps)
        scaled = each(hats, lambda hat: gamma * (hat if axis else hat.T) + beta)
        return [*scaled, *unscaled(hat, gamma, beta)]

    return Expected(normal(x, gamma, beta, axis, eps), mistakes, normal=(gamma, beta, axis))


@dataclass(frozen=True)
class Normalised(Case):
    """A batch to normalise: x (N, D), gamma and beta (D,), dout (N, D), param: its settings.

    out: what comes out where eps is 0.1; by_default: where it is not named.
    slope("x"), slope("gamma"), slope("beta"): of sum(out * dout).
    """

    x: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    dout: np.ndarray
    param: dict
    axis: int
    out: Expected
    by_default: Expected

    @property
    def inputs(self):
        """Return {name: x, gamma or beta}."""
        return {"x": self.x, "gamma": self.gamma, "beta": self.beta}

    def loss(self, **changed):
        """Return sum(out * dout), with some of the inputs changed."""
        own = vars(self)  # no copies: nothing here writes into them
        inputs = {name: own[name] for name in ("x", "gamma", "beta")} | changed
        return np.sum(own["dout"] * normal(**inputs, axis=self.axis))

    def slope(self, name, dbeta=None):
        """Return the Slope along an input; a dbeta that came back tells exchanged ones."""
        N, D = self.x.shape
        wrong = {"x": self.wrong_dx, "gamma": lambda: self.wrong_dgamma(dbeta)}
        wrong |= {"beta": lambda: [dout_scaled(self.gamma * self.dout.sum(axis=0))]}
        known = {"N": N, "D": D, "later": self.parts if name == "x" else dict}
        return Slope(lambda a: self.loss(**{name: a}), self.inputs[name], wrong[name], **known)

    def resting_on(self, forward, *backwards):
        """Return a context: a failure is put down to batch or layer norm, if it is wrong here."""
        rests = resting_on_layernorm if self.axis else resting_on_batchnorm
        return rests(self, forward, *backwards)

    def parts(self):
        """Return hints about dx: its parts by way of mean and variance, and its factors."""
        x, dhat = self.x, self.dout * self.gamma
        mean_of = partial(np.mean, axis=self.axis, keepdims=True)
        var_of = partial(np.var, axis=self.axis, keepdims=True)
        mean, var = mean_of(x), var_of(x)

        def loss(mean, var):
            return np.sum(dhat * (x - mean) / np.sqrt(var + 0.1))

        by_mean = slope_of(lambda x: loss(mean_of(x), var), x)
        by_var = slope_of(lambda x: loss(mean, var_of(x)), x)
        terms = {"what comes by way of the mean": by_mean}
        terms["what comes by way of the variance"] = by_var
        factors = {"the standard deviation": np.sqrt(var + 0.1), "gamma": self.gamma}
        return {"terms": terms, "factors": factors}

    def wrong_dx(self):
        """Return usual mistakes in dx."""
        right = slope_of(lambda x: self.loss(x=x), self.x)
        without = slope_of(lambda x: self.loss(x=x, gamma=np.ones_like(self.gamma)), self.x)
        straight = (
            "This is the straight way alone; x also acts by way of the mean and of the variance."
        )
        overwritten = (
            "This is what comes by way of the variance alone: c has two uses, and what comes by "
            "way of the division is overwritten, or left out."
        )
        terms = self.parts()["terms"]
        by_var = terms["what comes by way of the variance"]
        divided = slope_of(lambda x: self.loss(x=x, gamma=1 / self.gamma), self.x)
        way = right - sum(terms.values())
        return [
            no_gamma(without),
            Mistake("gamma-divides", "It is divided by gamma; multiply dout by it.", divided),
            *([gamma_outside(self.gamma * without)] if self.axis else []),
            Mistake("straight-alone", straight, way),
            Mistake("variance-alone", overwritten, by_var),
            *wrong_lines(self.x, self.dout * self.gamma, self.axis),
            *([] if self.axis else other_means(self.x, self.dout, self.gamma)),
            *([] if self.axis else wrong_boxes(self.x, self.dout, self.gamma)),
            *([] if self.axis else wrong_nodes(self.x, self.dout * self.gamma)),
        ]

    def wrong_dgamma(self, dbeta):
        """Return usual mistakes in dgamma."""
        std = np.sqrt(self.x.var(axis=self.axis, keepdims=True) + 0.1)
        hat = normal(self.x, 1, 0, self.axis)
        centred = (
            "This sums dout * (x - mean); what gamma multiplies is x_hat, which is also divided by "
            "the standard deviation."
        )
        by_x = "This sums dout * x; what gamma multiplies is x_hat."
        right, alone = np.sum(self.dout * hat, axis=0), self.dout.sum(axis=0)
        return [
            alone_or_exchanged(alone, right, dbeta),
            Mistake("x-for-x-hat", by_x, np.sum(self.dout * self.x, axis=0)),
            Mistake("centred-for-x-hat", centred, np.sum(self.dout * hat * std, axis=0)),
            dout_scaled(self.gamma * right),
        ]


no_gamma = partial(Mistake, "no-gamma", "gamma is missing: dout reaches x_hat by way of it.")
gamma_outside = partial(
    Mistake,
    "gamma-outside",
    "gamma is multiplied at the end; it differs from number to number within a mean, so it belongs "
    "inside.",
)


dout_scaled = partial(
    Mistake,
    "dout-scaled",
    "It is the sum with dout * gamma, and should be the one with dout: does a line such as "
    "dout *= gamma overwrite what came in?",
)


def alone_or_exchanged(alone, right, dbeta):
    """Return the mistake of a dgamma that is the sum of dout alone; right: the right dgamma."""
    if np.size(dbeta) == right.size and np.allclose(np.ravel(dbeta), right.ravel()):
        sentence = (
            "This is dbeta, and dgamma came back in its place: the order is dx, dgamma, dbeta."
        )
        return Mistake("grads-exchanged", sentence, alone)
    return Mistake("no-x-hat", "This sums dout alone; what gamma multiplies is x_hat.", alone)


means_other_axis = partial(
    Mistake,
    "means-other-axis",
    "One of its two means or sums, or both, run over the other axis: they belong to the axis "
    "along which x was normalised.",
)


def other_means(x, dout, gamma):
    """Return batch norm's boxed line with means or sums / N along the features in it."""
    N, std = len(x), np.sqrt(x.var(axis=0) + 0.1)
    hat = (x - x.mean(axis=0)) / std
    means, alongs = (
        [a.sum(axis=0) / N, *(a.sum(axis=1, keepdims=True) / n for n in (N, x.shape[1]))]
        for a in (dout, dout * hat)
    )
    wrong = [pair for pair in np.ndindex(3, 3) if pair != (0, 0)]
    return [means_other_axis(gamma / std * (dout - means[i] - hat * alongs[j])) for i, j in wrong]


def wrong_boxes(x, dout, gamma):
    """Return batch norm's boxed line with its parts in other places."""
    std = np.sqrt(x.var(axis=0) + 0.1)
    hat = (x - x.mean(axis=0)) / std
    mean, along = dout.mean(axis=0), np.mean(dout * hat, axis=0)
    outside = "gamma / std is a factor of all three: are the parentheses where they should be?"
    exchanged = "dbeta and dgamma are exchanged in the line: x_hat stands beside dgamma."
    both = "x_hat stands beside dgamma alone, and not beside dbeta."
    return [
        Mistake("parentheses", outside, gamma / std * dout - mean - hat * along),
        Mistake("sums-exchanged", exchanged, gamma / std * (dout - along - hat * mean)),
        Mistake("x-hat-for-both", both, gamma / std * (dout - hat * (mean + along))),
    ]


def wrong_nodes(x, dhat):
    """Return batch norm's dx with a sum left out on the graph, or another root on its straight way.

    A way to c by the division, and one by the squares; then that by the mean.
    """
    centred, std = x - x.mean(axis=0), np.sqrt(x.var(axis=0) + 0.1)
    alone = -dhat * centred / std**3 * centred / len(x)
    squares = -np.sum(dhat * centred, axis=0) / std**3 * centred / len(x)
    summed = "std, var and the mean are one number each for all examples: their gradients are sums."
    straight = "By way of the division, c gets dx_hat / std: once, and by std."
    ways = [dhat / std + alone, *(dhat * std**k + squares for k in (-2, 0, 1))]
    first, *others = (way - way.mean(axis=0) for way in ways)
    right = dhat / std + squares
    return [
        Mistake("not-summed", summed, first),
        Mistake("not-summed", summed, right - right / len(x)),
        *(Mistake("straight-std", straight, other) for other in others),
    ]


def wrong_lines(x, dhat, axis):
    """Return the result of step 5 with other means in it, or another root."""
    means = [partial(np.mean, axis=over, keepdims=True) for over in (axis, 1 - axis)]
    var = x.var(axis=axis, keepdims=True)
    hat = (x - means[0](x)) / np.sqrt(var + 0.1)
    right, *others = (
        dhat - means[i](dhat) - hat * means[j](dhat * hat) for i, j in np.ndindex(2, 2)
    )
    mixed = [means_other_axis(other / np.sqrt(var + 0.1)) for other in others]
    no_hat = (
        "x_hat is missing beside the mean of dout * x_hat: each number is to lose its own share."
    )
    not_divided = "These are sums, where the line has means: divide both by how many they add up."
    n, mean, along = x.shape[axis], means[0](dhat), means[0](dhat * hat)
    summed, other = mean + hat * along, x.shape[1 - axis]
    across = other / n * (means[1](dhat) + hat * means[1](dhat * hat))
    no_mean = "The last part lacks its mean: it is x_hat times the mean of dx_hat * x_hat."
    return [
        no_eps(right / np.sqrt(var)),
        var_for_std(right / (var + 0.1)),
        *mixed,
        means_other_axis((dhat - across) / np.sqrt(var + 0.1)),
        Mistake("no-mean", no_mean, (dhat - mean - hat * dhat * hat) / np.sqrt(var + 0.1)),
        Mistake("no-hat", no_hat, (dhat - mean - along) / np.sqrt(var + 0.1)),
        Mistake("sums", not_divided, (dhat - n * summed) / np.sqrt(var + 0.1)),
        Mistake("other-count", OTHER_COUNT[axis], (dhat - n / other * summed) / np.sqrt(var + 0.1)),
    ]


OTHER_COUNT = (
    "Both sums are divided by D; they add up the N examples, so that N makes means of them.",
    "Both sums are divided by N; they add up the D features, so that D makes means of them.",
)
"""What is said of sums that are divided by the other length, by axis."""


def case_of(x, gamma, beta, dout, axis=0):
    """Return a batch x (N, D), to be normalised along an axis, as a case."""
    param = {"eps": 0.1} if axis else {"mode": "train", "eps": 0.1}
    outs = (normalised(x, gamma, beta, axis, eps) for eps in (0.1, 1e-5))
    return Normalised(x, gamma, beta, dout, param, axis, *outs)


def batches():
    """Return x (3, 5, 4), three batches, gamma and beta (4,), and dout (5, 4), random.

    The second feature is far from 0 and nearly constant, the third hardly varies at all.
    """
    random = rng()
    x = random.normal(size=(3, 5, 4)) * [2, 0.1, 1e-3, 1] + [1, 50, -3, 0]
    return x, *(random.normal(1, 0.5, size=s) for s in (4, 4, (5, 4)))


def train_mode():
    """Return a batch for batch norm in training."""
    (x, *_), gamma, beta, dout = batches()
    return case_of(x, gamma, beta, dout)


@dataclass(frozen=True)
class ThreeBatches(Case):
    """Three batches (3, 5, 4) for batch norm in training, gamma and beta (4,).

    param: settings with momentum 0.6; mean, var: what it should hold after the three.
    default: settings with running statistics, without a momentum; default_mean: the running mean
    that it should hold after the second batch, x (5, 4).
    """

    batches: np.ndarray
    x: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    param: dict
    mean: Expected
    var: Expected
    default: dict
    default_mean: Expected

    def kept(self):
        """Tell whether param holds running statistics."""
        return has_statistics(self.param, "write back into bn_param what is to be kept.")


def has_statistics(param, otherwise):
    """Tell whether settings hold running statistics, as check.that takes it."""
    missing = sorted({"running_mean", "running_var"} - set(param))
    return not missing, f"It has no {' and no '.join(missing)}: {otherwise}", "not-kept"


def faded(batch, keep, new):
    """Return running statistics after batches, such as three, of the statistics `batch` (3, D)."""
    shares = new * keep ** np.arange(len(batch))[::-1]
    return shares @ batch


swapped = partial(
    Mistake,
    "swapped",
    "The two shares are swapped: that is PyTorch's momentum, the share of what is new. Here and in "
    "CS231n it is the share that is kept.",
)
unbiased_var = partial(
    Mistake,
    "unbiased",
    "The variance is divided by N - 1, as PyTorch's running variance is; here by N, as in out.",
)
std_kept = partial(
    Mistake,
    "std-kept",
    "This runs over standard deviations; the running variance runs over variances.",
)


def running(batch, name, other, *more):
    """Return running statistics, momentum 0.6, as an Expected; batch: those of three batches.

    name, other: of the other statistic, of which a mistake may make use.
    """
    begins_anew = "This holds the latest batch's share alone; what was there before is lost."
    latest = "This is the latest batch alone; the running share of those before is gone."
    fixed = "This is what a momentum of 0.9 gives; bn_param may name another."
    at_1 = "It begins at 1, as PyTorch's running variance does; here both begin at 0."
    summed = "The batches are added up; the older ones should fade, by momentum."
    in_full = "The first batch counts in full; its share is 1 - momentum, too."
    mixed = f"It goes on from the running {name}: each of the two goes on from its own."
    taken = f"This runs over the batches' {name}s."
    right, others = faded(batch, 0.6, 0.4), [faded(other[:k], 0.6, 0.4) for k in (2, 3)]
    mistakes = [
        *(Mistake("other-statistic", mixed, 0.6 * before + 0.4 * batch[2]) for before in others),
        Mistake("other-statistic", taken, others[1]),
        swapped(faded(batch, 0.4, 0.6)),
        Mistake("momentum-fixed", fixed, faded(batch, 0.9, 0.1)),
        Mistake("latest-batch", latest, batch[2]),
        Mistake("begins-anew", begins_anew, 0.4 * batch[2]),
        Mistake("starts-at-1", at_1, right + 0.6**3),
        Mistake("first-in-full", in_full, right + 0.6**3 * batch[0]),
        Mistake("summed", summed, batch.sum(axis=0)),
    ]
    return Expected(right, [*mistakes, *more])


def three_batches():
    """Return three batches, and the running statistics that they should leave."""
    x, gamma, beta, _ = batches()
    mean, var = x.mean(axis=1), x.var(axis=1)
    eps_kept = "eps is in it; eps is added where the variance is used, not where it is kept."
    more = [
        *(std_kept(faded(np.sqrt(v), 0.6, 0.4)) for v in (var, var + 0.1)),
        unbiased_var(faded(var * 5 / 4, 0.6, 0.4)),
        Mistake("eps-kept", eps_kept, faded(var + 0.1, 0.6, 0.4)),
    ]
    param = check.watched({"mode": "train", "eps": 0.1, "momentum": 0.6})
    before = {"running_mean": mean[0].copy(), "running_var": var[0].copy()}
    right, wrong = (old * mean[0] + (1 - old) * mean[1] for old in (0.9, 0.1))
    return ThreeBatches(
        *(x, x[1], gamma, beta, param),
        *(running(mean, "variance", var), running(var, "mean", mean, *more)),
        *(check.watched({"mode": "train", **before}), Expected(right, [swapped(wrong)])),
    )


@dataclass(frozen=True)
class TestMode(Case):
    """A batch for batch norm at test: x (5, 4), gamma and beta (4,).

    param: settings with eps = 0.1 and running statistics; out: what comes out; alone: of the third
    example alone.
    """

    x: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    param: dict
    out: Expected
    alone: Expected


def test_mode():
    """Return examples whose places among the running statistics are known."""
    random, (_, gamma, beta, _) = rng(), batches()
    mean, var, hat = random.normal(size=4), random.uniform(0.01, 3, 4), random.normal(size=(5, 4))
    x, right = mean + hat * np.sqrt(var + 0.1), gamma * hat + beta
    hats = wrong_test_hats(x, mean, var)
    mistakes = [
        *each(hats, lambda hat: gamma * hat + beta),
        Mistake("x-itself", "This is x, as it came in.", x),
        *unscaled(hat, gamma, beta),
        *each(hats, lambda hat: hat),
    ]
    param = {"mode": "test", "eps": 0.1, "running_mean": mean, "running_var": var}
    return TestMode(
        x, gamma, beta, check.watched(param), Expected(right, mistakes), Expected(right[2:3])
    )


def wrong_test_hats(x, mean, var):
    """Return what usual mistakes at test, with eps = 0.1, make of x_hat."""
    batch_mean = "The batch's own mean is subtracted; at test the running mean takes its place."
    squared = "running_var is squared; it is a variance as it is."
    centred = x - mean
    of_batch = (x - x.mean(axis=0)) / np.sqrt(var + 0.1)
    return [
        Mistake("batch-mean", batch_mean, of_batch),
        common.batch_statistics(standard(x.T, 0.1).T),
        Mistake("squared-variance", squared, centred / np.sqrt(var**2 + 0.1)),
        var_for_std(centred / (var + 0.1)),
        var_for_std(centred / var),
        no_eps(centred / np.sqrt(var)),
        eps_outside_root(centred / (np.sqrt(var) + 0.1)),
        root_twice(centred / np.sqrt(np.sqrt(var) + 0.1)),
        not_centred(x / np.sqrt(var + 0.1)),
        turned_round(-centred / np.sqrt(var + 0.1)),
        eps_fixed(centred / np.sqrt(var + 1e-5)),
        *moved_first(x, mean, var),
    ]


def moved_first(x, mean, var):
    """Return x_hat by statistics that take in the batch before; momentum is 0.9."""
    sentence = (
        "The batch has a part in the mean or in the variance; at test the running ones alone count."
    )
    means, variances = (
        (old, 0.9 * old + 0.1 * new, new)
        for old, new in ((mean, x.mean(axis=0)), (var, x.var(axis=0)))
    )
    pairs = ((1, 0), (1, 1), (0, 1), (0, 2))
    hats = [(x - means[i]) / np.sqrt(variances[j] + 0.1) for i, j in pairs]
    return [Mistake("batch-takes-part", sentence, hat) for hat in hats]


def layer_norm():
    """Return a batch (4, 5) for layer norm, of which some examples hardly vary."""
    (x, *_), _, _, dout = batches()
    gamma, beta = rng().normal(1, 0.5, size=(2, 5))
    return case_of(x.T, gamma, beta, dout.T, axis=1)


def exact_slope(f, x):
    """Return the gradient of f at x by tiny imaginary steps: f(x + ih) = f(x) + ih f'(x)."""
    grad, h = np.empty(x.shape), 1e-30
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * h
        grad[index] = np.imag(f(moved)) / h
    return grad


def slopes(case, loss):
    """Return dx, dgamma and dbeta of loss(x=..., gamma=..., beta=...), the last two flat."""
    names = ("x", "gamma", "beta")
    dx, *rest = (exact_slope(lambda a, n=n: loss(**{n: a}), getattr(case, n)) for n in names)
    return dx, *map(np.ravel, rest)


def flat(grads):
    """Return dx, dgamma and dbeta, the last two flat: their shape is asked elsewhere."""
    dx, *rest = grads
    return dx, *map(np.ravel, rest)


def earlier(case, name, numbers, forward, *backwards):
    """Return what check.after takes, of a layer of rows in a case and of its ways back.

    numbers: of the checks of forward and backwards.
    """

    def run():
        return forward(case.x, case.gamma, case.beta, case.param)

    @cache
    def due():
        pairs = zip(case.inputs, slopes(case, case.loss), strict=True)
        return tuple(Expected(value, **case.slope(name).known) for name, value in pairs)

    back = [
        (number, f"{name}_backward{'_alt' * k}", lambda b=b: flat(b(case.dout, run()[1])), due)
        for k, (number, b) in enumerate(zip(numbers[1:], backwards, strict=False))
    ]
    return [(numbers[0], f"{name}_forward", lambda: run()[0], case.out), *back]


def resting_on_batchnorm(case, forward, *backwards):
    """Return a context: a failure is put down to batch norm, if it is wrong for these rows.

    What it keeps, and what it does at test, is looked at as well.
    """
    three, test = three_batches(), test_mode()

    def kept():
        for x in three.batches:
            forward(x, three.gamma, three.beta, three.param)
        return three.param["running_mean"], three.param["running_var"]

    def tested():
        return forward(test.x, test.gamma, test.beta, test.param)[0]

    return check.after(
        *earlier(case, "batchnorm", (3, 6, 7), forward, *backwards),
        (4, "batchnorm_forward", kept, (three.mean, three.var)),
        (5, "batchnorm_forward", tested, test.out),
    )


def resting_on_layernorm(case, forward, *backwards):
    """Return a context: a failure is put down to layer norm, if it is wrong for these rows."""
    return check.after(*earlier(case, "layernorm", (8, 9), forward, *backwards))


def channel_normal(x, gamma, beta, eps=0.1):
    """Return x (N, C, H, W) with its channels normalised, scaled and shifted, one by one."""
    channels = np.moveaxis(x, 1, 0)
    hat = standard(channels.reshape(len(channels), -1), eps).reshape(channels.shape)
    scale, shift = (np.reshape(a, (-1, 1, 1)) for a in (gamma, beta))
    return scale * np.moveaxis(hat, 0, 1) + shift


def group_normal(x, G, eps=0.1):
    """Return x (N, C, H, W) with each group of channels of each picture normalised."""
    return standard(x.reshape(len(x) * G, -1), eps).reshape(x.shape)


@dataclass(frozen=True)
class Pictures(Case):
    """Pictures to normalise: x and dout (N, C, H, W), gamma and beta (C,), param: settings.

    out: what comes out where eps is 0.1; mean, var: running statistics after one step, momentum
    0.6; trained: settings for test, whose running statistics are those of x; alone: what comes out
    of the first picture alone by these.
    slope("x"), slope("gamma"), slope("beta"): of sum(out * dout).
    rows: the same pixels as a batch of C features.
    """

    x: np.ndarray
    gamma: np.ndarray
    beta: np.ndarray
    dout: np.ndarray
    param: dict
    out: Expected
    mean: np.ndarray
    var: np.ndarray
    trained: dict
    alone: Expected

    def normal(self, x, gamma, beta):
        """Return x normalised, scaled and shifted."""
        return channel_normal(x, gamma, beta)

    def loss(self, **changed):
        """Return sum(out * dout), with some of the inputs changed."""
        own = vars(self)  # no copies: nothing here writes into them
        inputs = {name: own[name] for name in ("x", "gamma", "beta")} | changed
        return np.sum(own["dout"] * self.normal(**inputs))

    def slope(self, name, dbeta=None):
        """Return the Slope along an input; a dbeta that came back tells exchanged ones."""
        sizes = dict(zip("NCHW", self.x.shape, strict=True))
        wrong = {"x": self.wrong_dx, "gamma": lambda: self.wrong_dgamma(dbeta)}
        wrong |= {"beta": lambda: [dout_scaled(self.gamma * self.summed(self.dout))]}
        known = sizes | (
            {"factors": {"gamma": self.gamma.reshape(-1, 1, 1)}} if name == "x" else {}
        )
        return Slope(lambda a: self.loss(**{name: a}), getattr(self, name), wrong[name], **known)

    def kept(self):
        """Tell whether param holds running statistics."""
        return has_statistics(
            self.param,
            "batchnorm_forward writes them into the dict that it gets: hand it bn_param itself, "
            "and no copy.",
        )

    def resting_on(self, forward, *backwards):
        """Return a context: a failure is put down to the layer of rows, if it is wrong here."""
        return self.rows.resting_on(forward, *backwards)

    def wrong_dx(self):
        """Return usual mistakes in dx."""
        N, C, H, W = self.x.shape
        ones = np.ones_like(self.gamma)
        taken = np.moveaxis(self.dout.reshape(N, H, W, C), -1, 1)
        plain = slope_of(lambda x: self.loss(x=x, gamma=ones), self.x)
        mixed = slope_of(lambda x: np.sum(taken * self.normal(x, self.gamma, self.beta)), self.x)
        scale = self.gamma.reshape(1, C, 1, 1)
        outside, dhat_alone = (
            scale * plain,
            "This is dout * gamma; it has still to go through the norm.",
        )
        return [
            not_transposed(mixed),
            not_transposed(np.moveaxis(mixed, 1, -1).reshape(self.x.shape)),
            no_gamma(plain),
            Mistake("dhat-alone", dhat_alone, scale * self.dout),
            *([gamma_outside(outside)] if self.gamma.ndim > 1 else []),
        ]

    def wrong_dgamma(self, dbeta):
        """Return usual mistakes in dgamma."""
        hat = self.normal(self.x, np.ones_like(self.gamma), 0 * self.beta)
        alone, right = self.summed(self.dout), self.summed(self.dout * hat)
        return [alone_or_exchanged(alone, right, dbeta), dout_scaled(self.gamma * right)]

    def summed(self, array):
        """Return the sum of each channel of an array (N, C, H, W), shaped like gamma."""
        return np.sum(array, axis=(0, 2, 3)).reshape(self.gamma.shape)

    @property
    def rows(self):
        """Return the pixels as a batch for batch norm."""
        x, dout = (np.moveaxis(a, 1, -1).reshape(-1, a.shape[1]) for a in (self.x, self.dout))
        return case_of(x, self.gamma, self.beta, dout)


not_transposed = partial(
    Mistake,
    "not-transposed",
    "The channels are mixed up: reshape alone does not bring them to the end.",
)


def picture_inputs(N=3, C=8, H=5, W=2):
    """Return x (N, C, H, W), gamma and beta (C,), and dout like x, random."""
    random = rng()
    spread, centre = random.uniform(0.1, 2, C), random.normal(size=C)
    x = np.moveaxis(spread * random.normal(size=(N, H, W, C)) + centre, -1, 1)
    return x, *(random.normal(1, 0.5, size=s) for s in (C, C, x.shape))


def pictures(*shape):
    """Return pictures for spatial batch norm."""
    x, gamma, beta, dout = picture_inputs(*shape)
    scale, shift = gamma[:, None, None], beta[:, None, None]
    mean, var = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
    out = Expected(
        channel_normal(x, gamma, beta),
        lambda: wrong_pictures(x, gamma, beta),
        normal=(scale, shift, (0, 2, 3)),
    )
    param = check.watched({"mode": "train", "eps": 0.1, "momentum": 0.6})
    trained = {"mode": "test", "eps": 0.1, "running_mean": mean, "running_var": var}
    of_one = common.batch_statistics(channel_normal(x[:1], gamma, beta))
    alone = Expected(out.value[:1], [of_one])
    return Pictures(x, gamma, beta, dout, param, out, 0.4 * mean, 0.4 * var, trained, alone)


def wrong_pictures(x, gamma, beta):
    """Return the results of mistakes in the arrangement of x (N, C, H, W)."""
    C, scale, shift = x.shape[1], gamma[:, None, None], beta[:, None, None]
    right = channel_normal(x, gamma, beta)
    pixels = standard(x.reshape(len(x), -1).T, 0.1).T.reshape(x.shape)
    back = (
        "The numbers are right and in the wrong places: on the way back, too, axes have to be "
        "exchanged."
    )
    pixel = "Every pixel has a mean of its own; a channel has one over all its pixels."
    picture = "Every picture has a mean of its own; a channel has one over all pictures."
    return [
        not_transposed(normal(x.reshape(-1, C), gamma, beta).reshape(x.shape)),
        Mistake("not-transposed-back", back, np.moveaxis(right, 1, -1).reshape(x.shape)),
        Mistake("each-pixel", pixel, scale * pixels + shift),
        Mistake("each-picture", picture, scale * group_normal(x, C) + shift),
        eps_fixed(channel_normal(x, gamma, beta, 1e-5)),
    ]


@dataclass(frozen=True)
class Groups(Pictures):
    """Pictures for group norm: as Pictures, with gamma and beta (1, C, 1, 1), in two groups.

    one_group, each_channel: what comes out of one group, and of C, where eps is not named.
    rows: the groups as a batch for layer norm.
    """

    one_group: np.ndarray
    each_channel: np.ndarray

    def normal(self, x, gamma, beta):
        """Return x normalised in two groups, scaled and shifted."""
        return gamma * group_normal(x, 2) + beta

    @property
    def rows(self):
        """Return the groups as a batch for layer norm."""
        x, dout = (a.reshape(2 * len(a), -1) for a in (self.x, self.dout * self.gamma))
        return case_of(x, np.ones(x.shape[1]), np.zeros(x.shape[1]), dout, axis=1)


def groups(*shape):
    """Return pictures for group norm."""
    x, gamma, beta, dout = picture_inputs(*shape)
    C = x.shape[1]
    gamma, beta = gamma.reshape(1, C, 1, 1), beta.reshape(1, C, 1, 1)
    right = gamma * group_normal(x, 2) + beta
    out = Expected(right, lambda: wrong_groups(x, gamma, beta))
    single = [gamma * group_normal(x, G, 1e-5) + beta for G in (1, C)]
    none = np.empty(0)
    return Groups(x, gamma, beta, dout, {"eps": 0.1}, out, none, none, {}, out[:1], *single)


def wrong_groups(x, gamma, beta):
    """Return the results of mistakes with two groups, eps = 0.1, for x (N, C, H, W)."""
    C = x.shape[1]
    by_size = "The groups have G channels each; there should be G groups."
    each_channel = "Every channel is normalised by itself; a group has one mean."
    one_group = "All channels are normalised together; every group has its own mean."
    in_turn = "The channels are dealt out to the groups in turn; the first ones are one group."
    dealt = np.arange(C).reshape(C // 2, 2).T.ravel()
    of_rows = wrong_hats(x.reshape(2 * len(x), -1), 0.1)
    of_rows = [m for m in of_rows if m.code != "other-eps"]  # no row hardly varies: it is no-eps
    hats = [
        Mistake("groups-by-size", by_size, group_normal(x, C // 2)),
        Mistake("each-channel", each_channel, group_normal(x, C)),
        Mistake("one-group", one_group, group_normal(x, 1)),
        Mistake("in-turn", in_turn, group_normal(x[:, dealt], 2)[:, np.argsort(dealt)]),
        *each(of_rows, lambda rows: rows.reshape(x.shape)),
        *wrong_sets(x),
    ]
    return [
        *each(hats, lambda hat: gamma * hat + beta),
        *unscaled(group_normal(x, 2), gamma, beta),
    ]


def wrong_sets(x):
    """Return x (N, C, H, W) as it comes out if other sets of numbers are normalised together."""
    N, C, H, W = x.shape
    batch = group_normal(x.swapaxes(0, 1).reshape(1, C, -1, W), 2)
    rows = standard(x.reshape(2, -1), 0.1).reshape(x.shape)
    pixels = standard(np.moveaxis(x.reshape(N, 2, C // 2, H, W), 2, -1), 0.1)
    mixed = standard(np.moveaxis(x, 1, -1).reshape(N * 2, -1), 0.1)
    dealt = x.reshape(N, 2, C // 2, H, W).swapaxes(1, 2).reshape(x.shape)
    crossed = group_normal(dealt, C // 2).reshape(N, C // 2, 2, H, W)
    uncrossed = crossed.swapaxes(1, 2).reshape(x.shape)
    whole_batch = "A group is normalised over all pictures; each picture has groups of its own."
    across = "The mean runs from group to group; it runs over the channels within each."
    few_rows = "There are G rows, and should be N * G: each picture has groups of its own."
    pixel = (
        "Each pixel of a group is normalised by itself; a group has one mean over all its pixels."
    )
    first = (
        "The groups are mixed up: the channels of a group lie next to each other in x as it is, "
        "before any axes are exchanged."
    )
    return [
        Mistake("whole-batch", whole_batch, batch.reshape(C, N, H, W).swapaxes(0, 1)),
        *([Mistake("few-rows", few_rows, rows)] if N > 2 else []),
        *([Mistake("across-groups", across, uncrossed)] if C != 4 else []),
        Mistake("pixel-of-group", pixel, np.moveaxis(pixels, -1, 2).reshape(x.shape)),
        Mistake("pixels-first", first, mixed.reshape(x.shape)),
    ]


@dataclass(frozen=True)
class Dropout(Case):
    """Numbers for dropout: x and dout of one shape, param: its settings, p among them.

    Each method says what is due if the numbers that `out` still has are those that were kept.
    """

    x: np.ndarray
    dout: np.ndarray
    param: dict

    def kept(self, out):
        """Return where out is not 0; everywhere, if out is not an array like x."""
        fits = isinstance(out, np.ndarray) and out.shape == self.x.shape
        return out != 0 if fits else np.ones(self.x.shape, bool)

    def out(self, out):
        """Return the output in training; `out` shows which numbers were kept."""
        return self.divided(self.kept(out), self.x, self.kept(out))

    def dx(self, out, dx):
        """Return the gradient in training; `out` shows which numbers were kept."""
        return self.divided(self.kept(out), self.dout, self.kept(dx))

    def divided(self, kept, given, instead):
        """Return the kept numbers of `given`, divided by p; instead: those kept by mistake."""
        p = self.param["p"]
        multiplied = "What is kept is multiplied by the share that is kept, and should be divided."
        times_out = "This is dout times what came out; it should be dout times the mask."
        other = "Backward drops other numbers than forward did: keep forward's mask."
        by_dropped = "It is divided by 1 - p, the share that is dropped; divide by p, what is kept."
        mistakes = [
            common.not_divided(kept * given),
            Mistake("multiplied", multiplied, p * kept * given),
            common.no_mask(given),
            Mistake(
                "twice-divided",
                "It is divided by the share that is kept twice over.",
                kept * given / p**2,
            ),
            Mistake("by-dropped", by_dropped, kept * given / (1 - p)),
            Mistake("mask-itself", "This is the mask; what comes out is x times it.", kept / p),
            Mistake("times-out", times_out, kept * self.x * given / p),
            Mistake("other-mask", other, instead * given / p),
        ]
        return Expected(kept * given / p, mistakes)

    def passed(self, out):
        """Return the output at test, with the results of dropping or scaling there."""
        p, kept = self.param["p"], self.kept(out)
        scaled = [common.scaled_at_test(share * self.x) for share in (p, 1 - p, 1 / p)]
        dropped = [common.dropped_at_test(kept * self.x / share) for share in (p, 1)]
        return Expected(self.x, [*scaled, *dropped])

    def seeded(self, out, again):
        """Tell, as check.that takes it, whether the same mask came again only with a seed."""
        seeded = "seed" in self.param
        what = "with a seed, the mask is always the same"
        otherwise = "It changes: draw with rng, which is made from the seed."
        if not seeded:
            what = "without one, it is always new"
            otherwise = "It came again: is there a seed that nobody gave?"
        return what, np.array_equal(out, again) == seeded, otherwise, "seed"


def dropouts():
    """Return numbers for dropout in training: a square of them, and a block of four axes."""
    seeded = {"p": 0.3, "mode": "train", "seed": a_seed()}
    for shape, param in (((100, 100), seeded), ((10, 10, 10, 10), {"p": 0.8, "mode": "train"})):
        x, dout = rng().uniform(1, 2, size=(2, *shape))
        yield Dropout(x, dout, param)


def dropouts_at_test():
    """Return numbers for dropout at test, at two shares."""
    for p in (0.3, 0.8):
        x, dout = rng().normal(size=(2, 3, 4, 5, 2))
        yield Dropout(x, dout, {"p": p, "mode": "test"})


NORMAL_BELOW = {0.3: 0.618, 0.8: 0.788}
"""{p: the share of normal numbers that lie below it}."""


def check_shares(case, out):
    """Check that each of 10,000 numbers is kept with probability p, by itself.

    The share of n entries has the standard error √(p (1 - p) / n); six of them are allowed.
    """
    p, kept = case.param["p"], case.kept(out).reshape(100, 100)
    error, share = 6 * np.sqrt(p * (1 - p)) / 100, kept.mean()
    for axis, name in ((0, "column"), (1, "row")):
        even = np.abs(kept.mean(axis=axis) - share).max() < 10 * error
        sentence = "Draw for every number by itself: the mask has the shape of x."
        check.that(f"p = {p}: every {name} keeps about as many", even, sentence, "whole-lines")
    sentence, code = f"Kept are {share:.0%}; p is the share to keep.", "keep-rate"
    if abs(share - (1 - p)) < error:
        sentence, code = f"Kept are {share:.0%}: {SHARE_TO_DROP}", "drop-for-keep"
    elif share == 1:
        sentence = f"{sentence} Are the numbers that are drawn compared with p?"
    elif abs(share - NORMAL_BELOW[p]) < error:
        sentence, code = f"{sentence} rng.random draws evenly from 0 to 1.", "normal-numbers"
    check.that(f"{p:.0%} of all numbers are kept", abs(share - p) < error, sentence, code)


SHARE_TO_DROP = "you take p for the share to drop, as PyTorch does; CS231n and we keep the share p."


@dataclass(frozen=True)
class Layer(Case):
    """A layer and its ways back, for claims about all of them.

    checks: {name of a function: number of its check}; inputs: what the forward takes, dout: what a
    backward takes; due: what comes out and what comes back, dgamma and dbeta flat.
    """

    checks: dict
    inputs: tuple
    dout: np.ndarray
    due: tuple

    @property
    def backwards(self):
        """Return the names of the ways back."""
        return list(self.checks)[1:]

    @property
    def single(self):
        """Return the inputs in float32."""
        return [np.float32(a) if isinstance(a, np.ndarray) else copied(a) for a in self.inputs]

    def complete(self, grads):
        """Return what came back as a tuple, dgamma and dbeta flat, as they are due.

        Raises CheckFailed if it is not as many as are due.
        """
        due = len(self.due[1]) if isinstance(self.due[1], tuple) else 1
        grads = grads if isinstance(grads, tuple | list) else (grads,)
        if len(grads) != due:
            sentence = f"A way back returned {len(grads)} results, and {due} are due."
            raise check.CheckFailed(sentence, "returned-count")
        return flat(grads)

    def completed(self, backward):
        """Return a way back whose result is complete, see there."""
        return lambda dout, cache: self.complete(backward(dout, cache))

    def resting_on(self, forward, *backwards):
        """Return a context: a failure is put down to one of these functions, if it is wrong."""
        names, numbers = zip(*self.checks.items(), strict=True)

        def run():
            return forward(*map(copied, self.inputs))

        def back(backward):
            grads = backward(self.dout, run()[1])
            return flat(grads) if isinstance(grads, tuple | list) else grads

        ways = [(lambda b=b: back(b), self.due[1]) for b in backwards]
        answers = [(lambda: run()[0], self.due[0]), *ways]
        return check.after(
            *((n, name, *a) for n, name, a in zip(numbers, names, answers, strict=True))
        )


def copied(value):
    """Return a copy of an array or a dict, and a number as it is."""
    return value.copy() if isinstance(value, np.ndarray | dict) else value


def layers():
    """Return {name: Layer} of all layers of this notebook."""
    dropped = next(dropouts_at_test())
    made = {name: layer_of(name, case) for name, case in normalisations().items()}
    numbers = {"dropout_forward": 15, "dropout_backward": 15}
    inputs, due = (dropped.x, {"p": 1, "mode": "train"}), (dropped.x, dropped.dout)
    return made | {"dropout": Layer(numbers, inputs, dropped.dout, due)}


def normalisations():
    """Return {name: case} of all normalisations of this notebook."""
    cases = {"batchnorm": train_mode(), "layernorm": layer_norm()}
    cases |= {"spatial_batchnorm": pictures(2, 4, 3, 2), "spatial_groupnorm": groups(2, 4, 3, 2)}
    return cases


@drawn_once
def slopes_of_normalisations():
    """Return {name of a normalisation: dx, dgamma and dbeta, the last two flat}."""
    return {name: slopes(case, case.loss) for name, case in normalisations().items()}


CHECKS = {
    "batchnorm": (3, 6, 7),
    "layernorm": (8, 9),
    "spatial_batchnorm": (11, 12),
    "spatial_groupnorm": (13, 14),
}
"""{name of a normalisation: numbers of the checks of its forward and of its ways back}."""


def layer_of(name, case):
    """Return a normalisation as a Layer."""
    functions = [f"{name}_{which}" for which in ("forward", "backward", "backward_alt")]
    checks = dict(zip(functions, CHECKS[name], strict=False))
    number = [2] if isinstance(case, Groups) else []
    inputs = (case.x, case.gamma, case.beta, *number, dict(case.param))
    return Layer(checks, inputs, case.dout, (case.out, slopes_of_normalisations()[name]))
