"""What the first notebook says, and what it was tried with."""

from functools import cache

import numpy as np

from data_utils.lessons import svm as lesson
from solutions.given.least_squares import LeastSquares
from solutions.linear_classifier import LinearSVM
from solutions.linear_svm import svm_loss_vectorized
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


@claims("the loss is about $C - 1 = 9$. If it is 10, the right class is being counted")
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


@claims("Around $h = 10^{-5}$ both errors are small.")
def the_valley_of_errors():
    h = np.array([1e-11, 1e-5, 1e-1])
    error = np.abs((np.exp(0.4 + h) - np.exp(0.4 - h)) / (2 * h) - np.exp(0.4))
    assert error[1] < 1e-9 < 1e-6 < min(error[0], error[2])


@claims(
    "when $f(x + h)$ and $f(x - h)$ agree in the first 12, only 4 are left in their difference",
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


@claims("errors of about $10^{-7}$ or less are rounding")
def the_errors_that_are_stored():
    assert max(claims.numbers("grad_check_sparse", r"error:? (\d\S*)")) < 1e-6


@claims("$B$ has the rows (0, 1, 0) and (1, 1, 0), and $G$ has (−1, 1, 0) and (1, 1, −2)")
def two_examples_push():
    X = np.eye(2)
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


@claims("each step multiplies $w$ by $1 - 2\\eta = 0.8$: to 3.2, then to 2.56")
def two_steps_by_hand():
    assert np.allclose([4 * 0.8, 4 * 0.8**2], [3.2, 2.56])


@claims("On pixels as they are the loss begins at 143", "pays 1 by least squares")
def what_standardised_pixels_change():
    first = {}
    for standardised in (False, True):
        X, y, _, _ = rows(standardised)
        (first[standardised],) = LeastSquares(seed=0).train(X, y, 0.0, 0.0, 1)
    assert round(first[False]) == 143 and abs(first[True] - 1) < 0.05
    found = claims.numbers("as_they_are =", r"as they are, .*?from ([\d.]+)")
    assert [round(number) for number in found] == [143] * len(found)


@claims("have a spread of $0.001 \\cdot 64 \\cdot \\sqrt{3072} \\approx 3.5$")
def the_spread_of_the_first_scores():
    X, _, _, _ = rows(False)
    scores = X @ (0.001 * np.random.default_rng(0).normal(size=(3073, 10)))
    assert 3 < scores.std() < 4 and abs(0.064 * np.sqrt(3072) - 3.5) < 0.1


@claims(
    "$64^2 \\approx 4{,}000$ times smaller", "so its rate of $10^{-7}$ is our $4 \\cdot 10^{-4}$"
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


@claims("so $\\sum W^2 \\approx 3.1$", "so that it all begins near 12")
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


@claims("$\\sqrt{p\\,(1 - p) / 1000} \\approx 0.015$: one and a half points")
def chance_among_a_thousand():
    heads = np.random.default_rng(0).random((2000, 1000)) < 0.4
    assert abs(heads.mean(axis=1).std() - 0.015) < 0.001
    assert abs(np.sqrt(0.4 * 0.6 / 1000) - 0.015) < 0.001


@claims("half the template, with the score 2")
def the_picture_that_scores_highest():
    template = np.random.default_rng(0).normal(size=50)
    template *= 2 / np.linalg.norm(template)
    assert np.isclose(np.linalg.norm(template / 2), 1) and np.isclose(template / 2 @ template, 2)


@claims("The mean is 0.984 nats.")
def the_table_of_probabilities():
    costs = [np.log(x) for x in (2, 8 / 3, 10, 5 / 3, 20 / 13)]
    assert round(np.mean(costs), 3) == 0.984


@claims("$e^{710}$ is more than a float64 can hold.")
def exp_overflows():
    with np.errstate(over="ignore"):
        assert np.isinf(np.exp(np.float64(710))) and np.isfinite(np.exp(np.float64(709)))


@claims("The cost is $\\log (8/5) \\approx 0.47$, the slopes are 1/8, 2/8 and −3/8.")
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


@claims("The shifted scores are −800 and 0;")
def eight_hundred_behind():
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
    "every example has its turn: no. Some never came.",
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
)
breaking(
    claims,
    10,
    "softmax.py",
    {"        scores -= scores.max()\n": ""},
    "It is nan: look for exp of a large number, log of 0, or a division by 0.",
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
