"""What the fifth notebook says, and what it was tried with."""

import re
from functools import cache

import numpy as np

from course import notebook, paths
from data_utils.datasets import get_grey_data
from data_utils.lessons import lenet as lesson
from solutions import layers, lenet
from solutions.lenet import LeNet5, confusion_matrix, lenet_shapes, multiply_accumulates
from solutions.optim import adam
from tests.notebooks.claims.breaking import breaking
from tests.notebooks.claims.table import Claims, one_line

claims = Claims("5_lenet")

SHARES = r"right on ([\d.]+)% of the validation"


@cache
def letters():
    """Return letters as the notebook loads them."""
    return get_grey_data("letters", num_training=4000, num_validation=1000, num_test=2000)


def trained(X, y, seed, steps=60, size=50, rate=4e-3):
    """Return a LeNet5 after some steps of Adam."""
    net, random, configs = LeNet5(activation="relu", seed=seed), np.random.default_rng(seed), {}
    for _ in range(steps):
        batch = random.integers(len(y), size=size)
        _, grads = net.loss(X[batch], y[batch])
        for name, grad in grads.items():
            config = configs.get(name, {"learning_rate": rate})
            net.params[name], configs[name] = adam(net.params[name], grad, config)
    return net


def right(net, X, y):
    """Return what share of pictures a net reads."""
    return np.mean(net.loss(X).argmax(axis=1) == y)


@claims("has sixty thousand weights")
def weights():
    assert round(sum(p.size for p in LeNet5().params.values()), -4) == 60_000


@claims("What is left, 16 maps of 5 × 5 pixels", "three affine layers turn it into ten scores")
def what_the_convolutions_leave():
    shapes = lenet_shapes()
    assert shapes[4] == (16, 5, 5) and shapes[5:] == [(120,), (84,), (10,)]


@claims(
    "The first convolution has a pad of 2 and keeps the picture's size. The second has none: each "
    "side loses the 4 places at which a filter of 5 would look over the edge. A pool of 2 × 2 "
    "with stride 2 halves each side.",
    "How many windows of 5 fit side by side into 14 pixels? And into 28, when two pixels are "
    "added at either end?",
)
def sides():
    sides = [shape[1] for shape in lenet_shapes()[:5]]
    assert sides[1:] == [28, 14, 14 - 4, 5] and sides[0] == 28
    assert [lenet.CONV_PARAMS[i]["pad"] for i in (1, 2)] == [2, 0] and lenet.FILTER_SIZE == 5
    assert 14 - 5 + 1 == 10 and 28 + 2 * 2 - 5 + 1 == 28


@claims(
    "32 and 32 behind the first convolution, then 16, then 12, then 6: 16 maps of 6 × 6 are 576 "
    "numbers",
)
def a_picture_of_32_pixels():
    shapes = lenet_shapes((1, 32, 32))
    assert [shape[1] for shape in shapes[1:5]] == [32, 16, 12, 6]
    assert shapes[1][1:] == (32, 32)
    assert shapes[4] == (16, 6, 6) and 16 * 6 * 6 == 576


@claims(
    "The 2,400 weights of the second convolution do 240,000 products, the 48,000 of the first "
    "affine layer do 48,000."
)
def weights_and_their_uses():
    sizes, uses = lesson.weights_and_uses(1, 28, 28, 6, 16, 120, 84, 10)
    assert (sizes[1], sizes[1] * uses[1], sizes[2], uses[2]) == (2400, 240_000, 48_000, 1)
    assert LeNet5().params["W2"].size == 2400 and LeNet5().params["W3"].size == 48_000


@claims(
    "Most of the arithmetic is in the convolutions, most of the weights are in one affine layer."
)
def where_products_and_weights_are():
    sizes, uses = lesson.weights_and_uses(1, 28, 28, 6, 16, 120, 84, 10)
    assert 2 * sum((sizes * uses)[:2]) > sum(sizes * uses) and 2 * sizes[2] > sum(sizes)


@claims("Each pixel is seen by 25 places of each of the 6 filters.")
def who_sees_a_pixel():
    x, w = np.zeros((1, 1, 9, 9)), np.ones((6, 1, 5, 5))
    out, kept = layers.conv_forward_naive(x, w, np.zeros(6), {"stride": 1, "pad": 2})
    assert layers.conv_backward_naive(np.ones_like(out), kept)[0][0, 0, 4, 4] == 25 * 6


@claims(
    "$\\sqrt{2 / 520} \\approx 0.062$. A sum of 400 products with weights of 0.01 is $\\sqrt{400} "
    "\\cdot 0.01 = 0.2$ times as large as what went in; by Xavier it is $20 \\cdot 0.062 \\approx "
    "1.2$ times",
)
def how_xavier_spreads():
    W = LeNet5(seed=0).params["W3"]
    assert W.shape == (400, 120) and abs(W.std() - 0.062) < 0.001
    x = np.random.default_rng(0).normal(size=(500, 400))
    assert abs((x @ W).std() - 1.2) < 0.1
    assert abs((x @ (0.01 * W / W.std())).std() - 0.2) < 0.02


@claims("$6 + 4 \\cdot 2 = 14$. The second pool adds one step of 2: 16 of the 28 pixels.")
def the_receptive_field():
    net = LeNet5(seed=0, dtype="float64")
    X = np.random.default_rng(0).normal(size=(1, 1, 28, 28))
    h, first = net.conv_forward(1, X)
    out, second = net.conv_forward(2, h)
    seen = np.zeros((28, 28), bool)
    for f in range(16):  # a pool hands its gradient to one of four: ask all maps, and pictures
        dout = np.zeros_like(out)
        dout[0, f, 2, 2] = 1
        dx = net.conv_backward(1, net.conv_backward(2, dout, second)[0], first)[0]
        seen |= dx[0, 0] != 0
    rows, columns = np.nonzero(seen)
    assert max(np.ptp(rows), np.ptp(columns)) + 1 <= 16
    assert max(np.ptp(rows), np.ptp(columns)) + 1 >= 14


@claims(
    "has seen 5 pixels a side, behind the first pool 6. The second convolution takes 5 of these, "
    "which lie 2 pixels apart",
)
def the_receptive_field_of_the_first_block():
    net, seen = LeNet5(seed=0, dtype="float64"), np.zeros((28, 28), bool)
    for seed in range(5):  # a pool hands its gradient to one of four: ask some pictures
        X = np.random.default_rng(seed).normal(size=(1, 1, 28, 28))
        out, kept = net.conv_forward(1, X)
        dout = np.zeros_like(out)
        dout[0, :, 7, 7] = 1
        seen |= net.conv_backward(1, dout, kept)[0][0, 0] != 0
    assert seen.any(axis=0).sum() == seen.any(axis=1).sum() == 6


@claims("the result is the same, and a quarter as many activations are computed")
def a_pool_before_the_activation():
    x = np.random.default_rng(0).normal(size=(1, 2, 6, 6))
    pool = {"pool_height": 2, "pool_width": 2, "stride": 2}
    pooled, _ = layers.max_pool_forward_naive(x, pool)
    after, _ = layers.max_pool_forward_naive(np.tanh(x), pool)
    assert np.allclose(np.tanh(pooled), after) and 4 * pooled.size == x.size


@claims("These ten are noise, and still plain descent gets there.")
def ten_pictures_by_heart():
    for seed in range(2):
        net, random = LeNet5(seed=seed), np.random.default_rng(seed)
        X, y = random.normal(size=(10, 1, 28, 28)), np.arange(10) % 3
        for _ in range(40):
            loss, grads = net.loss(X, y)
            net.params = {name: p - 0.1 * grads[name] for name, p in net.params.items()}
        assert loss < 0.1


@claims("The net is in float32, as nets mostly are: half the memory")
def half_the_memory():
    single, double = (
        sum(p.nbytes for p in LeNet5(dtype=kind).params.values()) for kind in ("float32", "float64")
    )
    assert 2 * single == double


@claims("so $2 \\cdot 0.36 = 0.72$, and $2 \\cdot 0.0199 \\approx 0.04$")
def slopes_of_tanh():
    assert np.isclose(2 * (1 - 0.8**2), 0.72) and round(2 * (1 - 0.99**2), 2) == 0.04


@claims("Moved by four pixels, fewer than half of the letters are read.")
def letters_that_are_moved():
    shares = claims.numbers('print("moved by', r"'(\d+)%'")
    assert len(shares) == 4 and shares == sorted(shares, reverse=True)
    assert shares[3] < 50 < shares[0]


@claims("it is *equivariant*")
def maps_shift_with_the_picture():
    net, data = LeNet5(seed=0), letters()
    X = data["X_test"][:5]
    maps = net.conv_forward(1, X)[0]
    moved = net.conv_forward(1, np.roll(X, 4, axis=3))[0]
    assert np.allclose(moved[..., 4:-2], maps[..., 2:-4], atol=1e-5)


@claims("So four pixels are two places behind the first pool, and one behind the second.")
def a_shift_of_four():
    net, X = LeNet5(seed=0), letters()["X_test"][:5]
    first, moved = (net.conv_forward(1, x)[0] for x in (X, np.roll(X, 4, axis=3)))
    assert np.allclose(moved[..., 3:-1], first[..., 1:-3], atol=1e-5)
    second, moved = (net.conv_forward(2, h)[0] for h in (first, moved))
    assert np.allclose(moved[..., 2:-1], second[..., 1:-2], atol=1e-5)


@claims("Two pixels are one place behind the first pool, and half a place behind the second")
def a_shift_of_two():
    net, X = LeNet5(seed=0), letters()["X_test"][:5]
    first, moved = (net.conv_forward(1, x)[0] for x in (X, np.roll(X, 2, axis=3)))
    assert np.allclose(moved[..., 3:-1], first[..., 2:-2], atol=1e-5)
    second, moved = (net.conv_forward(2, h)[0] for h in (first, moved))
    for places in (0, 1):
        assert np.abs(moved[..., 2:-1] - second[..., 2 - places : 4 - places]).max() > 0.05


@claims("Ten classes, 4,000 pictures to learn from.")
def the_letters():
    assert len(letters()["class_names"]) == 10 and len(letters()["X_train"]) == 4000


@claims("so each gets three to try", "(twelve runs, ")
def twelve_runs():
    tried = [line.count("rate") for line in claims.stored("tries = {").splitlines() if ": " in line]
    assert tried == [3, 3, 3, 3] and sum(tried) == 12


@claims("Train a better net now, at a better rate")
def a_better_net():
    (first,) = claims.numbers("net = LeNet5(seed=0)\nsolver", r"right on ([\d.]+)%")
    (better,) = claims.numbers("reader = LeNet5", r"right on ([\d.]+)%")
    assert better > first + 5


@claims(
    "Weights that are too small cost most",
    "Batch norm gives a head start, and in one epoch it matters little which activation",
)
def what_helps():
    number = r" from [\d.]+ to ([\d.]+\d)"
    names = ("tanh", "ReLU", "normal", "with")
    drawing = claims.drawn("changes = [dict()")
    plain, relu, small, norm = (float(re.search(name + number, drawing)[1]) for name in names)
    assert small > plain > norm and abs(plain - relu) < (plain - norm) / 2


@claims(
    "It gets 4 epochs where the others get 20, so that all three take as many steps",
    "so the next three see 400 pictures only",
)
def as_many_steps():
    source = "".join(claims.cell("copies = np.concatenate")["source"])
    assert "[:400]" in source
    assert 400 * 20 == 5 * 400 * 4 and "(few, 0.5, 20)" in source and "(moved, 1, 4)" in source


@claims("have the shape (filters, channels, 5, 5), those of the affine layers `W3`, `W4` and `W5`")
def shapes_of_the_weights():
    params = LeNet5().params
    assert [params[f"W{i}"].shape for i in (1, 2)] == [(6, 1, 5, 5), (16, 6, 5, 5)]
    assert [params[f"W{i}"].ndim for i in (3, 4, 5)] == [2, 2, 2]


@claims("There, 15 of the 16 filters of the second convolution saw only some of the six maps")
def the_filters_of_1998():
    some = [3] * 6 + [4] * 6 + [4] * 3  # table I of the paper
    assert len(some) == 15 and max(some) < 6 and LeNet5().params["W2"].shape[:2] == (16, 6)
    assert "all but one filter of the second convolution see" in one_line(LeNet5.__doc__)


@claims("Forget that a filter has 25 weights for each map")
def weights_for_each_map():
    assert LeNet5().params["W1"][0, 0].size == 25


@claims("when it was taken for a 5?")
def an_example_taken_for_another():
    counts = confusion_matrix(np.array([3]), np.array([5]), 10)
    assert counts[3, 5] == 1 == counts.sum()


@claims("in front of the last layer only, where 84 numbers arrive")
def what_dropout_drops():
    assert LeNet5().params["W5"].shape == (84, 10)


@claims("only letters with nothing in their last four columns")
def no_stroke_is_lost():
    X = letters()["X_test"]
    whole = X[..., -4:].max(axis=(1, 2, 3)) < 0.2
    assert 0.5 < whole.mean() < 0.9
    assert np.roll(X[whole], 4, axis=3)[..., :4].max() < 0.2


@claims("Plain descent at its best beats Adam at the rate that everybody begins with.")
def rules_and_their_rates():
    stored = claims.stored("tries = {")
    ends = {line.split()[0]: line.split(": ")[1:] for line in stored.splitlines() if "rate" in line}
    ends = {rule: [float(end.split()[0]) for end in of_rule] for rule, of_rule in ends.items()}
    assert ends.keys() == {"adam", "rmsprop", "sgd_momentum", "sgd"}
    assert min(ends["sgd"]) < ends["adam"][0]
    assert all(end[1] == min(end) for end in ends.values())


@claims(
    "what the validation pictures gain is no more than chance",
    "The moved copies gain some points",
)
def copies_beside_dropout():
    plain, dropout, copies = claims.numbers("copies = np.concatenate", SHARES)
    assert abs(dropout - plain) < 2.6 and copies - plain > 1.3


@claims("The moved copies gain some points, since they say something true about letters")
def copies_of_few_letters():
    data = letters()
    X, y = data["X_train"][:400], data["y_train"][:400]
    moves = [(0, 0), (2, 0), (-2, 0), (0, 2), (0, -2)]
    copies = np.concatenate([np.roll(X, move, axis=(2, 3)) for move in moves])
    alone, more = trained(X, y, seed=1), trained(copies, np.tile(y, 5), seed=1)
    reads = [right(net, data["X_val"], data["y_val"]) for net in (alone, more)]
    assert reads[1] > reads[0]


@claims("$\\sqrt{0.8 \\cdot 0.2 / 1000} \\approx 0.013$")
def chance_among_a_thousand():
    heads = np.random.default_rng(0).random((2000, 1000)) < 0.8
    assert abs(heads.mean(axis=1).std() - 0.013) < 0.001 and 0.05 / 0.013 > 3.5


@claims("The rows are (1, 1) and (0, 2). The right answers are on the diagonal: 3 of 4.")
def a_small_confusion_matrix():
    counts = confusion_matrix(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), 2)
    assert counts.tolist() == [[1, 1], [0, 2]] and np.trace(counts) == 3


@claims(
    "If a net is 90 % sure of each of a thousand answers, how many of them should be wrong?",
    "A hundred. Take all answers with probabilities near 90 % and count",
)
def ninety_per_cent_of_a_thousand():
    assert round((1 - 0.9) * 1000) == 100 and "near = (P > 0.85) & (P < 0.95)" in claims.prose


@claims("The net of 1998 costs 416,520 a picture, and so may be shown 2,400 of them")
def the_price_of_1998():
    assert multiply_accumulates() == 416_520 and lesson.BUDGET == 10**9
    assert 10**9 // 416_520 == 2400


@claims("trained as in section 5, it then reads about half of new letters")
def the_net_of_1998_on_a_billion():
    data = letters()
    space = claims.run(
        "def train_by", lesson=lesson, LeNet5=LeNet5, RULES={"adam": adam}, bar=lambda x, _: x,
        rng=lambda: np.random.default_rng(0),
    )  # fmt: skip
    recipe = dict(net={}, update_rule="adam", optim_config={"learning_rate": 1e-3}, batch_size=50)
    net = space["train_by"](recipe, data["X_train"], data["y_train"])
    assert 0.4 < right(net, data["X_test"][:1000], data["y_test"][:1000]) < 0.65


@claims(
    "28 · 28 · 3 · 25 = 58,800 and 10 · 10 · 8 · 3 · 25 = 60,000 for the convolutions, 200 · 60 + "
    "60 · 42 + 42 · 10 = 14,940 for the affine layers: 133,740, and so 7,477 pictures",
)
def a_net_of_half_the_width():
    assert 28 * 28 * 3 * 25 == 58_800 and 10 * 10 * 8 * 3 * 25 == 60_000
    assert 200 * 60 + 60 * 42 + 42 * 10 == 14_940
    assert multiply_accumulates(widths=(3, 8, 60, 42)) == 133_740
    assert 10**9 // 133_740 == 7_477


@claims(
    "draws batches from 4,000 letters, lets the learning rate fall in a straight line to 0, stops "
    "when the products are spent or after 1,000 steps, and then asks for 2,000 letters"
)
def the_rules_of_the_contest():
    assert lesson.MOST_STEPS == 1000
    assert "get_drawn_letters_data(4000, 1, 2000" in "".join(claims.cell("# Bonus 12")["source"])


@claims("(Of 2,000 letters a net that reads 95 % reads half a point more or less by luck")
def luck_in_the_contest():
    assert abs(np.sqrt(0.95 * 0.05 / 2000) - 0.005) < 0.0005


@claims("four kinds of normalisation, and dropout")
def kinds_of_normalisation():
    forwards = [name for name in vars(layers) if name.endswith("norm_forward")]
    assert len(forwards) == 4 and hasattr(layers, "dropout_forward")


@claims(
    "The bonus counts on top of the 31 points: one point each at 75, 85, 90, 93 and 95 % of new "
    "letters",
)
def the_scale():
    counted = notebook.checks(paths.ASSIGNMENTS / "5_lenet.ipynb", full=True)
    assert sum(check.max_points for check in counted) == 31
    assert list(lesson.SCALE) == [0.75, 0.85, 0.90, 0.93, 0.95]


BROKEN = [
    (
        1,
        {"H, W = H // 2, W // 2": "H, W = -(-H // 2), -(-W // 2)"},
        "Behind the first pool yours is (9, 18, 13), expected (9, 17, 12).",
    ),
    (
        2,
        {" * FILTER_SIZE**2 for before": " for before"},
        "all products: no, yours is 45052, expected 1030876.",
    ),
    (
        3,
        {"W = initializer * self.rng": "W = self.rng"},
        "The spread of W1 is 0.997, expected about 0.3.",
    ),
    (
        4,
        {
            "h, activation_cache = self.activate(a)\n": "h, activation_cache = a, None\n",
        },
        "That is what comes out if there is no activation.",
    ),
    (
        5,
        {"out, dropout_cache = layers.dropout_forward(out, self.dropout_param)": "pass"},
        "Nothing is dropped.",
    ),
    (
        6,
        {"da = self.activate_backward(dout, activation_cache)": "da = dout"},
        "The way back goes past the activation: its slope is left out.",
    ),
    (
        7,
        {"return dx, {**grads, f": "return dx, {f"},
        "every parameter has a gradient: no. Missing: beta1, beta2, gamma1, gamma2.",
    ),
    (
        8,
        {
            "h, activation_cache = self.activate(a)": "h, activation_cache = "
            "self.activate(a + np.zeros(a.shape))",
        },
        "float32 in, float32 out: scores: no. Got float64.",
    ),
    (
        9,
        {
            "dropout_cache = cache\n": "dropout_cache = cache\n"
            "        np.clip(dout, -10, 10, out=dout)\n",
        },
        "hidden_backward writes into an array that it was given",
    ),
    (
        10,
        {"(y, predicted), 1": "(predicted, y), 1"},
        "It is transposed: a row is a right class, a column what it was taken for.",
    ),
    (
        11,
        {"np.abs(dX).max": "dX.max"},
        "A slope below 0 matters as much as one above: take its size first.",
    ),
]
for check, changes, saying in BROKEN:
    breaking(claims, check, "lenet.py", changes, saying)
