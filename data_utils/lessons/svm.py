"""Notebook 1: values and slopes of the two losses, and where training should lead.

Inputs are made backwards: scores are chosen first, X is drawn at random, and W solves X @ W = S.
So a table of scores whose costs are known by hand can be asked of anybody's function.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from .. import check
from ..expected import Expected, Mistake, Slope
from ..seeds import rng
from . import common
from .common import Case

REG = 3.0
"""The regularisation strength that checks ask for where they look at the regulariser."""

S = np.array(
    [[3, 1, 0.5, -1], [2.3, 2.5, 0, 1.9], [1, -0.5, 1.5, 3], [2, 1, 3, 0.5], [0.5, -2, 1, -0.8]]
)
Y = np.array([0, 1, 2, 3, 0])
G = np.array([[0, 0, 0, 0], [1, -2, 0, 1], [1, 0, -2, 1], [1, 1, 1, -3], [-1, 0, 1, 0]])
"""The scores of five examples, their right classes, and how often each pushes a class's column."""


def inputs_with_scores(scores):
    """Return a W (7, C) and a random X (N, 7) with X @ W = scores."""
    X = rng().normal(size=(len(scores), 7))
    return np.linalg.pinv(X) @ scores, X


@dataclass(frozen=True)
class Table(Case):
    """The table of section 2: X @ W are its scores, for five examples and four classes.

    W: (7, 4), X: (5, 7), y: (5,) right classes.
    loss: what it costs at reg = 0; equal: what it costs if W is 0; penalty: what reg = 3 adds.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    loss: Expected
    equal: Expected
    penalty: Expected


def table():
    """Return the table, with its cost by hand, and by other rules."""
    W, X = inputs_with_scores(S)
    wrong = [*other_costs(), *parts_left_out(), without_reg(2.64, np.sum(W * W))]
    missing = Mistake("missing-example", "One example of five is missing, or costs nothing.", 2.4)
    loss, equal = Expected(2.64, wrong, N=5, C=4), Expected(3.0, [missing], N=5, C=4)
    return Table(W, X, Y, loss, equal, penalty(W))


def parts_left_out():
    """Return the cost of the table without a part of it, or with the right class's."""
    exactly = "The difference is exactly this:"
    extra = "the cost of 1 for the right class of every example is there once too often."
    parts = {"the 1 in the margins": 1.34, "the last example": 0.3, "the last class": 0.58}
    return [
        Mistake("extra-term", f"{exactly} {extra}", 3.64),
        *(
            Mistake("missing-term", f"{exactly} {name} is missing.", 2.64 - cost)
            for name, cost in parts.items()
        ),
    ]


def other_costs():
    """Return the cost of the table by other rules, worked out by hand, and as a sum."""
    by_other_rules = costs_by_other_rules()
    return [
        *by_other_rules,
        *costs_of_other_margins(),
        *(no_mean(mistake, 5) for mistake in by_other_rules),
        no_mean(Mistake("right-class", "The right class costs 1 every time; skip it.", 3.64), 5),
        no_mean(Mistake("no-1", "The 1 in the margins is missing.", 1.3), 5),
        Mistake(
            "mean-in-loop",
            "The sum is divided by N in every round of the loop; divide it once, after the loop.",
            sum(cost / 5 ** (5 - i) for i, cost in enumerate([0, 1.2, 3, 7.5, 1.5])),
        ),
        common.whole(2.0),
        Mistake("last-margin", "Only the last margin is left: is each added to those before?", 0.3),
        Mistake(
            "every-row",
            "No margin counts. In a loop: is each added by +=, and does `return` follow the last "
            "round? Without one: does margins[:, y] = 0 clear columns, or G = margins change it?",
            0.0,
        ),
    ]


def costs_of_other_margins():
    """Return the cost of the table if other margins are added up, or their number."""
    return [
        Mistake(
            "rows-by-label",
            "scores[y] takes whole rows, those that y counts; the right score of row i is "
            "scores[i, y[i]].",
            2.94,
        ),
        Mistake(
            "break",
            "The classes after the right one are left out: `continue` skips one round of a loop, "
            "`break` ends it.",
            1.76,
        ),
        Mistake("skips-place", "Example i skips class i; its right class is y[i].", 2.84),
        Mistake("largest-margin", "Only the largest margin of each example counts; all do.", 1.66),
        Mistake("count", "This counts violated margins; each costs its own size.", 1.6),
    ]


def costs_by_other_rules():
    """Return the cost of the table by rules that cost something for every example."""
    return [
        common.turned(5.82),
        common.squared_margins(6.06),
        common.not_cut(0.68),
        common.absolute(4.6),
        Mistake(
            "less-1-or-whole-rows",
            "This comes of margins with - 1 in the place of + 1; and of margins[y] = 0, which "
            "clears whole rows, where [rows, y] names one entry of each.",
            0.5,
        ),
        Mistake(
            "from-best",
            "The margins are taken from the highest score; the right class's is the one that "
            "should lead.",
            0.84,
        ),
        Mistake("over-1", "Margins between 0 and 1 are left out; every positive one costs.", 2.3),
    ]


def no_mean(mistake, N):
    """Return a mistake in the cost of each of N examples, made together with a forgotten mean."""
    sentence = f"{mistake.sentence} And the costs are summed: divide by N = {N}."
    return Mistake(f"{mistake.code}-and-sum", sentence, N * mistake.value)


def without_reg(right, part):
    """Return what comes out at reg = 0 if the regulariser is not multiplied by reg."""
    sentence = "The regulariser is there at reg = 0 too: it has to be multiplied by reg."
    return Mistake("without-reg", sentence, right + part)


def penalty(W):
    """Return the part of reg = 3 in a loss."""
    part = REG * np.sum(W * W)
    half = (
        "You use 0.5 * reg; here it is reg, as CS231n has it since 2017: reg * sum(W * W), with no "
        "factor of a half."
    )
    product = partial(
        Mistake,
        "matrix-square",
        "This is made of a product of matrices; the squares of all weights are W * W.",
    )
    mistakes = [
        Mistake("half-term", half, part / 2),
        common.plain_sum(REG * np.sum(W)),
        common.norm_of_w(REG * np.linalg.norm(W)),
        common.mean_of_squares(REG * np.mean(W * W)),
        Mistake("reg-squared", "reg is squared; it is a factor as it is.", REG * part),
        *map(product, (REG * np.sum(W.T @ W), REG * np.sum(W @ W.T))),
    ]
    return Expected(part, mistakes, N=5, terms={"the regulariser": part})


def hinge_of_class_0(W, X):
    """Return the hinge loss if class 0 is right for all, whose lead is a plain difference."""
    leads = X @ W[:, :1] - X @ W[:, 1:]
    return np.maximum(0, 1 - leads).sum() / len(X)


@dataclass(frozen=True)
class RandomScores(Case):
    """Scores that nobody has seen, of six examples that all belong to class 0.

    W: (7, 4), X: (6, 7), y: (6,) zeros; loss: what they cost; slope: that of the loss along W.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    loss: Expected
    slope: Slope


def random_scores(loss=hinge_of_class_0):
    """Return random scores and their cost by the hinge loss, or by another loss."""
    W, X = inputs_with_scores(rng().normal(size=(6, 4)))
    slope = Slope(lambda W: loss(W, X), W, N=6)
    return RandomScores(W, X, np.zeros(6, int), Expected(loss(W, X), N=6), slope)


@dataclass(frozen=True)
class Pushes(Case):
    """Scores near those of the table, so that each example pushes the same columns as there.

    W: (7, 4), X: (5, 7), y: (5,).
    dW: the gradient at reg = 0; equal: the gradient if W is 0; penalty: what reg = 3 adds to it.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    dW: Expected
    equal: Expected
    penalty: Expected


def pushes():
    """Return scores near the table's, and the gradient that its pushes G make."""
    W, X = inputs_with_scores(S + rng().uniform(-0.1, 0.1, size=S.shape))
    all_pushed, own = 1 - 4 * np.eye(4)[Y], (X @ W)[range(5), Y]
    by_size = np.maximum(0, X @ W - own[:, None] + 1) * (1 - np.eye(4)[Y])
    by_size -= by_size.sum(axis=1, keepdims=True) * np.eye(4)[Y]
    wrong = [
        *(common.all_pushed(X.T @ rows / 5) for rows in (all_pushed, all_pushed - np.eye(4)[Y])),
        common.by_margin(X.T @ by_size / 5),
    ]
    equal = Expected(X.T @ all_pushed / 5, N=5, X=X, y=Y)
    return Pushes(W, X, Y, gradient_of(X, G, Y, W, wrong), equal, penalty_slope(W))


def gradient_of(X, rows, y, W, wrong=()):
    """Return the gradient if example i pushes the columns by rows[i], with mistakes in it."""
    right = X.T @ rows / len(X)
    mistakes = [*wrong, without_reg(right, 2 * W), without_reg(right, W)]
    return Expected(right, mistakes, N=len(X), X=X, y=y)


def penalty_slope(W):
    """Return the part of reg = 3 in a gradient."""
    half = (
        "reg * W is the slope of 0.5 * reg; here it is reg, as CS231n has it since 2017, and the "
        "slope of reg * w² is twice that."
    )
    mistakes = [Mistake("half-term", half, REG * W), common.sum_of_w(2 * REG * W.sum() + 0 * W)]
    return Expected(2 * REG * W, mistakes, N=5, terms={"the slope of the regulariser": 2 * REG * W})


def matrices():
    """Return {title: matrix} of section 5: the two loops, step by step."""
    one_hot = np.eye(4)[Y]
    own = np.array([[S[i, Y[i]]] * 4 for i in range(5)])
    violated = np.maximum(G, 0)
    counts = np.array([[violated[i].sum() if j == Y[i] else 0 for j in range(4)] for i in range(5)])
    first = {"S": S, "Y": one_hot, "S ∘ Y": S * one_hot, "(S ∘ Y) 1": own}
    return first | {"M": S - own + 1, "B": violated, "(B 1) ∘ Y": counts, "G": G}


def many(dW_of, scores=S, y=Y, rows=G):
    """Return a case for check.faster: 5,000 rows of a table, drawn at random, each lifted.

    dW_of: function of (W, X, y) that returns dW; rows: how each row of the table pushes.
    """

    def case(random):
        order, W = random.integers(5, size=5000), random.normal(size=(7, scores.shape[1]))
        X = (scores[order] + random.normal(size=(5000, 1))) @ np.linalg.pinv(W)
        return lambda: dW_of(W, X, y[order]), X.T @ rows[order] / 5000

    return case


def a_loop():
    """Add up the positive ones of ten scores for each of 2,000 examples, one after the other."""
    return [np.maximum(0, x @ np.ones((7, 10))).sum() for x in np.ones((2000, 7))]


@dataclass(frozen=True)
class Batches(Case):
    """Six examples, and weights that a learning rate of 0 leaves as they are.

    W: (4, 3), X: (6, 4), y: (6,); costs: (6,) what each example costs by least squares.
    crossed: (6, 3) what each would cost with another label.
    Each method says (whether a claim holds, what to say otherwise, code): see check.that.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    costs: np.ndarray
    crossed: np.ndarray

    def noted(self, history, steps):
        """Tell whether a history has a number for each step."""
        if history is None:
            return False, "It is None: does train end with `return loss_history`?", "returned-none"
        fine = isinstance(history, list | tuple | np.ndarray) and len(history) == steps
        fine = fine and all(isinstance(x, NUMBER) for x in history)
        many = f" It has {len(history)} of {steps}." if isinstance(history, list) else ""
        return fine, f"Note every one, a number.{many}", "history"

    def at_rest(self, W):
        """Tell whether weights have not moved."""
        sentence = (
            "It has moved: is every step multiplied by learning_rate, and taken from the W that is "
            "there?"
        )
        return np.array_equal(W, self.W), sentence, "rate"

    def single(self, history):
        """Tell whether each batch of one costs what one of the examples costs."""
        if far(history, self.costs) > NEAR > far(history, self.crossed):
            return False, "Are its labels those of its examples?", "labels-apart"
        return far(history, self.costs) < NEAR, SIZE, "batch"

    def all_drawn(self, history):
        """Tell whether every example has been a batch of one."""
        never = [i for i in range(6) if not far(self.costs[i : i + 1], history) < NEAR]
        sentence = f"These never came: {', '.join(map(str, never))}."
        if never == [5]:
            sentence += " A generator's choice(n) draws from 0 to n - 1 as it is."
        return not never, sentence, "not-drawn"

    def pairs(self, history):
        """Tell whether batches of two cost the mean of two examples, not always of one twice."""
        means = (self.costs[:, None] + self.costs) / 2
        return far(history, means) < NEAR < far(history, self.costs), SIZE, "batch"


NUMBER = float | np.floating

NEAR = 1e-9
"""Costs that differ by less are those of one example."""

SIZE = "Is self.loss asked, about batch_size examples, each drawn on its own?"


def far(values, among):
    """Return how far the most distant of the values is from the nearest one among others."""
    apart = np.subtract.outer(common.as_numbers(values), common.as_numbers(among))
    return np.abs(apart).min(axis=1).max()


def batches():
    """Return six examples, and the cost of each by least squares, with any label."""
    random, y = rng(), np.array([0, 2, 1, 1, 0, 2])
    X, W = random.normal(size=(6, 4)), random.normal(size=(4, 3))
    crossed = np.sum(((X @ W)[:, None] - np.eye(3)) ** 2, axis=2)
    return Batches(W, X, y, crossed[np.arange(6), y], crossed)


@dataclass(frozen=True)
class Steps(Case):
    """One example, four times, and where steps of 0.01 at reg = 0.5 lead by least squares.

    So any batch has the gradient that one example has, and a step divided by its size is too short.
    W: (4, 3) weights before, X: (4, 4), y: (4,); one, three: the weights after so many steps.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    one: Expected
    three: Expected


def steps():
    """Return one example, four times, and the weights after one step and after three."""
    case = batches()
    X, y, W = case.X[:1], case.y[:1], case.W
    path = [W]
    for _ in range(3):
        path.append(path[-1] - 0.01 * (2 * X.T @ (X @ path[-1] - np.eye(3)[y]) + path[-1]))
    parts = {"the step": path[1] - W, "the regulariser's part of the step": -0.01 * W}
    many = np.repeat(X, 4, axis=0), np.repeat(y, 4)
    return Steps(W, *many, Expected(path[1], terms=parts), Expected(path[3]))


@dataclass(frozen=True)
class Prediction(Case):
    """Scores near those of the table, in another order; classes: where each row is highest.

    W: (7, 4), X: (5, 7).
    """

    W: np.ndarray
    X: np.ndarray
    classes: Expected


def prediction():
    """Return scores near the table's, and the class that scores highest in each row."""
    random = rng()
    order, near = random.permutation(5), S + random.uniform(-0.1, 0.1, size=S.shape)
    W, X = inputs_with_scores(near[order])
    lowest = np.array([3, 2, 1, 3, 1])[order]
    mistakes = [
        Mistake("worst-class", "This is the class with the lowest score.", lowest),
        Mistake(
            "best-example",
            "This is the example that each class likes best; the question is for the best class of "
            "each example: along which axis do the classes lie?",
            near[order].argmax(axis=0),
        ),
        Mistake(
            "best-of-all",
            "This is the place of the highest of all scores; each example has one of its own: "
            "argmax wants an axis.",
            near[order].argmax(),
        ),
    ]
    return Prediction(W, X, Expected(np.array([0, 1, 3, 2, 2])[order], mistakes))


def positive(values):
    """Tell whether numbers to try are positive and all different: see check.that."""
    tried = common.as_numbers(values)
    fine = bool(np.all(tried > 0) and np.all(np.diff(tried) > 0) and np.isfinite(tried).all())
    if np.ndim(values) == 0:
        return False, f"This is {values}; a list of them is due.", "choice"
    return fine, f"They are {values}.", "choice"


rates_first = common.rates_first


def far_apart(values):
    """Tell whether the largest of the numbers to try is 10 times the smallest, or more."""
    tried = common.as_numbers(values)
    sentence = f"They are {values}. Try values further apart, by powers of ten."
    return bool(len(tried) > 1 and tried[-1] >= 10 * tried[0]), sentence, "choice"


def few(rates, strengths):
    """Tell whether a minute is enough to try all pairs."""
    number = np.size(rates) * np.size(strengths)
    return number <= 30, f"There are {number}.", "choice"


def gentle(rates, strengths):
    """Tell whether the smallest rate and strength together leave W finite."""
    sentence = "Each step multiplies W by 1 - 2 * rate * strength: below -1 it explodes."
    return (
        bool(common.as_numbers(rates)[0] * common.as_numbers(strengths)[0] < 1),
        sentence,
        "choice",
    )


P = np.array(
    [[0.25, 0.5, 0.25], [0.375, 0.125, 0.5], [0.1, 0.1, 0.8], [0.6, 0.2, 0.2], [0.1, 0.25, 0.65]]
)
Y_SOFT = np.array([1, 0, 1, 0, 2])
COST = np.mean(np.log([2, 8 / 3, 10, 5 / 3, 20 / 13]))
"""The probabilities of section 9, the right classes, and their costs, by hand."""


@dataclass(frozen=True)
class Probabilities(Case):
    """The table of section 9: the scores X @ W have round numbers for probabilities.

    W: (7, 3), X: (5, 7), y: (5,) right classes.
    loss, dW: what the table costs at reg = 0, and its gradient.
    penalty, penalty_slope: what reg = 3 adds to each.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    loss: Expected
    dW: Expected
    penalty: Expected
    penalty_slope: Expected


def probabilities():
    """Return the table of probabilities, its cost and its slopes."""
    W, X = inputs_with_scores(np.log(P))
    mistakes = [*other_probabilities(), *other_prices(), *slips(), without_reg(COST, np.sum(W * W))]
    dW = gradient_of(X, P - np.eye(3)[Y_SOFT], Y_SOFT, W, [whole_rows(X)])
    return Probabilities(
        W, X, Y_SOFT, Expected(COST, mistakes, N=5, C=3), dW, penalty(W), penalty_slope(W)
    )


def whole_rows(X):
    """Return the gradient if the labels are taken for the numbers of rows."""
    sentence = (
        "1 is subtracted in whole rows: dscores[y] takes the labels for row numbers. Which two "
        "indices name one entry in each row?"
    )
    pushed = P.copy()
    pushed[Y_SOFT] -= 1
    return Mistake("whole-rows", sentence, X.T @ pushed / 5)


def cost_of(P):
    """Return the mean cost if P are the probabilities."""
    return np.mean(-np.log(P[range(5), Y_SOFT]))


def other_probabilities():
    """Return the cost of the table if probabilities were made in another way."""
    by_class, by_row = P / P.max(axis=0), P / P.max(axis=1, keepdims=True)
    return [
        *(common.over_examples(cost_of(p / p.sum(axis=0))) for p in (P, by_row)),
        *(common.over_all(cost_of(p / p.sum())) for p in (P, by_row)),
        common.shift_by_class(cost_of(by_class / by_class.sum(axis=1, keepdims=True))),
        *scores_not_exponentiated(np.log(P)),
    ]


def scores_not_exponentiated(S):
    """Return the cost of the table, whose scores are S, if these are not turned by exp alone."""
    highest = S.max(axis=1, keepdims=True)
    divided = np.exp(S / highest), np.exp(S / S.max())
    no_exp = (
        "no-exp",
        "The scores are divided by their sum as they are: the exponential of each comes first.",
    )
    by_maximum = (
        "divided-by-max",
        "The scores are divided by the highest, which changes probabilities; a shift subtracts it.",
    )
    negative = (
        "It is nan, the logarithm of a negative number, as scores may be: is an exp left out?"
    )
    return [
        Mistake("no-exp", negative, np.nan),
        Mistake(*no_exp, cost_of(S / S.sum(axis=1, keepdims=True))),
        *(Mistake(*by_maximum, cost_of(e / e.sum(axis=1, keepdims=True))) for e in divided),
    ]


def other_prices():
    """Return the cost of the table by other rules."""
    right, every = P[range(5), Y_SOFT], -np.log(P[:, Y_SOFT])
    columns = (
        "columns-of-all",
        "Every example is asked about the right classes of all; each has one of its own. Which two "
        "indices name one entry for each row?",
    )
    log_of_mean = (
        "log-of-mean",
        "This is the logarithm of a mean; take the logarithm for each example, then the mean.",
    )
    return [
        common.every_class(-np.log(P).mean()),
        Mistake(
            "every-class",
            "This is the cost of all classes together; an example pays for its right class alone.",
            -np.log(P).sum() / 5,
        ),
        common.likeliest(-np.log(P.max(axis=1)).mean()),
        common.no_log(np.mean(1 - right)),
        *(Mistake(*columns, value) for value in (every.mean(), every.sum() / 5, every.sum())),
        *(Mistake(*log_of_mean, -np.log(p)) for p in (right.mean(), right.sum())),
        Mistake(*log_of_mean, -np.log(right.sum()) / 5),
        Mistake(
            "minus-p",
            "The logarithm is missing: this is minus the probability of the right class.",
            -right.mean(),
        ),
    ]


def slips():
    """Return the cost of the table by half a shift, and where a fraction or exp is missing."""
    return [
        Mistake(
            "half-shifted",
            "The scores are shifted in the exponentials and nowhere else: the score of the right "
            "class has to be shifted by the same number.",
            COST - np.log(P.max(axis=1)).mean(),
        ),
        Mistake(
            "half-shifted",
            "This is how far the right score lies below the highest: the sum of exponentials is "
            "missing, or its scores are not shifted by the same number.",
            COST + np.log(P.max(axis=1)).mean(),
        ),
        common.whole(0.0),
        Mistake(
            "log-of-0",
            "It is infinite: a logarithm of 0, though these scores are small. Is exp taken of "
            "each shifted score, before anything is divided?",
            np.inf,
        ),
    ]


@dataclass(frozen=True)
class Lifted(Case):
    """The table of probabilities, with a number added to all scores of each example.

    W: (8, 3), X: (5, 8), y: (5,); loss: what it costs, which is what the table costs.
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    loss: Expected

    def finite(self, dW):
        """Tell whether a gradient is finite everywhere: see check.that."""
        return (
            bool(np.isfinite(common.as_numbers(dW)).all()),
            "Are the scores shifted for dW, too?",
            "nan",
        )


def lifted():
    """Return the table with scores 10,000 higher or lower: one more feature adds the number."""
    W, X = inputs_with_scores(np.log(P))
    lift = np.array([[1e4], [-1e4], [0.0], [500.0], [-30.0]])
    return Lifted(np.vstack([W, np.ones(3)]), np.hstack([X, lift]), Y_SOFT, Expected(COST))


@dataclass(frozen=True)
class Behind(Case):
    """One example whose right class lies far behind; loss: its cost.

    W: (7, 3), X: (1, 7), y: (1,).
    """

    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    loss: Expected


def behind(lead=30.0):
    """Return an example whose right class is `lead` behind another: its cost is the lead."""
    W, X = inputs_with_scores(np.array([[0.0, lead, -5.0]]))
    small = [10.0**-k for k in range(5, 16)]
    guarded = [common.guarded(-np.log(np.exp(-lead) + eps)) for eps in small]
    early = Mistake(
        "log-of-0",
        "It is infinite: exp(-800) is 0 to the computer, and log 0 is minus infinity. exp(800) is "
        "infinite, too: is the largest score subtracted, and the logarithm taken before any "
        "division?",
        np.inf,
    )
    return Behind(W, X, np.array([0]), Expected(lead, [*guarded, early]))


def cross_entropy_of_class_0(W, X):
    """Return the mean of -log p of class 0: log(1 + the sum of exp(how far others lead))."""
    return np.log1p(np.exp(X @ W[:, 1:] - X @ W[:, :1]).sum(axis=1)).mean()


def random_probabilities():
    """Return random scores of examples of class 0, and their cross-entropy."""
    return random_scores(cross_entropy_of_class_0)


def many_probabilities(dW_of):
    """Return a case for check.faster: 5,000 rows of the table of probabilities, each lifted."""
    return many(dW_of, np.log(P), Y_SOFT, P - np.eye(3)[Y_SOFT])


@dataclass(frozen=True)
class Asked(Case):
    """What a loss is asked beyond CS231n: name and numbers of its checks, inputs at reg = 3.

    W: (7, C), X: (5, 7), y: (5,); loss, dW: what is due.
    """

    name: str
    numbers: tuple
    W: np.ndarray
    X: np.ndarray
    y: np.ndarray
    loss: float
    dW: np.ndarray


ASKED = {
    "svm_loss_naive": (1, 2),
    "svm_loss_vectorized": (3, 4),
    "softmax_loss_naive": (9, 11),
    "softmax_loss_vectorized": (12, 14),
}
"""{loss: the numbers of the checks of what it costs and of its gradient}."""


def asked_of(losses):
    """Return (Asked, function) for each of the four losses, in the order of ASKED."""
    pushed, soft = pushes(), probabilities()
    S = pushed.X @ pushed.W
    hinge = np.maximum(0, S - np.take_along_axis(S, Y[:, None], axis=1) + 1).sum(axis=1).mean() - 1
    svm = pushed.W, pushed.X, Y, *at_reg(hinge, pushed.dW, pushed.W)
    softmax = soft.W, soft.X, Y_SOFT, *at_reg(COST, soft.dW, soft.W)
    pairs = zip(ASKED.items(), (svm, svm, softmax, softmax), losses, strict=True)
    return [(Asked(*entry, *case), loss) for entry, case, loss in pairs]


def at_reg(loss, dW, W):
    """Return a loss and its gradient at reg = 3, given those at reg = 0."""
    return loss + REG * np.sum(W * W), dW.value + 2 * REG * W


def resting_on(losses, classifier=None):
    """Return a context in which a failure is put down to a loss, or to training, if it is wrong."""
    rows = []
    for case, loss in asked_of(losses):
        for k, (number, due) in enumerate(zip(case.numbers, (case.loss, case.dW), strict=True)):
            rows.append((number, case.name, partial(answer_of, loss, case, k), due))
    return check.after(*rows, *(training_first(classifier) if classifier else ()))


def answer_of(loss, case, k):
    """Return what a function gives for an Asked: 0: the loss, 1: the gradient."""
    return loss(case.W, case.X, case.y, REG)[k]


def training_first(classifier):
    """Return rows for check.after: three steps on one example, and a prediction."""
    case, seen = steps(), prediction()

    def trained():
        model = classifier()
        model.W = case.W
        model.train(case.X, case.y, **THREE_STEPS)
        return model.W

    def predicted():
        model = classifier()
        model.W = seen.W
        return model.predict(seen.X)

    return (
        (6, "LinearClassifier.train", trained, case.three),
        (7, "LinearClassifier.predict", predicted, seen.classes),
    )


THREE_STEPS = {"learning_rate": 0.01, "reg": 0.5, "batch_size": 2, "num_iters": 3}
"""How a classifier is trained for Steps.three."""
