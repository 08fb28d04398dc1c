"""What the third notebook says, and what it was tried with."""

from functools import cache, partial
from unittest import mock

import numpy as np
import pytest

from data_utils import rng
from data_utils.lessons import cnn as lesson
from solutions import layers
from solutions.cnn import ThreeLayerConvNet
from solutions.convolution import conv_backward_naive, conv_forward_naive
from solutions.im2col import im2col
from solutions.pooling import (
    avg_pool_backward_naive,
    avg_pool_forward_naive,
    max_pool_backward_naive,
    max_pool_forward_naive,
)
from solutions.solver import Solver
from tests.notebooks.claims.breaking import breaking, not_noticing
from tests.notebooks.claims.table import Claims, pictures

claims = Claims("3_cnn")
breaks = partial(breaking, claims)
run = partial(claims.run, rng=rng, **vars(layers))
ONES = np.ones((1, 1, 3, 3))
PLAIN = {"stride": 1, "pad": 0}
HALVES = {"pool_height": 2, "pool_width": 2, "stride": 2}


@claims(
    "$\\text{out} = (-0.2, 3)$ and $\\mathrm dx = (0.5, 5)$. The sigmoid's slope is $0.9 \\cdot "
    "0.1 = 0.09$"
)
def activations_on_paper():
    out, cache = layers.leaky_relu_forward(np.array([-2.0, 3]), 0.1)
    assert np.allclose(out, [-0.2, 3])
    assert np.allclose(layers.leaky_relu_backward(np.full(2, 5.0), cache), [0.5, 5])
    _, cache = layers.sigmoid_forward(np.log([9.0]))
    assert np.allclose(layers.sigmoid_backward(np.ones(1), cache), 0.09)


@claims(
    "$\\sigma(40)$ differs from 1 by $4 \\cdot 10^{-18}$, and float64 has no number between 1 and "
    "$1 - 10^{-16}$",
    "Close to 0 float64 has numbers as small as $10^{-308}$",
)
def close_to_1_and_close_to_0():
    assert 3.5e-18 < np.exp(-40) / (1 + np.exp(-40)) < 4.5e-18
    assert 1e-16 < 1 - np.nextafter(1, 0) < 2e-16
    assert 1e-308 < np.finfo(float).tiny < 1e-307
    assert claims.numbers("for a in (1.0", r"a = 40.0: ([\d.e-]+)") == [4.248354e-18]
    assert claims.numbers("for a in (1.0", r" ([\d.e+-]+)\n")[-1] == 0


@claims(
    "its slope is ¼ at best",
    "$(1/4)^{10}$ is about a millionth",
    "less than a twentieth of the gradient passes",
)
def the_sigmoids_slope():
    x = np.linspace(-9, 9, 1001)
    _, cache = layers.sigmoid_forward(x)
    assert np.isclose(layers.sigmoid_backward(np.ones(1001), cache).max(), 1 / 4)
    assert round(0.25**10 * 1e6) == 1


@claims(
    "for $a = -1000$ it asks for $e^{1000}$, and no float64 is that large",
    "What does tanh give for 1000, and what does its formula give if you type it in as it stands?",
)
def far_from_0():
    with np.errstate(over="ignore", invalid="ignore"):
        large = np.exp(np.float64(1000))
        assert np.isinf(large) and np.isnan((large - 1 / large) / (large + 1 / large))
    assert layers.tanh_forward(np.array([1000.0]))[0] == 1


@claims(
    "The output at row 1, column 2 sees the framed window. With the bias $b = 1$ it is",
    "1 \\cdot 1 + 0 \\cdot 0 + 2 \\cdot 0 + (-1) \\cdot 2 \\;+\\; 1 \\;=\\; 0",
)
def one_place_by_hand():
    case = lesson.by_hand()
    out, _ = conv_forward_naive(case.x, case.w, case.b, case.param)
    assert out[0, 0, 1, 2] == 0
    assert np.array_equal(case.x[0, 0, 1:3, 2:4], [[1, 0], [0, 2]])
    assert np.array_equal(case.w[0, 0], [[1, 0], [2, -1]]) and case.b[0] == 1
    assert "place=(1, 2)" in "".join(claims.cell("plots_conv.sliding(")["source"])


@claims("Pictures may come as whole numbers, from 0 to 255 for instance")
def whole_pictures():
    bytes_ = pictures(20, 1, 1, subtract_mean=False)["X_train"]
    assert bytes_.min() >= 0 and bytes_.max() <= 255 and np.all(bytes_ % 1 == 0)


@claims(
    "at (i, j) see, if the stride is s? Draw it for s = 2 and i = 1.",
    "and an upstream gradient of 9 for each: every window hands a 1 to each of its numbers. What "
    "is dx, then? Say it for a stride of 2, before you try.",
)
def windows_two_apart():
    out, _ = conv_forward_naive(np.eye(5)[None, None], ONES, np.zeros(1), {"stride": 2, "pad": 0})
    assert out[0, 0, 1, 1] == np.trace(np.eye(5)[2:, 2:])
    seen = []
    names = dict(
        avg_pool_forward_naive=avg_pool_forward_naive,
        avg_pool_backward_naive=avg_pool_backward_naive,
        plots=mock.Mock(tables=lambda shown: seen.append(shown["dx"])),
        np=np,
    )
    for change in ((), (('"stride": 1}', '"stride": 2}'),)):
        run("avg_pool_backward_naive(9 + 0 * out", changes=change, **names)
    assert seen[0][2, 2] == 9 and seen[1].max() == 4 == seen[1][2, 2]


@claims("learns the same ones turned by 180°")
def filters_turned():
    x, w = rng().normal(size=(6, 7)), rng().normal(size=(3, 2))
    turned, _ = conv_forward_naive(
        x[None, None], np.rot90(w, 2)[None, None], np.zeros(1), PLAIN
    )  # which is convolution as mathematics has it
    assert np.isclose(
        turned[0, 0, 0, 0], sum(w[-1 - i, -1 - j] * x[i, j] for i in range(3) for j in range(2))
    )


def shape_of(pictures, filters, **param):
    """Return the shape that filters make of pictures."""
    zeros = (np.zeros(shape) for shape in (pictures, filters, filters[:1]))
    return conv_forward_naive(*zeros, {"stride": 1, "pad": 0} | param)[0].shape


@claims(
    "$H' = 1 + \\lfloor (10 + 2 - 2 - 1) / 2 \\rfloor = 5$ and $W' = 1 + \\lfloor (7 + 2 - 1 - 1) "
    "/ 2 \\rfloor = 4$, so (4, 5, 4). Of the twelve padded rows the last one is not looked at, "
    "and of the nine columns the last one.",
    "$H' = H$ asks for $2p = HH - 1$: a padding of 1, and of 3.",
    "nine weights with a dilation of 2 look at a window of 5 x 5",
)
def sizes_of_convolutions():
    assert shape_of((1, 3, 10, 7), (4, 3, 3, 2), stride=2, pad=1) == (1, 4, 5, 4)
    assert (2 * 4 + 3, 2 * 3 + 2) == (12 - 1, 9 - 1)
    for size, pad in ((3, 1), (7, 3)):
        assert shape_of((1, 1, 8, 9), (1, 1, size, size), pad=pad) == (1, 1, 8, 9)
    assert shape_of((1, 1, 5, 5), (1, 1, 3, 3), dilation=2) == (1, 1, 1, 1)


@claims(
    "The first window is $(1, 2)$, the second $(2, 3)$: $\\mathrm dw = 1 \\cdot (1, 2) + 10 "
    "\\cdot (2, 3) = (21, 32)$ and $\\mathrm db = 11$. The windows get $1 \\cdot (1, -1)$ and $10 "
    "\\cdot (1, -1)$, and where they meet, both: $\\mathrm dx = (1, -1 + 10, -10) = (1, 9, -10)$.",
)
def one_row_by_hand():
    x, w = np.array([[[[1.0, 2, 3]]]]), np.array([[[[1.0, -1]]]])
    _, cache = conv_forward_naive(x, w, np.zeros(1), PLAIN)
    dx, dw, db = conv_backward_naive(np.array([[[[1.0, 10]]]]), cache)
    assert (dx.ravel().tolist(), dw.ravel().tolist(), db[0]) == ([1, 9, -10], [21, 32], 11)


@claims(
    "A window of 2 x 2 with a stride of 2 is the usual choice; it halves height and width.",
    "Let the windows overlap: 4 x 4, with a stride of 2.",
)
def pools_that_tile_and_overlap():
    x = np.zeros((1, 1, 32, 32))
    assert max_pool_forward_naive(x, HALVES)[0].shape == (1, 1, 16, 16)
    wide = {"pool_height": 4, "pool_width": 4, "stride": 2}
    assert max_pool_forward_naive(x, wide)[0].shape == (1, 1, 15, 15)


@claims("and upstream gradients of 1 and 2")
def equal_numbers():
    assert "[[[[1.0, 2]]]]" in "".join(claims.cell("a gradient of {dout.sum")["source"])


@claims("numbers are few, as with 8 bits")
def few_numbers():
    assert np.iinfo(np.uint8).bits == 8 and np.iinfo(np.uint8).max == 255


@claims("With a stride of 1 the one in the middle lies in nine of them")
def the_middle_lies_in_nine_windows():
    param = {"pool_height": 3, "pool_width": 3, "stride": 1}
    _, cache = avg_pool_forward_naive(np.zeros((1, 1, 5, 5)), param)
    assert avg_pool_backward_naive(np.full((1, 1, 3, 3), 9.0), cache)[0, 0, 2, 2] == 9


@claims(
    "A row for each of the $3 \\cdot 3 \\cdot 3 = 27$ numbers of a window, and a column for each "
    "of the $2 \\cdot 5 \\cdot 5 = 50$ places: 1,350 numbers in the place of 150, nine times as "
    "many.",
    "nine times as much as the pictures, for filters of 3 x 3 and a stride of 1",
)
def columns_on_paper():
    x = np.zeros((2, 3, 5, 5))
    cols = im2col(x, 3, 3, {"stride": 1, "pad": 1})
    assert cols.shape == (27, 50) and (cols.size, x.size) == (1350, 150) and cols.size == 9 * x.size


@claims(
    "The toy has 144 such outputs and just nine products in each.",
    "that 1,296 multiply-accumulates cannot make up for and two million can",
    "make the second one four times as expensive",
)
def prices_of_convolutions():
    outputs = np.prod(shape_of((1, 1, 3, 3), (16, 1, 3, 3), pad=1))
    assert (outputs, outputs * 9) == (144, 1296)
    ordinary = np.prod(shape_of((2, 3, 32, 32), (16, 3, 5, 5), pad=2)) * 3 * 5 * 5
    assert 2e6 < ordinary < 3e6 and (2 * 16) * (2 * 8) == 4 * 16 * 8


@claims(
    "Two layers of $3 \\times 3$ see as far as one of $5 \\times 5$, with 18 weights in the place "
    "of 25; a stride of 2 lets all that come later step twice as far",
    "$1 + 5 \\cdot 2 = 11$. With the pooling it is $1 + 2 + 1 + 4 \\cdot (2 \\cdot 2) = 20$. A net "
    "that is to see a whole picture of 32 pixels needs either many layers or a few poolings.",
)
def how_far_a_number_sees():
    paths = run("def paths_to_the_middle")["paths_to_the_middle"]

    def sides(*stack, size=13):
        return np.count_nonzero(paths(stack, size).any(axis=0))

    assert sides((5, 1)) == sides((3, 1), (3, 1)) == 5 and (2 * 9, 25) == (18, 25)
    assert sides((3, 2), (3, 1)) == 7
    assert sides(*[(3, 1)] * 5) == 11
    pooled = paths([(3, 1)] * 4, 13)[:, 6]  # of what the pooling gives
    reach = np.repeat(pooled > 0, 2)
    assert np.count_nonzero(np.convolve(reach, np.ones(3))) == 20


@claims(
    "4 and 2½; $\\begin{pmatrix} 0 & 8 \\\\ 0 & 0 \\end{pmatrix}$ and $\\begin{pmatrix} 2 & 2 "
    "\\\\ 2 & 2 \\end{pmatrix}$"
)
def pooling_on_paper():
    x, dout = np.array([[[[1.0, 4], [3, 2]]]]), np.array([[[[8.0]]]])
    largest, cache = max_pool_forward_naive(x, HALVES)
    mean, of_mean = avg_pool_forward_naive(x, HALVES)
    assert (largest.item(), mean.item()) == (4, 2.5)
    assert np.array_equal(max_pool_backward_naive(dout, cache)[0, 0], [[0, 8], [0, 0]])
    assert np.array_equal(avg_pool_backward_naive(dout, of_mean)[0, 0], [[2, 2], [2, 2]])


@claims("$(0.8 - 1) / 2 = -0.1$, and $-0.1 \\cdot 0.8 \\cdot 0.2 = -0.016$")
def two_gradients_on_paper():
    z = np.log([0.8 / 0.2])
    slope = [(layers.sigmoid_forward(z + h)[0] - 1) ** 2 / (2 * 2) for h in (1e-6, -1e-6)]
    assert np.isclose((slope[0] - slope[1]).item() / 2e-6, -0.016, rtol=1e-6)


@claims("Now all 4,000 pages of the picture book.", "both nets are trained on 2,000 pictures")
def what_the_nets_are_trained_on():
    assert len(pictures(4000, 500, 500)["X_train"]) == 4000
    assert "get_picture_book_data(4000, 500, 500)" in "".join(claims.cell("grey = ")["source"])
    assert '["X_train"][:2000]' in "".join(claims.cell("half = {")["source"])


@claims("The two-layer net got about half of them right.")
def what_the_two_layer_net_got():
    of_before = Claims("2_two_layer_net")
    cell = "net = TwoLayerNet(reg=1.0, dtype=np.float32, seed=0)\nsolver"
    (share,) = of_before.numbers(cell, r"right on ([\d.]+)% of the test")
    assert abs(share - 50) < 5


@claims("the ½ meets the 2 of the square", "The slope of reg / 2 times the sum of all W * W")
def halves_and_squares():
    w, h = np.array([3.0, -1]), 1e-6
    slopes = [
        (((w + step) ** 2).sum() - ((w - step) ** 2).sum()) / 2 / (2 * h) for step in h * np.eye(2)
    ]
    assert np.allclose(slopes, w)


@claims("Pictures need not be square, nor of 32 pixels.")
def pictures_of_other_sizes():
    assert ThreeLayerConvNet((3, 4, 6), 2, 3, 5).loss(np.zeros((1, 3, 4, 6))).shape == (1, 10)


@cache
def losses(*changed, steps=300):
    """Return the losses of the net that tells crosses from rings; changed: (old, new) in it."""
    (source,) = [
        "".join(c["source"]) for c in claims.cells if "def cross_or_ring" in "".join(c["source"])
    ]
    for old, new in changed:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    space = {**vars(layers), "plots": mock.Mock(), "print": lambda *args: None}
    exec(source, space)
    training = "".join(claims.cell("cross, ring =")["source"])
    exec(training.replace("range(300)", f"range({steps})"), space)
    return np.array(space["history"])


@claims(
    "After 100 steps it has hardly begun (a loss of 0.094), after 300 it is done.",
    "A learning rate of 1 is small enough here for the loss to fall at every step",
)
def crosses_and_rings():
    history = losses()
    assert np.all(np.diff(history) < 0)
    assert round(history[99], 3) == 0.094 and history[-1] < 0.01
    assert claims.numbers("cross, ring =", r"to ([\d.]+), at every") == [0.005]


@claims("the loss still falls at every step. A wrong gradient mostly leads downhill, too")
def wrong_gradients_lead_downhill():
    for change in (
        ('{"w": dw', '{"w": 2 * dw'),
        ('"b": db', '"b": 0 * db'),
        ("dz = sigmoid_backward((o - t) / len(X), of_o)", "dz = (o - t) / len(X)"),
    ):
        assert np.all(np.diff(losses(change)) < 0), change


@claims(
    "$W_1$ has $32 \\cdot 3 \\cdot 7 \\cdot 7 = 4{,}704$ numbers, $W_2$ has $32 \\cdot 16 \\cdot "
    "16 \\cdot 100 = 819{,}200$, and $W_3$ has 1,000.",
    "The convolution uses each of its weights at 1,024 places: $4{,}704 \\cdot 1{,}024 \\approx "
    "4.8$ million",
    "for a batch of 50 pictures the maps of this convolution alone are $50 \\cdot 32 \\cdot "
    "1{,}024 \\approx 1.6$ million numbers, twice as many as there are parameters",
)
def parameters_and_maps():
    params = ThreeLayerConvNet(num_filters=32, filter_size=7, hidden_dim=100).params
    assert [params[f"W{i}"].size for i in (1, 2, 3)] == [4704, 819_200, 1000]
    assert round(4704 * 1024 / 1e6, 1) == 4.8 and round(50 * 32 * 1024 / 1e6, 1) == 1.6
    assert np.isclose(50 * 32 * 1024 / sum(p.size for p in params.values()), 2, rtol=0.02)


@claims(
    "The maps are (6, 28, 28), pooled (6, 14, 14), and laid out flat $6 \\cdot 14 \\cdot 14 = "
    "1{,}176$ numbers: (1176, 50)",
)
def a_net_on_paper():
    net = ThreeLayerConvNet((1, 28, 28), num_filters=6, filter_size=5, hidden_dim=50)
    assert shape_of((1, 1, 28, 28), (6, 1, 5, 5), pad=2) == (1, 6, 28, 28)
    pooled, _ = max_pool_forward_naive(np.zeros((1, 6, 28, 28)), HALVES)
    assert pooled.shape == (1, 6, 14, 14)
    assert net.params["W2"].shape == (1176, 50)


@claims(
    "so each class has a probability of about 1/10, and that costs $\\log 10 \\approx 2.303$",
    "Larger first weights are a louder opinion about nothing: try a `weight_scale` of 0.1.",
)
def what_an_untrained_net_costs():
    assert round(np.log(10), 3) == round(-np.log(1 / 10), 3) == 2.303
    few = pictures(500, 100, 100)
    loud = ThreeLayerConvNet(weight_scale=0.1, seed=0).loss(few["X_val"][:20], few["y_val"][:20])[0]
    assert loud > 10
    assert claims.numbers("20 pictures cost", r"cost ([\d.]+) each") == [2.303]


@claims(
    "moved to the right by 0 to 12 pixels",
    "The affine layer gives none: $W_2$ has weights of its own for each place of each map.",
)
def moved_pictures_are_missed():
    still, a_little, far = claims.numbers("moved = [", r"pixels: ([\d.]+)%")
    assert still > a_little + 10 and a_little > far + 10


@claims("the filters' maps move along: that is called *equivariance*, and sharing brings it about")
def maps_move_along():
    random = rng()
    x, w = random.normal(size=(1, 2, 8, 9)), random.normal(size=(3, 2, 3, 3))
    maps, moved = (
        conv_forward_naive(a, w, np.zeros(3), PLAIN)[0] for a in (x, np.roll(x, 2, axis=3))
    )
    assert np.allclose(moved[..., 2:], maps[..., :-2])


@claims(
    "3 x 32 x 32 went in, and 16 x 32 x 32 came out of the filters",
    "the same 75 weights of a filter are used at all 1,024 places",
)
def weights_that_are_shared():
    assert shape_of((1, 3, 32, 32), (16, 3, 5, 5), pad=2) == (1, 16, 32, 32)
    assert (3 * 5 * 5, 32 * 32) == (75, 1024)


@claims(
    "float64 and float32: an array keeps its dtype when something is added to it in place, and "
    "`zeros_like` takes over that of its model"
)
def dtypes_on_paper():
    x = np.ones(3, np.float32)
    dx = np.zeros(x.shape)
    dx += x
    assert (dx.dtype, (np.zeros_like(x) + x).dtype) == (np.float64, np.float32)


def theirs(**options):
    """Return the net in which the notebook has hidden a bug."""
    kind = run("class Theirs", ThreeLayerConvNet=ThreeLayerConvNet)["Theirs"]
    return kind(**options, seed=0)


@claims(
    "where right and wrong regularisers are the same: 0. Take `reg=0.7` in the cell above, and "
    "the check shouts"
)
def the_bug_is_seen_where_there_is_a_regulariser():
    X, y, wrong = rng().normal(size=(4, 2, 4, 6)), np.array([0, 3, 1, 4]), []
    for reg in (0.0, 0.7):
        size = dict(input_dim=(2, 4, 6), num_filters=3, filter_size=3, hidden_dim=3, num_classes=5)
        net = theirs(**size, weight_scale=0.5, dtype=np.float64, reg=reg)
        _, grads = net.loss(X, y)
        net.params["W3"][0, 0] += 1e-5
        above, _ = net.loss(X, y)
        net.params["W3"][0, 0] -= 2e-5
        below, _ = net.loss(X, y)
        wrong.append(abs((above - below) / 2e-5 - grads["W3"][0, 0]))
    assert wrong[0] < 1e-8 and wrong[1] > 0.1


@claims(
    "$\\tfrac12 \\cdot 0.5 \\cdot (9 + 1) = 2.5$ and $0.5 \\cdot (3, -1) = (1.5, -0.5)$",
)
def a_regulariser_on_paper():
    W, h = np.array([3.0, -1]), 1e-6

    def cost(W):
        return 0.5 * 0.5 * np.sum(W**2)

    slopes = [(cost(W + step) - cost(W - step)) / (2 * h) for step in h * np.eye(2)]
    assert cost(W) == 2.5 and np.allclose(slopes, [1.5, -0.5])


def drawn_by(*pieces, changes, **names):
    """Return what cells hand to the functions that draw, with the changes that a reader is told."""
    plots, convolutions = mock.Mock(), (conv_forward_naive, conv_backward_naive, im2col)
    picture = pictures(4000, 500, 500)["X_train"][7].astype(float)
    names |= {function.__name__: function for function in convolutions}
    names |= dict(np=np, plots=plots, plots_conv=plots, picture=picture, print=mock.Mock())
    run(*pieces, changes=changes, **names)
    return (plots.tables.call_args or plots.feature_maps.call_args).args, picture


@claims('Try a dilation of 8, and `"level edges"`.')
def wider_gaps():
    filters, changes = np.ones((3, 3, 3, 3)), [("(1, 2, 4)", "(1, 2, 8)"), ("[1:2]", "[2:3]")]
    (_, maps, _), _ = drawn_by("gaps, maps = ", changes=changes, filters=filters)
    assert [shown.shape for shown in maps] == 3 * [(32, 32)]


@claims("Change the stride to 3, and the 30 to 10.")
def rows_of_a_wider_stride():
    changes = [('"stride": 1', '"stride": 3'), ("30, 30", "10, 10")]
    (_, shown, _), picture = drawn_by("rows = (0, 4, 8)", changes=changes)
    assert all(np.array_equal(shown[k], picture[0, k:30:3, k:30:3]) for k in range(3))


@claims(
    "1 at the framed place, row 1 and column 2, and 0 everywhere else. Move the 1, then put a "
    "second one next to it",
)
def one_number_and_two():
    example, second = lesson.by_hand(), [("= 1\ndx", "= 1\ndout[0, 0, 1, 3] = 1\ndx")]
    one, two = (
        drawn_by("dout[0, 0, 1, 2] = 1", changes=changes, example=example)[0][0]["dw"]
        for changes in ((), second)
    )
    x = example.x[0, 0]
    assert np.array_equal(one, x[1:3, 2:4]) and np.array_equal(two - one, x[1:3, 3:5])


@claims("(With plain descent the same line blows the net up. Try that, too.)")
def plain_descent_blows_it_up():
    net = theirs(num_filters=8, filter_size=5, weight_scale=0.01, reg=0.03)
    options = dict(batch_size=50, num_epochs=2, num_train_samples=50, num_val_samples=50)
    few = pictures(500, 100, 100)
    solver = Solver(net, few, "sgd", {"learning_rate": 1e-3}, verbose=False, seed=0, **options)
    with np.errstate(all="ignore"), pytest.raises(FloatingPointError, match="the loss of step"):
        solver.train()


breaks(
    1,
    "activations.py",
    {"x, slope * x), (x, slope)": "x, 0.1 * x), (x, slope)"},
    "This is what the default slope gives; another was asked for.",
    told="Write 0.1 for `slope` in forward",
)
breaks(
    2,
    "activations.py",
    {"return out, out\n\n\ndef sigmoid_b": "return out, x\n\n\ndef sigmoid_b"},
    "The formula wants the output here, and this is the input.",
)
COLUMNS = "columns = slice(j * stride, j * stride + dilation * WW, dilation)\n        out"
breaks(
    4,
    "convolution.py",
    {COLUMNS: COLUMNS.replace("j * stride", "j")},
    "The windows lie next to each other; window (i, j) begins where the stride says.",
)
breaks(
    5,
    "convolution.py",
    {"dpadded[n, :, rows, columns] +=": "dpadded[n, :, rows, columns] ="},
    "Where windows overlap, one replaces the other; their gradients add up.",
)
breaks(
    7,
    "im2col.py",
    {"return cols.reshape(C *": "return cols.transpose(1, 2, 0, 3, 4, 5).reshape(C *"},
    "The rows are in the order (hh, ww, c); they should be in (c, hh, ww).",
)
breaks(
    9,
    "im2col.py",
    {"(F, len(x), H_out, W_out).transpose(1, 0, 2, 3)": "(len(x), F, H_out, W_out)"},
    "These are the right numbers, laid out wrongly",
)
breaks(
    17,
    "cnn.py",
    {"            loss += 0.5 * self.reg": "            loss += self.reg"},
    "This is the regulariser reg * sum(W * W) of linear classifiers; networks take half of it",
)
breaks(
    3,
    "activations.py",
    {"dout * (1 - out**2)": "dout * out * (1 - out)"},
    "This is the slope of a sigmoid.",
)
breaks(13, "pooling.py", {".mean()": ".sum()"}, "This is the sum of each window.")
breaks(
    1,
    "activations.py",
    {"np.where(x > 0, dout": "np.where(dout > 0, dout"},
    "The share is taken where dout is negative; the question is where the input was.",
)
breaks(
    6,
    "convolution.py",
    {"np.result_type(x, w, b)": "x.dtype"},
    "Means and weighted sums of whole numbers need not be whole",
)
breaks(
    8,
    "im2col.py",
    {"padded[:, :, rows, columns] += cols": "padded[:, :, rows, columns] = cols"},
    "one replaces the other; their gradients add up.",
)
breaks(
    12,
    "pooling.py",
    {"left + column] += dout": "left + column] = dout"},
    "Where windows overlap, one replaces the other",
)
breaks(
    10,
    "im2col.py",
    {"dout.transpose(1, 0, 2, 3).reshape(F, -1)": "dout.reshape(F, -1)"},
    "dout comes with the pictures first and is cut up like that; the product has the filters "
    "first, so axes have to be exchanged before reshape.",
)
breaks(
    11,
    "pooling.py",
    {"left : left + width].max()": "left : left + width].max(initial=0)"},
    "Windows of negative numbers give 0: what is the maximum compared with at first?",
)
breaks(
    14,
    "pooling.py",
    {" / (height * width)": ""},
    "All numbers of a window get its whole gradient.",
)
breaks(
    16,
    "cnn.py",
    {"(H // 2) * (W // 2), hidden_dim": "(H // 2) * (H // 2), hidden_dim"},
    "W2 is (160, 50), expected (240, 50).",
)
breaks(
    18,
    "cnn.py",
    {"            grads[name] += self.reg * W": "            grads[name] += 2 * self.reg * W"},
    "networks take half of it, so that its slope is reg * W.",
)
THREE_LAYERS = (
    "rng = np.random.default_rng(seed)\n        C, H, W = input_dim\n        # SOLUTION: Let"
)
breaks(
    19,
    "cnn.py",
    {THREE_LAYERS: THREE_LAYERS.replace("seed", "")},
    "They differ: draw with rng.",
)
breaks(
    20,
    "convolution.py",
    {
        "zeros(padded.shape, dout.dtype)": "zeros(padded.shape)",
        "(w.shape, dout.dtype)": "(w.shape)",
    },
    "Got float64, float64.",
)
breaks(
    21,
    "activations.py",
    {"    return dout * out * (1 - out)": "    dout *= out * (1 - out)\n    return dout"},
    "sigmoid_backward writes into an array that it was given",
)
REACHED = "(dout.shape[2] - 1) * stride + height, (dout.shape[3] - 1) * stride + width"
CUT = {
    "dx = np.zeros(x.shape, dout.dtype)": f"dx = np.zeros((*x.shape[:2], {REACHED}), dout.dtype)"
}
breaks(15, "pooling.py", CUT, "the shape is (3, 2, 4, 5), expected (3, 2, 5, 6).")
not_noticing(claims, 12, "pooling.py", CUT, "Check 12 passes")
