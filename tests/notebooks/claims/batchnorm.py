"""What the fourth notebook says, and what it was tried with."""

import inspect
import math
import re
from functools import cache, partial
from unittest import mock

import numpy as np

from course import paths
from data_utils import rng
from data_utils.datasets import get_CIFAR10_data
from data_utils.lessons import nets
from solutions import optim
from solutions.cnn import DeepConvNet
from solutions.dropout import dropout_forward
from solutions.fc_net import FullyConnectedNet
from solutions.initializers import kaiming_initializer, xavier_initializer
from solutions.normalization import (
    batchnorm_backward,
    batchnorm_forward,
    layernorm_forward,
    spatial_batchnorm_forward,
    spatial_groupnorm_forward,
)
from solutions.solver import Solver
from tests.notebooks.claims.breaking import breaking, not_noticing
from tests.notebooks.claims.table import Claims, pictures

claims = Claims("4_batchnorm")
breaks = partial(breaking, claims)
run = partial(claims.run, np=np, rng=rng, FullyConnectedNet=FullyConnectedNet)
train = {"mode": "train", "eps": 0.0}


@claims(
    "times $0.07^{10} \\approx 3 \\cdot 10^{-12}$",
    "By about 0.07; ten layers make $0.07^{10} \\approx 3 \\cdot 10^{-12}$.",
    "and its 0.14 is no accident",
)
def rows_differ_by_a_factor_for_each_layer():
    layers = run("def through_layers")["through_layers"]
    right = np.sqrt(2 / 100)
    small, good = (layers([100] * 11, lambda ins, outs, s=s: s) for s in (0.01, right))
    factors = [a / b for a, b in zip(small, good, strict=True)]
    assert all(np.allclose(f, (0.01 / right) ** k) for k, f in enumerate(factors, start=1))
    assert round(right, 2) == 0.14 and round(0.01 / right, 2) == 0.07
    assert 2.5e-12 < factors[-1].flat[0] < 3.5e-12


claims.coded("each an affine map of 100 units and a ReLU", "def show_layers")


@cache
def gradients(size):
    """Return the gradients of the weights and of the biases, layer by layer."""
    return np.array(run("def gradients")["gradients"](size))


@claims(
    "have gradients of much the same size in all ten layers, whatever the net",
    "it is the nets that differ, by a factor of $10^{14}$",
    "grow from layer to layer, by eleven powers of ten",
    "as small in all ten layers, about $2 \\cdot 10^{-13}$",
    "their gradients grow from $2 \\cdot 10^{-13}$ in the first layer to 0.01 in the last",
)
def gradients_of_weights_are_alike_and_those_of_biases_are_not():
    nets = [gradients(size) for size in (0.01, 0.08, np.sqrt(2 / 100), 0.3)]
    assert all(weights.max() < 30 * weights.min() for weights, _ in nets)
    middle = [np.median(weights) for weights, _ in nets]
    assert 1e13 < middle[-1] / middle[0] < 1e15
    weights, biases = nets[0]
    assert np.all(np.diff(biases) > 0) and round(np.log10(biases[-1] / biases[0])) == 11
    assert 1.5e-13 < middle[0] < 2.5e-13 and 1.5e-13 < biases[0] < 2.5e-13
    assert round(biases[-1], 2) == 0.01


@claims(
    "Nine steps: $0.7^9 \\approx 0.04$",
    "$1 / 0.7 \\approx 1.4$ times as large, and that is 0.14: the third row.",
)
def the_tenth_layer_on_paper():
    layers = run("def through_layers")["through_layers"]
    first, *_, tenth = (a.std() for a in layers([100] * 11, lambda ins, outs: 0.1))
    assert abs(first - 1) < 0.05 and 0.03 < tenth < 0.06 and round(0.7**9, 2) == 0.04
    assert round(np.sqrt(2 / 100) / 0.1, 1) == round(1 / 0.7, 1) == 1.4


@claims("the tenth layer's numbers are $2^{10}$ times as large, and each gradient $2^9$ times")
def twice_as_large_weights():
    layers = run("def through_layers")["through_layers"]
    one, two = (layers([100] * 11, lambda ins, outs, s=s: s)[-1] for s in (0.01, 0.02))
    assert np.allclose(two / one, 2**10)
    assert np.allclose(gradients(0.02)[0] / gradients(0.01)[0], 2**9)


@claims(
    "for 100 units it says $\\sqrt{2 / 100} \\approx 0.14$",
    "\\text{gain} = 2 \\text{ with a ReLU, else } 1",
    "Strictly, the 2 belongs to a layer whose *inputs* come out of a ReLU.",
    "fan_in is 200, and $\\sigma = \\sqrt{2 / 200} = 0.1$; that there are 50 units does not "
    "matter. A filter adds up $8 \\cdot 5 \\cdot 5 = 200$ products, so it is 0.1 again; that "
    "there are 16 filters does not matter either.",
)
def first_weights_on_paper():
    assert round(np.sqrt(2 / 100), 2) == 0.14
    for sizes in ((200, 50), (8, 16, 5)):
        assert np.isclose(kaiming_initializer(*sizes, rng=0).std(), 0.1, rtol=0.05)
    variances = [kaiming_initializer(200, 50, relu=relu, rng=0).var() for relu in (True, False)]
    assert np.isclose(variances[0], 2 * variances[1])


@claims(
    "\\sigma^2 = \\frac{2}{\\text{fan\\_in} + \\text{fan\\_out}}",
    "A number drawn evenly from (-a, a) has the variance a² / 3. Which a makes that 2 / (fan_in + "
    "fan_out)?",
)
def the_variance_of_an_interval():
    w, a = xavier_initializer(200, 100, rng=0), np.sqrt(6 / 300)
    assert np.isclose(w.var(), a**2 / 3, rtol=0.02) and np.isclose(a**2 / 3, 2 / 300)


@claims("it may be off by six standard errors, so that a right answer fails once in five hundred")
def six_standard_errors():
    assert 4.9e8 < 1 / math.erfc(6 / math.sqrt(2)) < 5.2e8


@claims(
    "the second $2^{-10/2} \\approx 0.03$: without the 2, a ReLU halves the mean square ten times "
    "over",
    "so both may be off by a factor of 2",
    "their ratio is $2^5 = 32$ exactly",
)
def ten_layers_with_and_without_the_gain():
    sizes = []
    for relu in (True, False):
        h = rng().normal(size=(500, 100))
        for layer in range(10):
            w = kaiming_initializer(100, 100, relu=relu, dtype=np.float64, rng=layer)
            h = np.maximum(0, h @ w)
        sizes.append(np.sqrt(np.mean(h**2)))
    assert np.isclose(sizes[0] / sizes[1], 32) and round(2.0**-5, 2) == 0.03
    assert all(0.5 < size / due < 2 for size, due in zip(sizes, (1, 2**-5), strict=True))


claims.coded("narrowing from 500 units to 50", "widths = np.linspace")


@claims(
    "A forgotten root is the worst: ten layers turn 1 into less than $10^{-10}$. And a factor as "
    "harmless as $\\sqrt 2$ or $\\sqrt 3$ counts ten times.",
)
def a_forgotten_root():
    plots = mock.Mock()
    spreads = run("def through_layers", "rules = {", plots_norm=plots)["spreads"]
    worst = min(spreads, key=lambda name: spreads[name][-1])
    assert worst == "2 / fan_in, no root" and spreads[worst][-1] < 1e-10
    for name, factor in (("√(1 / fan_in), no ReLU", 2), ("evenly up to √(2 / fan_in)", 3)):
        ratio = spreads["√(2 / fan_in)"][-1] / spreads[name][-1]
        assert np.isclose(ratio, np.sqrt(factor) ** 10)


FOUR = np.array([[0.0], [6], [6], [8]])
ONE = np.ones(1)


def one_feature(*dout):
    """Return dx of the four examples worked by hand, and the cache."""
    _, cache = batchnorm_forward(FOUR, ONE, 0 * ONE, dict(train))
    return batchnorm_backward(np.array(dout, float)[:, None], cache)[0].ravel(), cache


@claims(
    "of $x = (0, 6, 6, 8)$ the mean is 5, and the distances from it are $c = (-5, 1, 1, 3)$. "
    "Their squares are 25, 1, 1, 9 with the mean $v = 9$; the root is 3, and $\\hat x = "
    "(-\\tfrac53, \\tfrac13, \\tfrac13, 1)$",
    "| `dx` | $\\mathrm dc + \\text{dmean} / 4$ | $(1, -2, -2, 3)$ |",
    "$\\mathrm d\\beta / N = 4\\tfrac12$ as before, $\\mathrm d\\gamma / N = \\tfrac13 \\cdot 18 "
    "/ 4 = 1\\tfrac12$, and $\\mathrm dx = \\tfrac13\\, (-2, 13, -5, -6)$. The sum is 0, and so "
    "is $\\sum c_i\\, \\mathrm dx_i = \\tfrac13\\, (10 + 13 - 5 - 18)$.",
    "With the four examples, $\\mathrm d\\beta / N = 18 / 4 = 4\\tfrac12$, and $\\mathrm d\\gamma "
    "/ N = 1 \\cdot 18 / 4 = 4\\tfrac12$ as well.",
    "\\tfrac13 \\Big( (0, 0, 0, 18) - 4\\tfrac12 - 4\\tfrac12 \\cdot (-\\tfrac53, \\tfrac13, "
    "\\tfrac13, 1) \\Big) = \\tfrac13\\, (3, -6, -6, 9) = (1, -2, -2, 3)",
    "Here: $1 - 2 - 2 + 3 = 0$, and $-5 - 2 - 2 + 9 = 0$.",
)
def four_examples_by_hand():
    c = FOUR.ravel() - 5
    dx, cache = one_feature(0, 0, 0, 18)
    assert np.allclose(c, [-5, 1, 1, 3]) and np.isclose(np.mean(c**2), 9)
    assert np.allclose(cache[0].ravel(), [-5 / 3, 1 / 3, 1 / 3, 1])
    assert np.allclose(dx, [1, -2, -2, 3]) and np.isclose(c @ dx, 0)
    hat, last, second = c / 3, np.array([0, 0, 0, 18.0]), np.array([0, 18.0, 0, 0])
    for dout, means in ((last, (4.5, 4.5)), (second, (4.5, 1.5))):
        assert np.allclose((dout.mean(), (hat * dout).mean()), means)
    assert np.allclose(last - 4.5 - 4.5 * hat, [3, -6, -6, 9])
    other, _ = one_feature(0, 18, 0, 0)
    assert np.allclose(3 * c * other, [10, 13, -5, -18])
    assert np.allclose(other, np.array([-2, 13, -5, -6]) / 3)
    assert np.isclose(other.sum(), 0) and np.isclose(c @ other, 0)


@claims(
    "an upstream gradient that is easy to follow, $\\text{dout} = (0, 0, 0, 18)$",
    "| `dx̂` | $\\gamma\\, \\text{dout}$ | $(0, 0, 0, 18)$ |",
    "| `dc`, by way of the division | $\\mathrm d\\hat x / \\text{std}$ | $(0, 0, 0, 6)$ |",
    "| `dc`, by way of the squares | ? | $(2\\tfrac12, -\\tfrac12, -\\tfrac12, -1\\tfrac12)$ |",
    "| `dc` | their sum | $(2\\tfrac12, -\\tfrac12, -\\tfrac12, 4\\tfrac12)$ |",
    "The 2, the ½ and all but one $s$ are gone.",
    "| `dstd` | $-\\sum c\\, \\mathrm d\\hat x / \\text{std}^2 = -3 \\cdot 18 / 9$ | $-6$ |",
    "| `dvar` | ? | $-1$ |",
    "| `dmean` | $-\\sum \\mathrm dc$ | $-6$ |",
)
def the_table_of_the_graph():
    c, dhat, std = FOUR.ravel() - 5, np.array([0, 0, 0, 18.0]), 3
    dstd = -np.sum(c * dhat) / std**2
    dvar = dstd / (2 * std)
    squares = dvar * 2 / 4 * c
    dc = dhat / std + squares
    assert (dstd, dvar, -dc.sum()) == (-6, -1, -6)
    assert np.allclose(dhat / std, [0, 0, 0, 6])
    assert np.allclose(squares, [2.5, -0.5, -0.5, -1.5])
    assert np.allclose(dc, [2.5, -0.5, -0.5, 4.5])
    hat = c / std
    assert np.allclose(squares, -hat / std * (hat * dhat).mean())
    assert np.allclose(dc - 6 / 4, [1, -2, -2, 3])


@claims(
    "it collects $\\text{dmean} = -(0 + 0 + 0 + 4) = -4$",
    "gets $-1$ by way of it; the last one has 4 more from the subtraction: $\\mathrm dx = (-1, "
    "-1, -1, 3)$. It adds up to 0",
)
def only_the_mean_is_subtracted():
    outs = np.array([x - x.mean() for x in np.eye(4)])  # row i: how x_i acts on each out
    assert np.allclose(outs @ [0, 0, 0, 4], [-1, -1, -1, 3])


SQUARE = np.array([[1.0, 3], [5, 9]])


@claims(
    "The columns have the means 3 and 6 and the standard deviations 2 and 3.",
    "out is $\\begin{pmatrix} -1 & -5 \\\\ 1 & 15 \\end{pmatrix}$",
    "The rows have the means 2 and 7 and the standard deviations 1 and 2:",
)
def both_norms_on_paper():
    out, cache = batchnorm_forward(SQUARE, np.array([1, 10]), np.array([0, 5]), dict(train))
    assert np.allclose(cache[0], [[-1, -1], [1, 1]]) and np.allclose(out, [[-1, -5], [1, 15]])
    assert np.allclose(SQUARE.mean(axis=0), [3, 6]) and np.allclose(SQUARE.std(axis=0), [2, 3])
    assert np.allclose(SQUARE.mean(axis=1), [2, 7]) and np.allclose(SQUARE.std(axis=1), [1, 2])
    rows, _ = layernorm_forward(SQUARE, np.ones(2), np.zeros(2), {"eps": 0.0})
    assert np.allclose(rows, [[-1, 1], [-1, 1]])


@claims(
    "Let `dout` be 18 for all four: no example gets a gradient now, though the loss is 18 times "
    "the sum of what comes out.",
)
def what_no_example_can_change():
    dx, _ = one_feature(18, 18, 18, 18)
    assert np.allclose(dx, 0)


claims.coded("One and the same example, 7, in the company of others", "for others in (1, 3")


@claims("Run the cell, then add 10 to `x[0, 0]` in its first line and look which numbers move.")
def which_numbers_move():
    shown, change = [], [("[[1.0, 2, 3]", "[[11.0, 2, 3]")]
    plots = mock.Mock(tables=lambda tables: shown.append(tables))
    norms = dict(batchnorm_forward=batchnorm_forward, layernorm_forward=layernorm_forward)
    for changes in ((), change):
        run("by_column, _ =", changes=changes, plots=plots, **norms)
    moved = {name: shown[0][name] != shown[1][name] for name in shown[0]}
    assert moved["batch norm"].any(axis=0).tolist() == [True, False, False]
    assert moved["layer norm"].any(axis=1).tolist() == [True, False, False, False]


@claims(
    "Give `show_layers` a size of 0.0001 in the place of 0.01: in the first layer the variance is "
    "$10^{-6}$, less than the $\\varepsilon$ of $10^{-5}$, and the numbers fade again",
)
def weights_so_small_that_eps_counts():
    layers, ones = run("def through_layers")["through_layers"], np.ones(100)

    def norm(a):
        return batchnorm_forward(a, ones, 0 * ones, {"mode": "train"})[0]

    plain, normal = (layers([100] * 11, lambda ins, outs: 1e-4, n) for n in (lambda a: a, norm))
    assert 0.8e-6 < plain[0].var() < 1.2e-6
    assert normal[0].std() < 0.5 and normal[9].std() < 1e-4


@claims(
    "| 0.9 (Keras: 0.99) |",
    "* batch` | 0.1 |",
    "Our 0.9 and PyTorch's 0.1 are the same. Who takes the 0.9 to PyTorch",
    "hold $1 - 0.9^2 = 19\\,\\%$ of what the batches had",
    "divides by too little: by less than half of the standard deviation",
    "After fifty batches it is $99.5\\,\\%$",
    "1, then $0.9 \\cdot 1 + 0.1 \\cdot 10 = 1.9$, then $0.9 \\cdot 1.9 + 1 = 2.71$: what is "
    "missing to 10 becomes 0.9 times as much with each batch.",
)
def running_statistics():
    param, means, x = {"mode": "train"}, [], np.array([[9.0], [11.0]])
    for _ in range(50):
        batchnorm_forward(x, ONE, 0 * ONE, param)
        means.append(float(param["running_mean"][0]))
    assert np.allclose(means[:3], [1, 1.9, 2.71]) and round(1 - 0.9, 1) == 0.1
    assert np.allclose(np.diff(10 - np.array(means)) / (10 - np.array(means[:-1])), -0.1)
    assert np.isclose(means[1] / 10, 0.19) and round(means[49] / 10, 3) == 0.995
    assert np.sqrt(0.19) < 0.5


@claims(
    "$\\hat x = \\pm 1$ for every feature in which they differ",
    "One example is its own mean: $\\hat x = 0$",
)
def one_example_and_two():
    for x, hat in ((np.array([[7.0]]), [0]), (np.array([[7.0], [9]]), [-1, 1])):
        out, _ = batchnorm_forward(x, ONE, 0 * ONE, {"mode": "train"})
        assert np.allclose(out.ravel(), hat, atol=1e-4)


def turned(weights, step):
    """Return by which angle a step turns weights."""
    after = weights + step
    long = np.linalg.norm(weights) * np.linalg.norm(after)
    return np.arccos(min(1, np.sum(weights * after) / long))


@claims(
    "turns them ten times less. So the gradient, too, is ten times smaller, and plain descent, "
    "whose step is the rate times the gradient, turns them a hundred times less",
    "Adam, whose step does not ask how large the gradient is, ten times",
)
def weights_ten_times_as_large():
    X, y = rng().normal(size=(50, 20)), rng().integers(3, size=50)
    kind = dict(normalization="batchnorm", weight_scale=1.0, dtype=np.float64)
    net, found = FullyConnectedNet([30, 30], 20, 3, **kind, seed=0), []
    for factor in (1, 10):
        net.params["W2"] *= factor
        W, dW = net.params["W2"], net.loss(X, y)[1]["W2"]
        adam = optim.adam(W, dW, {"learning_rate": 1e-3})[0] - W
        along = turned(W, 1e-3 * W)
        found.append([np.linalg.norm(dW), turned(W, -1e-2 * dW), turned(W, adam)])
        assert along < 1e-6
    shrunk = np.divide(*found)
    assert np.allclose(shrunk, [10, 100, 10], rtol=0.01)


@claims("Its gradient is exactly 0, and $\\beta$ has taken over its task.")
def the_bias_before_batch_norm():
    kind = dict(normalization="batchnorm", weight_scale=1.0, dtype=np.float64)
    net = FullyConnectedNet([30], 20, 3, **kind, seed=0)
    _, grads = net.loss(rng().normal(size=(50, 20)), rng().integers(3, size=50))
    assert np.abs(grads["b1"]).max() < 1e-15 < np.abs(grads["beta1"]).max()


@cache
def trainer():
    """Return the notebook's function that trains a net, on its pictures."""
    names = dict(data=pictures(2000, 500, 500), Solver=Solver)
    loading = mock.patch("data_utils.datasets.get_picture_book_data", pictures)
    with loading:
        return run("def run(net", **names)["run"]


def six_layers(hidden=1.0, last=1.0, scale=1.0, rate=1e-3):
    """Return the training accuracy of a net with batch norm, and by how many degrees W2 turned."""
    net = FullyConnectedNet([50] * 5, normalization="batchnorm", weight_scale=scale, seed=0)
    for i in range(1, 7):
        net.params[f"W{i}"] *= last if i == 6 else hidden
    W = net.params["W2"].copy()
    solver = trainer()(net, rate=rate)
    return max(solver.train_acc_history), np.degrees(turned(W, net.params["W2"] - W))


@claims(
    "multiply its weights by 0.03, and leave the other. With the last layer mended, the net gets "
    "30 % of its training pictures right in the place of 22 %; with the hidden layers mended, 51 %",
    "Adam moves each weight by about 0.001 a step, and a hundred such steps turn weights of size "
    "1 by 1 degree; they turn those of size 0.03 by 14",
    "(A rate ten times as large says the same: 50 %, with nothing mended.)",
)
def what_fails_at_a_scale_of_1():
    large, angle = six_layers()
    assert abs(large - 0.22) < 0.01 and round(angle) == 1
    assert abs(six_layers(last=0.03)[0] - 0.30) < 0.01
    mended, angle = six_layers(hidden=0.03)
    assert abs(mended - 0.51) < 0.01 and abs(angle - 14) < 1
    assert abs(six_layers(rate=1e-2)[0] - 0.50) < 0.01


@claims("its scores begin with a standard deviation of about 5")
def scores_of_large_weights():
    net = FullyConnectedNet([50] * 5, normalization="batchnorm", weight_scale=1.0, seed=0)
    for param in net.bn_params:
        param["mode"] = "train"
    scores, _ = net.forward(np.float32(pictures(2000, 500, 500)["X_train"][:1000]))
    assert 4 < scores.std() < 6


claims.coded(
    "50 units wide, are trained on 1,000 pictures of the picture book", "def run(net", "scales = ["
)
claims.coded("batches of three sizes and 600 pictures", "sizes = [3, 10, 50]")
claims.coded("300 hidden units and 500 pictures", "trained = {keep")
claims.coded("answer with 40 random selections of its units", "votes = []")


@claims(
    "Take them anew, over all 600 pictures, and the net that has learned from batches of three is "
    "no better",
)
def running_statistics_are_not_to_blame():
    data = pictures(2000, 500, 500)
    net = FullyConnectedNet([50] * 5, normalization="batchnorm", weight_scale=0.05, seed=0)
    before = trainer()(net, examples=600, batch_size=3).best_val_acc
    for param in net.bn_params:
        param["momentum"] = 0.0
    net.loss(data["X_train"][:600], data["y_train"][:600])
    after = np.mean(net.loss(data["X_val"]).argmax(axis=1) == data["y_val"])
    assert before < 0.22 and abs(after - before) < 0.03


@claims("is as well off without any normalisation")
def no_normalisation_is_as_good():
    _, validation = claims.drawn("sizes = [3, 10, 50]").split("validation accuracy:")
    plain, batch, layer = map(float, re.findall(r"to ([\d.]+\d)", validation))
    assert plain >= batch and plain >= layer


@claims(
    "$0.1^{10} = 10^{-10}$. With the way round each sends back 1 + 0.1 times what it gets, if the "
    "two do not point in opposite directions: $1.1^{10} \\approx 2.6$",
)
def a_way_round_on_paper():
    assert np.isclose(0.1**10, 1e-10) and round((1 + 0.1) ** 10, 1) == 2.6


@claims("Give the plain net 20 layers, and then the residual one.")
def twenty_layers():
    kind = run("class Residual", FullyConnectedNet=FullyConnectedNet)["Residual"]
    best = []
    for net, size in ((FullyConnectedNet, 0.1), (kind, 0.01)):
        solver = trainer()(net([50] * 20, weight_scale=size, seed=0))
        best.append(max(solver.train_acc_history))
    assert best[0] < 0.3 < 0.6 < best[1]


@claims(
    "its loss is $\\log 10$ at the end as at the beginning",
    "The second has about the best weights for nets without a way round",
)
def ten_layers_without_a_way_round():
    solvers = {
        size: trainer()(FullyConnectedNet([50] * 10, weight_scale=size, seed=0))
        for size in (0.01, 0.05, 0.1, 0.2)
    }
    history = solvers[0.01].loss_history
    assert np.allclose([history[0], history[-1]], np.log(10), atol=0.01)
    best = max(solvers, key=lambda size: max(solvers[size].train_acc_history))
    assert best == 0.1


@claims(
    "Ten hidden layers, no normalisation, and the same rate for all.",
    "(Its first loss is the highest, since no layer shrinks what the first one makes of the pixels",
)
def the_way_round_helps():
    plain, good, residual = claims.numbers("losses = {}", r"(\d+)% of the training")
    assert plain == 10 and good < 50 and residual > 70


@claims(
    "so the gradient is at right angles to them, in every layer but the last",
    "Look at the gradients of such a net, and then once more with $W_2$ ten times as large:",
)
def gradients_of_normalised_weights():
    cosines = claims.numbers("steep", r"cosine +(-?[\d.]+)")
    steep = claims.numbers("steep", r"of its gradient ([\d.]+)")
    assert np.allclose(np.reshape(cosines, (2, 4))[:, :3], 0) and cosines[3] == cosines[7] > 0.1
    assert np.allclose(np.divide(steep[:4], steep[4:]), [1, 10, 1, 1], rtol=0.01)


@claims(
    "With AdamW both halves lie on one curve, $e^{-\\text{rate} \\cdot \\lambda \\cdot "
    "\\text{steps}}$",
    "weights with large gradients hardly decay, weights with small ones fast",
)
def decay_beside_adam():
    modules = {"starter": mock.Mock(), "starter.optim": optim}
    with mock.patch.dict("sys.modules", modules):
        means = run("means, rate, decay", plots=mock.Mock())["means"]
    large, small, *ours = (means[name][-1] for name in means)
    assert large > 0.9 and small < 0.3
    assert np.allclose(ours, np.exp(-1e-3 * 0.5 * 1000), atol=0.02)


@claims(
    "There are $2 \\cdot 4 \\cdot 9 = 72$ numbers. Batch norm: 4 means of 18. Layer norm: 2 of 36. "
    "Group norm: 4 of 18, but others than batch norm's. Instance norm: 8 of 9."
)
def who_shares_a_mean():
    x, counts = np.arange(72).reshape(2, 4, 3, 3), {}
    shares = {"batch": (0, 2, 3), "layer": (1, 2, 3), "instance": (2, 3)}
    for name, axes in shares.items():
        means = x.mean(axis=axes).size
        counts[name] = means, x.size // means
    means = x.reshape(2, 2, -1).mean(axis=2).size
    assert counts == {"batch": (4, 18), "layer": (2, 36), "instance": (8, 9)}
    assert (means, x.size // means) == (4, 18)


@claims(
    "reads the numbers in the order of their indices, the last index running fastest, and writes "
    "them in that order into the new shape, wherever they lie in memory"
)
def reshape_reads_in_the_order_of_indices():
    x = np.arange(6).reshape(2, 3)
    assert np.array_equal(x.T.reshape(-1), [0, 3, 1, 4, 2, 5])
    assert np.array_equal(np.asfortranarray(x).reshape(-1), np.arange(6))


@claims(
    "Contrast and light are taken away by any number of groups; what one colour does by itself, "
    "only by $G = C$."
)
def what_group_norm_does_not_notice():
    differ = claims.numbers("red doubled", r"differ by up to ([\d.e-]+)")
    assert max(differ[0], differ[1], differ[3]) < 1e-6 < 0.1 < differ[2]


@claims(
    "it grows to $1 / p$ of what it was",
    "$(8, 16)$, $(8, 0)$, $(0, 16)$ and $(0, 0)$, each with probability $\\tfrac14$. The mean is "
    "$(4, 8) = x$; the squares have the mean $(32, 128)$, twice $x^2 = (16, 64)$",
)
def dropout_on_paper():
    outs = np.array([[8, 16], [8, 0], [0, 16], [0, 0]])
    assert np.array_equal(outs.mean(axis=0), [4, 8])
    assert np.array_equal((outs**2).mean(axis=0), [32, 128])
    x = np.full(100_000, 4.0)
    out, _ = dropout_forward(x, {"mode": "train", "p": 0.2, "seed": 0})
    assert np.isclose(np.mean(out**2), 16 / 0.2, rtol=0.02)


@claims("At `p = 0.9` fifty masks are as good as a thousand are here.")
def how_noisy_masks_are():
    few, many = (np.sqrt((1 - p) / p / masks) for p, masks in ((0.9, 50), (0.3, 1000)))
    assert np.isclose(few, many, rtol=0.05)


@claims("and that costs it nothing on those that it has not seen; often it gains a little")
def dropout_costs_nothing():
    ends = re.findall(r"to ([\d.]+\d)", claims.drawn("trained = {keep"))
    (whole, alone), *dropped = zip(*2 * [map(float, ends)], strict=True)
    assert all(learned < whole and right > alone - 0.01 for learned, right in dropped)


@claims("The average is better than its members, and the whole net, in a single pass,")
def the_average_opinion():
    found = claims.numbers("one selection", r"([\d.]+)%")
    alone, together, whole = found
    assert alone < together and whole > together - 2


@claims("with 18 weights in place of 25 and a ReLU more")
def two_layers_for_one():
    assert (2 * 3 * 3, 5 * 5) == (18, 25)


@claims(
    "(8, 16, 16) and (16, 8, 8). The convolutions have $8 \\cdot 27 = 216$ and $16 \\cdot 72 = "
    "1{,}152$ weights, and the affine layer $1{,}024 \\cdot 10 = 10{,}240$"
)
def a_deep_net_on_paper():
    net = DeepConvNet((3, 32, 32), num_filters=(8, 16), max_pools=(0, 1), seed=0)
    out, shapes = np.zeros((1, 3, 32, 32), np.float32), []
    for i in (1, 2):
        out, _ = net.block_forward(i, out)
        shapes.append(out.shape[1:])
    assert shapes == [(8, 16, 16), (16, 8, 8)]
    assert [net.params[f"W{i}"].size for i in (1, 2, 3)] == [216, 1152, 10240]


@claims(
    "The first does $16 \\cdot 27 \\cdot 1{,}024 = 442{,}368$, the second $32 \\cdot 144 \\cdot "
    "256 = 1{,}179{,}648$: it has a quarter of the places, and more than ten times the weights."
)
def the_price_of_two_layers():
    first, second = 16 * 3 * 9, 32 * 16 * 9
    assert (first * 32 * 32, second * 16 * 16) == (442_368, 1_179_648)
    assert second > 10 * first


@claims(
    "with which it gets at least 90 % of fifty pictures right after 60 steps",
    "if weights of standard deviation 0.001 multiply and add up 27 numbers in the first layer and "
    "72 in each of the others?",
    "If it stays at 2.30, nothing arrives",
    "Change one of the two at a time, by a factor of 3.",
)
def fifty_pictures_by_heart():
    solver = mock.Mock(train_acc_history=[0.9], loss_history=[2.3] * 60)
    assert nets.by_heart(solver)[0] and 50 // 25 * nets.SIXTY_STEPS["num_epochs"] == 60
    solver.train_acc_history = [0.88]
    assert not nets.by_heart(solver)[0]
    net = DeepConvNet((3, 16, 16), max_pools=(0, 1), weight_scale=0.001, seed=0)
    assert [net.params[f"W{i}"][0].size for i in (1, 2, 5)] == [27, 72, 72]
    scores = net.loss(nets.fifty()["X_train"])
    assert np.abs(scores).max() < 1e-6 and round(np.log(10), 2) == 2.30


@claims("These were trained on 10,000 of them, for 2 seconds (the linear SVM) to 37 (the deep net)")
def the_ladder():
    page = (paths.ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    drawn = re.findall(
        r"^(?:linear|two-layer|three-layer|five-layer).*?\| +([\d.]+)% +([\d.]+) s", page, re.M
    )
    shares, seconds = zip(*[map(float, found) for found in drawn], strict=True)
    shown = run("ladder = {", plots_norm=mock.Mock())["ladder"]
    assert [round(100 * share, 1) for share in shown.values()] == list(shares)
    assert (int(seconds[0] + 0.5), int(seconds[-1] + 0.5)) == (2, 37) and "10,000 training" in page


@claims("The cell after the check trains it on 2,000 pictures")
def pictures_for_the_recipe():
    assert "get_picture_book_data(2000, 500, 500)" in "".join(claims.cell("def run(net")["source"])


@claims("and see whether you get past 70 %")
def past_seventy():
    page = (paths.ROOT / "docs" / "measured.md").read_text(encoding="utf-8")
    tests = re.findall(r"^ +\d +0\.\d+ +(0\.\d+) ", page, re.MULTILINE)
    assert len(tests) == 3 and min(map(float, tests)) > 0.70


@claims(
    "which loads 49,000 of them",
    "(with an `lr_decay` of 0.5 ten epochs leave a thousandth of it)",
)
def photographs():
    sizes = inspect.signature(get_CIFAR10_data).parameters
    assert next(iter(sizes.values())).default == 49_000
    assert round(1 / 0.5**10, -3) == 1000


@claims("float64, float32, float64. A plain Python number takes the dtype of the array")
def dtypes_on_paper():
    x = np.ones(3, np.float32)
    kinds = [(x * np.ones(3)).dtype, (x * 2.0).dtype, ((x > 0) / 0.5).dtype]
    assert kinds == [np.float64, np.float32, np.float64]


@claims("Their colours before and after, over a hundred of them:")
def colours_are_normalised():
    X = pictures(2000, 500, 500)["X_train"][:100].astype(float)
    out, _ = spatial_batchnorm_forward(X, np.ones(3), np.zeros(3), {"mode": "train"})
    assert np.allclose(out.mean(axis=(0, 2, 3)), 0) and np.allclose(out.std(axis=(0, 2, 3)), 1)


@claims("With $G = 1$ it is layer norm; with $G = C$, each channel of each picture is on its own")
def one_group_and_as_many_as_channels():
    x, ones = rng().normal(size=(2, 4, 3, 3)), np.ones((1, 4, 1, 1))
    one, each = (spatial_groupnorm_forward(x, ones, 0 * ones, G, {})[0] for G in (1, 4))
    rows, _ = layernorm_forward(x.reshape(2, -1), 1, 0, {})
    assert np.allclose(one.reshape(2, -1), rows)
    assert np.allclose(each.mean(axis=(2, 3)), 0)


KAIMING = "std = np.sqrt((2 if relu else 1) / fan_in)"
breaks(
    1,
    "initializers.py",
    {KAIMING: KAIMING.replace("np.sqrt", "")},
    "The formula names a variance: draw with its root.",
)
NORMAL = "normalization.py"
breaks(
    3,
    NORMAL,
    {"x.mean(axis=0), x.var(axis=0)": "x.mean(axis=0), x.var(axis=0, ddof=1)"},
    "The variance is divided by one less than the numbers are; here it is their mean squared "
    "distance from the mean.",
)
breaks(
    5,
    NORMAL,
    {"np.sqrt(running_var + eps)": "(running_var + eps)"},
    "It is divided by the variance; the standard deviation is its root.",
)
breaks(
    6,
    NORMAL,
    {"dx = dcentred + dmean / N": "dx = dcentred"},
    "The difference is exactly this: what comes by way of the mean is missing.",
)
breaks(
    9,
    NORMAL,
    {"dx_hat.mean(axis=1, keepdims=True) - along": "dx_hat.mean(axis=0, keepdims=True) - along"},
    "One of its two means or sums, or both, run over the other axis",
)
breaks(
    11,
    NORMAL,
    {"out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache": "out.reshape(N, C, H, W), cache"},
    "The numbers are right and in the wrong places: on the way back, too, axes have to be "
    "exchanged.",
)
breaks(
    13,
    NORMAL,
    {"layernorm_forward(x.reshape(N * G, -1)": "layernorm_forward(x.reshape(N, -1)"},
    "All channels are normalised together; every group has its own mean.",
)
breaks(
    15,
    "dropout.py",
    {"rng.random(x.shape) < p": "rng.random(x.shape) > p"},
    "you take p for the share to drop, as PyTorch does; CS231n and we keep the share p.",
)
BOUND = "a = np.sqrt(6 / (fan_in + fan_out))"
breaks(
    2,
    "initializers.py",
    {BOUND: BOUND.replace("6", "2")},
    "Evenly spread up to a, the variance is a² / 3.",
    told="Then take the root of 2 in the place of 6 for Xavier's $a$",
)
breaks(
    7,
    NORMAL,
    {"(dbeta + x_hat * dgamma) / len(dout)": "(dbeta + x_hat * dgamma) / 4"},
    "Both sums are divided by D; they add up the N examples, so that N makes means of them.",
    told="Write 4, as in the example by hand, where $N$ belongs.",
)
breaks(
    4,
    NORMAL,
    {"momentum * running_mean + (1 - momentum) *": "(1 - momentum) * running_mean + momentum *"},
    "The two shares are swapped: that is PyTorch's momentum, the share of what is new.",
)
breaks(
    8,
    NORMAL,
    {
        "x.var(axis=1, keepdims=True)": "x.var(axis=0, keepdims=True)",
        "x.mean(axis=1, keepdims=True)) / std": "x.mean(axis=0, keepdims=True)) / std",
    },
    "Mean and variance run over the other axis.",
)
breaks(
    10,
    "fc_net.py",
    {"self.bn_params[i - 1] if": "self.bn_params[0] if"},
    "All layers keep their running statistics in one place; each has an entry of its own in "
    "bn_params.",
)
breaks(
    12,
    NORMAL,
    {"dout.transpose(0, 2, 3, 1).reshape(-1, C)": "dout.reshape(-1, C)"},
    "The channels are mixed up: reshape alone does not bring them to the end.",
)
breaks(
    14,
    NORMAL,
    {"(dout * gamma).reshape": "dout.reshape"},
    "gamma is missing: dout reaches x_hat by way of it.",
)
breaks(
    16,
    "dropout.py",
    {"if training else 1": "if training else p"},
    "It is scaled at test; division in training has made up for all that.",
)
ASKED = {"self.bn_params[i - 1] if self.bn_params else None": "self.bn_params[i - 1]"}
breaks(17, "fc_net.py", ASKED, "IndexError: list index out of range")
not_noticing(claims, 10, "fc_net.py", ASKED, "Check 10 passes, and check 17")
breaks(
    18,
    "cnn.py",
    {"left, num_classes)": "left, num_classes, relu=True)"},
    "Is there a ReLU behind it, and what does it take?",
)
breaks(
    19,
    "cnn.py",
    {'dgamma, f"beta{i}": dbeta}': 'dbeta, f"beta{i}": dgamma}'},
    "The gradients of gamma and beta are exchanged.",
)
breaks(
    20,
    "tuning.py",
    {"return 0.1, 2e-3": "return 0.001, 2e-3"},
    "Look at the loss. It stays put, and guessing among ten classes costs log 10 = 2.30: what of a "
    "picture arrives?",
    told="Return 0.001 for the standard deviation, with a rate of 0.002",
)
breaks(
    21,
    "tuning.py",
    {'num_classes=1 + int(np.max(data["y_train"]))': "num_classes=10"},
    "C, H, W and the number of classes are the data's: read them off X_train and y_train.",
    told="Write 10 for the number of classes",
)
breaks(
    22,
    "dropout.py",
    {".astype(x.dtype) / p": " / p"},
    "out of dropout_forward: no. Got float64.",
)
breaks(
    23,
    "dropout.py",
    {"    return dout * mask": "    dout *= mask\n    return dout"},
    "dropout_backward writes into an array that it was given",
)
