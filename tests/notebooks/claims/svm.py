"""What the first notebook says, and what it was tried with."""

import re
from functools import cache
from unittest import mock

import numpy as np

from data_utils import datasets
from data_utils.lessons import svm as lesson
from solutions.given.least_squares import LeastSquares
from solutions.linear_classifier import LinearSVM
from solutions.linear_svm import svm_loss_naive, svm_loss_vectorized
from solutions.softmax import softmax_loss_vectorized
from tests.notebooks.claims.breaking import breaking
from tests.notebooks.claims.table import Claims, pictures

claims = Claims("1_svm")


@cache
def rows(standardised=True):
    """Return the notebook's (training rows, their classes), and its (validation rows, classes)."""
    data = pictures(subtract_mean=False)
    mean = data["X_train"].mean(axis=0)
    spread = (data["X_train"] - mean).std() if standardised else np.float32(1)

    def part(name):
        flat = ((data[f"X_{name}"] - mean) / spread).reshape(-1, 3072)
        return np.hstack([flat, np.ones((len(flat), 1), flat.dtype)]), data[f"y_{name}"]

    return *part("train"), *part("val")


@cache
def trained(seed):
    """Return an SVM after the notebook's 500 steps."""
    svm = LinearSVM(seed)
    svm.train(*rows()[:2], learning_rate=3e-4, reg=1.0, num_iters=500)
    return svm


@claims(
    "The first call downloads 170 MB",
    "here 3 colours × 32 × 32 pixels = 3,072 of them",
    "the number of features (3,073 here), $C$ the number of classes (10)",
)
def sizes_of_the_pictures():
    assert "(170 MB)" in datasets.get_CIFAR10_data.__doc__
    X, y, _, _ = rows()
    assert 3 * 32 * 32 == 3072 == pictures(subtract_mean=False)["X_train"][0].size
    assert X.shape[1] == 3073 and len(np.unique(y)) == 10


@claims(
    "divide by their *spread*, the standard deviation, which is 64, so that nearly all lie between "
    "−2 and 2"
)
def the_spread_of_the_colours():
    assert claims.numbers("def as_rows", r"spread: (\d+)") == [64]
    assert np.mean(np.abs(rows()[0][:, :-1]) < 2) > 0.95


@claims(
    "$S$ is 200 × 10. The bias of class 7 is $W_{3072,\\,7}$.",
    "Each score is a sum of 3,073 products, so ten of them cost 30,730.",
    "our 30,730 weights would cost 61,460 losses for one gradient",
)
def the_sizes_of_the_matrices():
    X, _, _, _ = rows()
    assert (X[:200] @ np.zeros((3073, 10))).shape == (200, 10) and (X[:, 3072] == 1).all()
    assert 3073 * 10 == 30_730 and 2 * 30_730 == 61_460


LINES = [line for line in claims.text.splitlines() if re.match(r"\| \d \| .*\*\*", line)]
SCORES, PROBABILITIES = LINES[:5], LINES[5:]


def cells(line):
    """Return the cells of a line of a table, but the first, in NumPy's spelling."""
    return line.replace("*", "").replace("−", "-").strip(" |").split(" | ")[1:]


@claims(*SCORES)
def the_table_of_scores():
    for line, scores, label in zip(SCORES, lesson.S, lesson.Y, strict=True):
        *shown, margins, cost = cells(line)
        assert f"**{scores[label]}**" in line and np.allclose(np.array(shown, float), scores)
        due = np.delete(scores - scores[label] + 1, label)
        assert np.allclose(np.array(margins.split(", "), float), due)
        assert np.isclose(float(cost), np.maximum(due, 0).sum())


@claims(*PROBABILITIES)
def the_table_of_shares():
    for line, shares, label in zip(PROBABILITIES, lesson.P, lesson.Y_SOFT, strict=True):
        *shown, right, cost = cells(line)
        assert f"**{shares[label]:g}**" in line and int(right) == label
        assert np.allclose(np.array(shown, float), shares) and np.isclose(sum(shares), 1)
        above, below = (*cost.removeprefix("log ").split("/"), 1)[:2]
        assert np.isclose(int(above) / int(below), 1 / shares[label])


@claims("The mean cost is 13.2 / 5 = 2.64.", "It says that the cost is 1.3 in place of 2.64")
def the_table_costs():
    table = lesson.table()
    scores = table.X @ table.W
    right = scores[np.arange(5), table.y][:, None]
    for lead, costs in ((1, [0, 1.2, 3.0, 7.5, 1.5]), (0, [0, 0, 1.5, 4.5, 0.5])):
        margins = np.maximum(0, scores - right + lead)
        margins[np.arange(5), table.y] = 0
        assert np.allclose(margins.sum(axis=1), costs)
        assert np.isclose(margins.sum() / 5, 2.64 if lead else 1.3)


@claims(
    "the loss is about $C - 1 = 9$. If it is 10, the right class is being counted; if it is 9 "
    "times the batch size, the mean is missing",
)
def the_first_loss():
    X, y, _, _ = rows()
    first = 0.001 * np.random.default_rng(0).normal(size=(3073, 10))
    assert abs(svm_loss_vectorized(first, X, y, 0.0)[0] - 9) < 0.1
    assert abs(claims.numbers("W_first =", r"cost ([\d.]+) each")[0] - 9) < 0.1


@claims(
    "Forward: $(1.331 - 1)/0.1 = 3.31$. Central: $(1.331 - 0.729)/0.2 = 3.01$.",
    "With $h = 0.01$ they are 3.0301 and 3.0001.",
)
def differences_of_a_cube():
    for h, forward, central in ((0.1, 3.31, 3.01), (0.01, 3.0301, 3.0001)):
        assert np.isclose(((1 + h) ** 3 - 1) / h, forward)
        assert np.isclose(((1 + h) ** 3 - (1 - h) ** 3) / (2 * h), central)


@claims(
    "and an error of about $h^2 f'''/6$ remains instead of $h f''/2$",
    "Around $h = 10^{-5}$ the formula's error and that of rounding are both small.",
)
def the_valley_of_errors():
    slope, h = np.exp(0.4), 1e-3
    forward = (np.exp(0.4 + h) - np.exp(0.4)) / h - slope
    central = (np.exp(0.4 + h) - np.exp(0.4 - h)) / (2 * h) - slope
    assert np.isclose(forward, h / 2 * slope, rtol=1e-3)
    assert np.isclose(central, h**2 / 6 * slope, rtol=1e-3)
    h = np.array([1e-11, 1e-5, 1e-1])
    error = np.abs((np.exp(0.4 + h) - np.exp(0.4 - h)) / (2 * h) - np.exp(0.4))
    assert error[1] < 1e-9 < 1e-6 < min(error[0], error[2])


@claims(
    "A float64 has 16 digits; when $f(x + h)$ and $f(x - h)$ agree in the first 12, only 4 are "
    "left in their difference",
    "in float32 a step of $10^{-5}$ drowns in rounding",
)
def digits():
    assert 1e-16 < np.finfo(np.float64).eps < 1e-15 and 16 - 12 == 4
    x, h = np.float32(0.4), np.float32(1e-5)
    measured = (np.exp(x + h) - np.exp(x - h)) / (2 * h)
    assert abs(measured - np.exp(0.4)) > 1e-3


@claims("Example 3 is the unhappiest: three wrong classes beat the right one")
def the_unhappiest():
    assert lesson.G[3].tolist() == [1, 1, 1, -3] and lesson.G.min() == -3
    assert (lesson.S[3, :3] > lesson.S[3, 3]).all()


@claims(
    "For the first example of the table the slopes along the three scores are 0.25, −0.5 and 0.25"
)
def the_slopes_of_the_first_example():
    _, slopes = softmax_loss_vectorized(np.log(lesson.P[:1]), np.ones((1, 1)), np.array([1]), 0.0)
    assert np.allclose(slopes, [[0.25, -0.5, 0.25]])


@claims("errors of about $10^{-7}$ or less are rounding, errors of $10^{-2}$ would be yours")
def the_errors_that_are_stored():
    assert max(claims.numbers("grad_check_sparse", r"error:? (\d\S*)")) < 1e-6
    X, y, _, _ = rows()
    few, labels = X[:20].astype(float), y[:20]
    W = 0.01 * np.random.default_rng(0).normal(size=(3073, 10))
    dW = svm_loss_vectorized(W, few, labels, 5.0)[1]
    slip = svm_loss_vectorized(W, few, labels, 5.0 / 2)[1]  # the regulariser counted half
    assert np.median(np.abs(dW - slip) / (np.abs(dW) + np.abs(slip))) > 1e-2


@claims("Raise `S[0, 1]` from 1 to 2.5 and see which pushes appear.")
def raised_scores():
    pushes, rest = [], dict(np=np, svm_loss_naive=svm_loss_naive, plots=mock.Mock())
    for change in ((), (('S = by_hand["S"].copy()', 'S = by_hand["S"].copy(); S[0, 1] = 2.5'),)):
        space = claims.run("S = by_hand[", changes=change, by_hand=lesson.matrices(), **rest)
        pushes.append((5 * space["dW"]).round())
    assert lesson.S[0, 1] == 1
    assert pushes[0][0].tolist() == [0, 0, 0, 0] and pushes[1][0].tolist() == [-1, 1, 0, 0]


@claims(
    "The margins of the wrong classes are 2 and 0 for the first example, 3 and 1 for the second. "
    "A margin of 0 costs nothing, so $B$ has the rows (0, 1, 0) and (1, 1, 0), and $G$ has (−1, "
    "1, 0) and (1, 1, −2)",
)
def two_examples_push():
    X = np.eye(2)
    assert (2 - 1 + 1, 0 - 1 + 1) == (2, 0) and (3 - 1 + 1, 1 - 1 + 1) == (3, 1)
    dW = svm_loss_vectorized(np.array([[1.0, 2, 0], [3, 1, 1]]), X, np.array([0, 2]), 0.0)[1]
    assert np.array_equal(2 * dW, [[-1, 1, 0], [1, 1, -2]])


@claims("A batch of 200 gives a noisy gradient at a twentieth of the price of 4,000")
def many_noisy_steps():
    X, y, _, _ = rows()
    assert 4000 / 200 == 20
    losses = []
    for rate, steps, size in ((3e-4, 200, 200), (3e-4, 10, 4000), (1e-3, 10, 4000)):
        svm = LinearSVM(seed=0)
        svm.train(X, y, rate, 1.0, steps, size)
        losses.append(svm_loss_vectorized(svm.W, X, y, 1.0)[0])
    assert losses[0] < min(losses[1:])


@claims(
    "so each step multiplies $w$ by $1 - 2\\eta = 0.8$: to 3.2, then to 2.56. With $\\eta = 0.5$ "
    "the factor is 0. Beyond $\\eta = 1$ it is less than −1",
)
def two_steps_by_hand():
    w, path = 4.0, []
    for _ in range(2):
        w -= 0.1 * 2 * w
        path.append(w)
    assert np.allclose(path, [3.2, 2.56])
    assert [1 - 2 * eta for eta in (0.5, 1)] == [0, -1]


claims.coded(
    "The same 500 pictures, both ways; every 16th number of them is enough.", "count = 500"
)


@claims("Change `count` to 50 and to 4,000.")
def other_counts():
    assert len(rows()[0]) == 4000


@claims(
    "60 steps by least squares, on the pixels as they are, between 0 and 255 less the mean picture"
)
def pixels_as_they_are():
    raw = pictures(subtract_mean=False)["X_train"]
    assert raw.min() >= 0 and 250 < raw.max() <= 255
    assert "num_iters=60" in "".join(claims.cell("as_they_are =")["source"])


@claims(
    "and in section 6 what the 64 is worth",
    "What did the division by 64 change?",
    "On pixels as they are the loss begins at 143",
    "pays 1 by least squares",
)
def what_standardised_pixels_change():
    first = {}
    for standardised in (False, True):
        X, y, _, _ = rows(standardised)
        (first[standardised],) = LeastSquares(seed=0).train(X, y, 0.0, 0.0, 1)
    assert round(first[False]) == 143 and abs(first[True] - 1) < 0.05
    found = claims.numbers("as_they_are =", r"as they are, .*?from ([\d.]+)")
    assert [round(number) for number in found] == [143] * len(found)


@claims(
    "a first weight of 0.001 is tiny beside pixels of size 1, but the scores of pixels of size 64 "
    "have a spread of $0.001 \\cdot 64 \\cdot \\sqrt{3072} \\approx 3.5$",
)
def the_spread_of_the_first_scores():
    X, _, _, _ = rows(False)
    scores = X @ (0.001 * np.random.default_rng(0).normal(size=(3073, 10)))
    assert 3 < scores.std() < 4 and abs(0.064 * np.sqrt(3072) - 3.5) < 0.1


@claims(
    "And their slopes are 64 times as large along weights that have to become 64 times as small: "
    "the rates that work are $64^2 \\approx 4{,}000$ times smaller.",
    "so its rate of $10^{-7}$ is our $4 \\cdot 10^{-4}$, and its strengths are 4,000 times ours",
)
def rates_that_work():
    assert 64**2 == 4096
    last = claims.numbers("as_they_are =", r"as they are, learning rate 1e-07: from \S+ to (\S+)")
    assert last[0] < 143 / 3
    assert "as they are, learning rate 1e-06: from 143 to nan" in claims.stored("as_they_are =")
    rates = {True: 4096e-7, False: 1e-7}
    moved = []
    for standardised, rate in rates.items():
        X, y, _, _ = rows(standardised)
        X = X[:, :-1]
        model = LeastSquares(seed=0)
        model.W = np.zeros((3072, 10), np.float32)
        model.train(X, y, rate, 0.0, 5)
        moved.append(X[:100] @ model.W)
    assert np.allclose(moved[0], moved[1], rtol=0.02, atol=1e-3)


@claims(
    "The weights have a variance of $0.01^2$, and there are 30,730 of them, so $\\sum W^2 "
    "\\approx 3.1$",
    "The data cost a little more than 9, so that it all begins near 12",
)
def first_weights_ten_times_as_large():
    X, y, _, _ = rows()
    W = 0.01 * np.random.default_rng(0).normal(size=(3073, 10))
    data = svm_loss_vectorized(W, X, y, 0.0)[0]
    assert (
        abs(np.sum(W * W) - 3.1) < 0.1 and 9 < data < 9.5 and abs(data + np.sum(W * W) - 12) < 0.5
    )


@claims("$1 - 2 \\eta \\lambda = 0.9994$", "they are halved after 1,155 steps, and we take 500")
def how_fast_weights_decay():
    assert np.isclose(1 - 2 * 3e-4 * 1.0, 0.9994)
    assert round(np.log(0.5) / np.log(0.9994)) == 1155
    assert "learning_rate=3e-4, reg=1.0, num_iters=500" in "".join(
        claims.cell("svm = LinearSVM(seed=0)\nhistory")["source"]
    )


@claims("The curve starts at 9, the loss of a classifier that knows nothing")
def the_curve_starts_at_nine():
    for seed in range(3):
        (first,) = LinearSVM(seed).train(*rows()[:2], 0.0, 1.0, 1)
        assert abs(first - 9) < 0.2


@claims("Guessing would be right on 10 %.")
def better_than_guessing():
    _, _, X, y = rows()
    assert abs(np.bincount(y).max() / len(y) - 0.1) < 0.02
    assert all(np.mean(trained(seed).predict(X) == y) > 0.35 for seed in range(2))


@claims(
    "Each picture is a coin that shows heads with $p = 0.4$. The share of heads in 1,000 throws "
    "has the spread $\\sqrt{p\\,(1 - p) / 1000} \\approx 0.015$: one and a half points",
)
def chance_among_a_thousand():
    heads = np.random.default_rng(0).random((2000, 1000)) < 0.4
    assert abs(heads.mean(axis=1).std() - 0.015) < 0.001
    assert abs(np.sqrt(0.4 * 0.6 / 1000) - 0.015) < 0.001


@claims("half the template, with the score 2")
def the_picture_that_scores_highest():
    template = np.random.default_rng(0).normal(size=50)
    template *= 2 / np.linalg.norm(template)
    assert np.isclose(np.linalg.norm(template / 2), 1) and np.isclose(template / 2 @ template, 2)


@claims("What changes more from field to field: factors of 1.1, or factors of 10?")
def fields_apart():
    assert 1.1**2 < 2 < 10


@claims(
    "A field says how far 150 steps come. A strength that is too small to matter in 150 steps may "
    "matter in 1,500.",
)
def strengths_that_take_long():
    assert "num_iters=150" in "".join(claims.cell("search = plots.Search")["source"])
    left = [(1 - 2 * 3e-4 * 1.0) ** steps for steps in (150, 1500)]
    assert left[0] > 0.9 and left[1] < 0.5


@claims("nothing when it was certain, $\\log 2$ when it was one half")
def certain_and_half_certain():
    for shares, due in (([1.0, 1e-30], 0), ([0.5, 0.5], np.log(2))):
        loss, _ = softmax_loss_vectorized(np.log([shares]), np.ones((1, 1)), np.array([0]), 0.0)
        assert np.isclose(loss, due)


@claims("Try to find scores that cost $\\log 3$, and others that cost 10.")
def scores_that_cost_so_much():
    for scores, due in (([0.0, 0, 0], np.log(3)), ([-10.0, 0, -50], 10)):
        loss, _ = softmax_loss_vectorized(np.array([scores]), np.ones((1, 1)), np.array([0]), 0.0)
        assert np.isclose(loss, due, atol=1e-4)


@claims("Suppose that one example's scores lie around 10,000 and another's around −10,000.")
def scores_far_apart():
    scores = np.array([[1e4, 1e4 + 1], [-1e4, 1 - 1e4]])
    with np.errstate(divide="ignore"):
        whole = np.log(np.exp(scores - scores.max()).sum(axis=1))
    assert np.isneginf(whole[1])
    assert np.isfinite(softmax_loss_vectorized(scores, np.eye(2), np.array([0, 0]), 0.0)[0])


@claims("The mean is 0.984 nats.")
def the_table_of_probabilities():
    costs = [np.log(x) for x in (2, 8 / 3, 10, 5 / 3, 20 / 13)]
    assert round(np.mean(costs), 3) == 0.984


@claims("$e^{710}$ is more than a float64 can hold.")
def exp_overflows():
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(np.float64(710))) and np.isfinite(np.exp(np.float64(709)))


@claims(
    "The exponentials are 1, 2 and 5, so the probabilities are 1/8, 2/8 and 5/8. The cost is "
    "$\\log (8/5) \\approx 0.47$, the slopes are 1/8, 2/8 and −3/8.",
)
def three_scores_by_hand():
    scores = np.log([[1.0, 2, 5]])
    loss, slopes = softmax_loss_vectorized(scores, np.ones((1, 1)), np.array([2]), 0.0)
    assert round(float(loss), 2) == 0.47 and np.allclose(slopes, [[1 / 8, 2 / 8, -3 / 8]])


@claims("nine in ten violate one, even after training")
def support_vectors():
    X, y, _, _ = rows()
    for seed in range(3):
        scores = X @ trained(seed).W
        margins = scores - scores[np.arange(len(y)), y][:, None] + 1
        margins[np.arange(len(y)), y] = 0
        assert 0.87 < np.mean((margins > 0).any(axis=1)) < 0.95


@claims("about $(C - 1)\\,e^{-5}$")
def what_a_lead_of_five_costs():
    scores = np.array([[5.0] + [0.0] * 9])
    loss, _ = softmax_loss_vectorized(scores, np.ones((1, 1)), np.array([0]), 0.0)
    assert np.isclose(loss, 9 * np.exp(-5), rtol=0.05)


@claims(
    "the right class can lie 800 behind. Then $e^{-800}$ is 0 in the computer",
    "$-\\log p_y = \\log \\sum_k e^{s_k} - s_y$ is 800",
    "The shifted scores are −800 and 0; $\\log (e^{-800} + e^0)$ is 0 to the computer; and $0 - "
    "(-800) = 800$.",
)
def eight_hundred_behind():
    assert np.exp(-800.0) == 0 == np.log(np.exp(-800.0) + np.exp(0.0))
    assert -(-800 - np.log(np.exp(-800.0) + np.exp(0.0))) == 800


breaking(
    claims,
    1,
    "linear_svm.py",
    {"+ 1\n            if": "\n            if"},
    "the 1 in the margins is missing",
)
breaking(
    claims,
    2,
    "linear_svm.py",
    {"                dW[:, y[i]] -= X[i]\n": ""},
    "it adds X[1] times (1, 0, 0, 1) to the columns of dW (before the mean), and should add "
    "(1, -2, 0, 1)",
)
breaking(
    claims,
    3,
    "linear_svm.py",
    {"margins.sum() / len(y)": "margins.mean()"},
    "It is 4 times too small, and C = 4: is there one division by C too many?",
)
breaking(
    claims,
    4,
    "linear_svm.py",
    {"G[rows, y] = -G.sum(axis=1)": "G[rows, y] = -1"},
    "Only the column of the right class is wrong",
)
breaking(
    claims,
    6,
    "linear_classifier.py",
    {"W -= learning": "W += learning"},
    "the step has the wrong sign",
)
breaking(
    claims,
    5,
    "linear_classifier.py",
    {"self.rng.choice(num_train, batch_size)": "np.arange(batch_size)"},
    "every example has its turn: no. These never came: 1, 2, 3, 4, 5.",
)
breaking(
    claims,
    7,
    "linear_classifier.py",
    {"self.W, axis=1": "self.W, axis=0"},
    "the shape is (4,), expected (5,)",
)
breaking(
    claims,
    7,
    "linear_classifier.py",
    {"np.argmax": "np.argmin"},
    "This is the class with the lowest score.",
)
breaking(
    claims,
    8,
    "tuning.py",
    {"[0.1, 1.0, 10.0, 100.0]": "[1.0, 2.0]"},
    "Try values further apart, by powers of ten.",
    told="Try two strengths that are close together, 1 and 2",
)
breaking(
    claims,
    10,
    "softmax.py",
    {"        scores -= scores.max()\n": ""},
    "It is nan: look for exp of a large number, 0 / 0, or the log of a negative number.",
)
breaking(
    claims,
    11,
    "softmax.py",
    {"(probability - (j == y[i]))": "probability"},
    "it adds X[0] times (0.25, 0.5, 0.25) to the columns of dW (before the mean), and should add "
    "(0.25, -0.5, 0.25)",
)
breaking(
    claims,
    13,
    "softmax.py",
    {"scores.max(axis=1, keepdims=True)": "scores.max()"},
    "yours is -inf",
)
breaking(
    claims,
    15,
    "softmax.py",
    {
        "loss += log_total - scores[y[i]]": "loss -= np.log(np.exp(scores[y[i]] - log_total))",
    },
    "It is infinite: exp(-800) is 0 to the computer, and log 0 is minus infinity.",
)
breaking(
    claims,
    16,
    "linear_svm.py",
    {"dW = np.zeros_like(W)": "dW = np.zeros(W.shape)"},
    "float32 in, float32 out: dW of svm_loss_naive: no. Got float64.",
)
breaking(
    claims,
    17,
    "linear_svm.py",
    {"/ len(y) + 2 * reg * W": "/ len(y) + np.multiply(2 * reg, W, out=W)"},
    "svm_loss_vectorized writes into an array that it was given",
)
