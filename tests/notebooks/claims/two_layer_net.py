"""What the second notebook says, and what it was tried with."""

import inspect
from functools import cache

import numpy as np

from data_utils import datasets
from data_utils.datasets import get_drawn_digits_data
from solutions.fc_net import FullyConnectedNet, TwoLayerNet
from solutions.layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
)
from solutions.modules import ModularTwoLayerNet
from solutions.optim import adam, rmsprop, sgd, sgd_momentum
from solutions.solver import Solver
from tests.notebooks.claims.breaking import breaking
from tests.notebooks.claims.table import Claims, pictures

claims = Claims("2_two_layer_net")


@cache
def history(rate, seed=0, epochs=2):
    """Return the losses of a net of 50 units, trained as the notebook's `run` does it."""
    net, data = TwoLayerNet(hidden_dim=50, dtype=np.float32, seed=seed), pictures(4000, 500, 500)
    options = dict(num_epochs=epochs, num_train_samples=100, verbose=False, seed=seed)
    solver = Solver(net, data, "sgd", {"learning_rate": rate}, **options)
    try:
        with np.errstate(all="ignore"):
            solver.train()
    except FloatingPointError:
        solver.loss_history.append(np.inf)
    return np.array(solver.loss_history)


def slopes(x, w, b):
    """Return the slopes of L = max(0, w x + b)² along x, w and b."""
    upstream = 2 * max(0, w * x + b)
    return upstream * w, upstream * x, upstream


@claims(
    "The square had the input 2, so its local slope is $2 \\cdot 2 = 4$. The maximum let its "
    "input through, so it hands on the 4 as it came.",
    "$4 \\cdot 3 = 12$ for $w$ and $4 \\cdot 2 = 8$ for $x$",
    "The sum is −1, the maximum makes it 0, and $L = 0$.",
)
def the_chain():
    assert slopes(3, 2, -4) == (8, 12, 4)
    assert slopes(3, 2, -7) == (0, 0, 0) and 3 * 2 - 7 == -1


@claims(
    "(N, 3, 32, 32) for instance; $D$ is then $3 \\cdot 32 \\cdot 32$",
    "(3072, 100), (200, 100) and (10,). The parameters are 307,200 + 100 + 1,000 + 10 = 308,310",
    "Forward 3072 · 100 + 100 · 10 = 308,200; back 616,400.",
    "Measured, it would be 2 · 308,310 ways forward: 300,000 times as much.",
)
def sizes_and_products():
    params = TwoLayerNet(3072, 100, 10).params
    assert params["W1"].shape == (3072, 100) and params["b2"].shape == (10,)
    assert sum(p.size for p in params.values()) == 308_310
    forward = 3072 * 100 + 100 * 10
    assert (forward, 2 * forward) == (308_200, 616_400)
    assert round(2 * 308_310 * forward / (2 * forward), -5) == 300_000


@claims(
    "Out come (5.5, −2). Only the first output counts: it moves by $w_{11} = 1$ and $w_{21} = 2$ "
    "times what $x$ moves, so `dx` is (1, 2)",
    "so `dw` is $\\begin{pmatrix} 1 & 0 \\\\ 2 & 0 \\end{pmatrix}$; and `db` is (1, 0)",
)
def one_example_by_hand():
    out, kept = affine_forward(*map(np.array, ([[1.0, 2]], [[1.0, 0], [2, -1]], [0.5, 0])))
    dx, dw, db = affine_backward(np.array([[1.0, 0]]), kept)
    assert out.tolist() == [[5.5, -2]] and dx.tolist() == [[1, 2]]
    assert dw.tolist() == [[1, 0], [2, 0]] and db.tolist() == [1, 0]


@claims("(0, 0.5, 3) and (0, −1, 2). The sign of the *input* decides")
def a_relu_by_hand():
    out, kept = relu_forward(np.array([-2, 0.5, 3]))
    assert out.tolist() == [0, 0.5, 3]
    assert relu_backward(np.array([7.0, -1, 2]), kept).tolist() == [0, -1, 2]


@claims(
    "so each example costs $\\log 2$, and so does their mean. The rows of `dx` are (−0.5, 0.5) "
    "and (0.5, −0.5), divided by $N = 2$: quarters.",
)
def two_even_examples():
    loss, dx = softmax_loss(np.zeros((2, 2)), np.array([0, 1]))
    assert np.isclose(loss, np.log(2)) and dx.tolist() == [[-0.25, 0.25], [0.25, -0.25]]


@claims("ten classes get scores near 0, and every picture costs about $\\log 10$")
def tiny_weights_cost_log_10():
    costs = claims.numbers("for scale in (1e-3, 0.1, 1.0)", r"cost (\S+)")
    assert costs[0] == round(np.log(10), 2) and costs[2] > 5 > costs[1]


@claims(
    "The first loss is 2.30.",
    "ten equal probabilities, and $\\log 10 \\approx 2.30$ nats",
    "It is $\\log 10$: all scores are the same for every picture.",
)
def the_first_loss():
    assert abs(history(1e-3)[0] - 2.30) < 0.01 and round(np.log(10), 2) == 2.30


@claims("leaves the spread (standard deviation) of 64; the tiny first weights make up for it")
def the_spread_of_the_pixels():
    assert round(pictures(4000, 500, 500)["X_train"].std()) == 64


@claims(
    "Two steps an epoch, so 80.",
    "Now all 4,000 pictures, in batches of 100, for ten epochs.",
    "40 steps an epoch, 400 in all.",
)
def steps():
    assert inspect.signature(Solver).parameters["batch_size"].default == 100
    assert "num_epochs=10" in "".join(
        claims.cell("TwoLayerNet(reg=1.0, dtype=np.float32, seed=0)")["source"]
    )
    assert 50 // 25 * 40 == 80 and 4000 // 100 * 10 == 400
    assert "400/400" in claims.stored(
        "net = TwoLayerNet(reg=1.0, dtype=np.float32, seed=0)\nsolver"
    )


@claims("$0.001 \\cdot 0.95^9 \\approx 0.00063$")
def the_rate_of_the_last_epoch():
    assert round(0.001 * 0.95**9, 5) == 0.00063
    few = {name: part[:20] for name, part in pictures(4000, 500, 500).items() if "_" in name}
    options = dict(lr_decay=0.95, batch_size=20, num_epochs=10, verbose=False)
    solver = Solver(TwoLayerNet(hidden_dim=2), few, "sgd", {"learning_rate": 0.001}, **options)
    rates, step = [], solver.step

    def noting():
        rates.append(solver.optim_configs["W1"]["learning_rate"])
        step()

    solver.step = noting
    solver.train()
    assert np.isclose(rates[-1], 0.001 * 0.95**9)


@claims("D is too low: the loss hardly moves")
def a_rate_that_is_too_low():
    for seed in range(2):
        assert history(1e-4, seed)[-10:].mean() > 2.25


@claims("C is right: it hesitates for some steps")
def a_rate_that_is_right():
    for seed in range(2):
        losses = history(1e-3, seed)
        assert losses[:15].mean() > 2.25 > 2.0 > losses[-10:].mean()


@claims("its jumps grow, and in the end they may throw it out altogether")
def a_rate_that_is_too_high():
    runs = [history(3e-3, seed, epochs=3) for seed in range(2)]
    assert all(losses[20:60].min() < 2.1 for losses in runs)
    assert any(losses[-5:].max() > 10 for losses in runs)


@claims("B is far too high: after a few steps the loss only rises, and then it is gone")
def a_rate_that_is_far_too_high():
    assert not np.isfinite(history(1e-2)[-1])
    assert claims.stored("for name, (_, said) in runs.items()").startswith("B: the loss of step")


@claims(
    "The slope is $100\\,w$, so a step multiplies $w$ by $1 - 100\\,\\eta$: by 0.9, 0, −0.9 and "
    "−2. The first three come down",
    "$4^{64} = 2^{128}$, so it takes 64",
)
def steps_in_a_parabola():
    moved, losses = [], []
    for rate in (0.001, 0.01, 0.019, 0.03):
        w, _ = sgd(np.array([1.0]), np.array([100.0]), {"learning_rate": rate})
        moved.append(w[0])
    assert np.allclose(moved, [0.9, 0, -0.9, -2])
    w = np.sqrt(np.array([1 / 50]))  # a loss of 1
    while 50 * w[0] ** 2 <= np.finfo(np.float32).max:
        w, _ = sgd(w, 100 * w, {"learning_rate": 0.03})
        losses.append(50 * w[0] ** 2)
    assert len(losses) == 64


@claims("With labels drawn by lot it stays *near* 2.30, but it moves.")
def labels_drawn_by_lot():
    random, data = np.random.default_rng(0), pictures(4000, 500, 500)
    net, losses = TwoLayerNet(hidden_dim=50, seed=0), []
    for _ in range(60):
        batch = random.integers(4000, size=100)
        loss, grads = net.loss(data["X_train"][batch], random.integers(10, size=100))
        losses.append(loss)
        net.params = {name: p - 1e-3 * grads[name] for name, p in net.params.items()}
    assert abs(np.mean(losses) - 2.3) < 0.1 and np.std(losses) > 1e-3


@claims("$100$ times as steep across as along", "Give `sgd` a rate of 0.02")
def the_valley():
    w = np.array([-4.0, 0.8])
    for _ in range(40):
        w, _ = sgd(w, np.array([1.0, 100.0]) * w, {"learning_rate": 0.02})
    assert np.isclose(abs(w[1]), 0.8)


@claims("If it is 230, the mean over a batch of 100 is missing.")
def a_missing_mean():
    loss, _ = softmax_loss(np.zeros((100, 10)), np.zeros(100, int))
    assert round(100 * loss) == 230


@claims(
    "If it is 23, the scores may be far from 0 (first weights too large for pixels of this size), "
    "or the regulariser is strong."
)
def a_loss_of_twenty_three():
    data = pictures(4000, 500, 500)
    X, y = data["X_train"][:50], data["y_train"][:50]
    large = [TwoLayerNet(weight_scale=scale, seed=0).loss(X, y)[0] for scale in (1e-2, 4e-2)]
    strong = [TwoLayerNet(reg=reg, seed=0).loss(X, y)[0] for reg in (100, 200)]
    assert large[0] < 23 < large[1] and strong[0] < 23 < strong[1]


@claims("that some number no longer fitted into its 32 bits, or that 0 was divided by 0")
def where_nan_comes_from():
    with np.errstate(all="ignore"):
        assert np.isinf(np.float32(2.0**127) * np.float32(2)) and np.isnan(np.float32(0) / 0)
    assert np.float32(0).nbytes * 8 == 32


@claims(
    "it downloads 170 MB the first time",
    "to read the real ones, call `get_mnist_data()` in the first line instead (a download of "
    "12 MB)",
)
def downloads():
    assert "(170 MB)" in datasets.load_CIFAR10.__doc__ + datasets.get_CIFAR10_data.__doc__
    assert "(12 MB)" in datasets.load_mnist.__doc__


@claims("at most 20 pairs")
def pairs_to_try():
    assert "number <= 20" in "".join(claims.cell("# Check 15")["source"])


@claims(
    "Here are nets with 50 and with 100 units, five of each; a seed draws their first weights and "
    "their batches",
    "Take one seed of the picture alone: what would you have said about 100 units?",
)
def five_nets_of_each_width():
    source = "".join(claims.cell("scores = {")["source"])
    assert "for seed in range(5)" in source and "for units in (50, 100)" in source
    assert source.count("seed=seed") == 2


@claims("Had both been at 40 %, it would have been the other way round.")
def both_accuracies_low():
    assert "more epochs, a larger net, less `reg` |" in claims.prose


@claims("What is `range(1, L)` for L = 3?")
def a_loop_that_ends_too_early():
    assert list(range(1, 3)) == [1, 2]


@claims("what rounding leaves of a difference with steps of $10^{-5}$")
def steps_of_differences():
    assert "1e-5" in inspect.getsource(ModularTwoLayerNet.numerical_gradient)
    x, h = np.random.default_rng(0).random(1000), 1e-5
    rounded = ((x + h) ** 2 - (x - h) ** 2) / (2 * h) - 2 * x
    assert 1e-13 < np.abs(rounded).mean() < 1e-10


@claims(
    "$$v_2 = -\\left(\\eta_2\\, g_2 + \\mu\\, \\eta_1\\, g_1 + \\mu^2 \\eta_0\\, g_0\\right) .$$"
)
def the_velocity_unrolled():
    gradients, rates, config = np.random.default_rng(0).normal(size=3), (0.1, 0.2, 0.3), {}
    for gradient, rate in zip(gradients, rates, strict=True):
        config = {**config, "learning_rate": rate, "momentum": 0.6}
        _, config = sgd_momentum(np.zeros(1), np.array([gradient]), config)
    due = -sum(0.6 ** (2 - k) * rates[k] * gradients[k] for k in range(3))
    assert np.allclose(config["velocity"], due)


@claims(
    "The velocities are −0.1, −0.19 and −0.071, so $w$ becomes −0.1, −0.29 and −0.361",
    "Plain descent goes to −0.1, −0.2 and back to −0.1.",
    "200 is divided by 200, and 0.02 by 0.02, so both steps are as long as the rate",
)
def three_gradients():
    for rule, due in ((sgd_momentum, [-0.1, -0.29, -0.361]), (sgd, [-0.1, -0.2, -0.1])):
        w, config, path = np.zeros(1), {"learning_rate": 0.1}, []
        for gradient in (1.0, 1.0, -1.0):
            w, config = rule(w, np.array([gradient]), config)
            path.append(w[0])
        assert np.allclose(path, due)
    for gradient in (200.0, 0.02):
        w, _ = adam(np.zeros(1), np.array([gradient]), {"learning_rate": 0.001})
        assert np.isclose(w[0], -0.001, rtol=1e-4)


@claims(
    "With $\\mu = 0.9$, a steady gradient pushes the velocity up to ten times a plain step, since "
    "$1 + 0.9 + 0.9^2 + \\dots = 10$",
)
def the_sum_of_velocities():
    assert np.isclose(sum(0.9**k for k in range(300)), 10)


@claims("With $t = 1, 2, \\dots$ counting the steps")
def adam_counts_its_steps():
    w, config = np.zeros(1), {}
    for t in (1, 2, 3):
        w, config = adam(w, np.ones(1), config)
        assert config["t"] == t


@claims("RMSProp's first step is ten times as long")
def first_steps():
    for size in (1e-3, 1.0, 1e3):
        first = [rule(np.zeros(1), np.array([size]))[0][0] for rule in (rmsprop, adam)]
        assert np.allclose(first, [-10 * 1e-2, -1e-3], rtol=1e-3)


@claims(
    "takes nearly all of the weight with small noise, and about a fifth of the other",
    "By AdamW both decay alike, as $0.999^t$.",
)
def weight_decay():
    for seed in range(3):
        noise = np.random.default_rng(seed).choice([-1, 1], size=(2000, 2)) * [10, 0.1]
        ends = []
        for apart in (False, True):
            w, config = np.ones(2), {"learning_rate": 0.001}
            for dw in noise:
                w, config = adam(w * (1 - 0.001 * apart), dw + (not apart) * w, config)
            ends.append(w)
        (large, small), decayed = ends
        assert 0.7 < large < 0.9 and abs(small) < 0.05
        assert np.abs(decayed - 0.999**2000).max() < 0.06


@claims("In our run it was a little worse.")
def the_searched_net():
    right = r"right on ([\d.]+)%"
    (plain,) = claims.numbers("net = TwoLayerNet(reg=1.0, dtype=np.float32, seed=0)\nsolver", right)
    (searched,) = claims.numbers("solver = Solver(best_net", right)
    assert plain - 5 < searched < plain


@claims("a coin thrown 500 times, $\\sqrt{0.5 \\cdot 0.5 / 500} \\approx 0.022$: two points")
def chance_among_five_hundred():
    heads = np.random.default_rng(0).random((4000, 500)) < 0.5
    assert abs(heads.mean(axis=1).std() - 0.022) < 0.001


@claims("The spread over seeds is as large as the difference that we wanted to measure.")
def nets_of_two_widths():
    means = claims.numbers("scores = {", r"units: ([\d.]+)%")
    spreads = claims.numbers("scores = {", r"spread of ([\d.]+)%")
    assert abs(means[0] - means[1]) < 1.5 * max(spreads)


@claims(
    "3072 · 50 + 50 = 153,650 in the first layer, three times 50 · 50 + 50 = 2,550, and "
    "50 · 10 + 10 = 510 in the last: 161,810.",
    "The first layer has 95 % of them.",
)
def parameters_of_five_layers():
    params = FullyConnectedNet([50] * 4).params
    total = sum(p.size for p in params.values())
    first = params["W1"].size + params["b1"].size
    assert (first, params["W2"].size + 50, params["W5"].size + 10) == (153_650, 2_550, 510)
    assert total == 161_810 and round(100 * first / total) == 95


@claims(
    "a sum of 50 products with weights around 0.001 is about $\\sqrt{50} \\cdot 0.001 \\approx "
    "0.007$ times as large as what went in",
)
def numbers_shrink_from_layer_to_layer():
    random = np.random.default_rng(0)
    x = random.normal(size=(200, 50))
    out = x @ (0.001 * random.normal(size=(50, 50)))
    assert abs(out.std() / x.std() - 0.007) < 0.001


@claims("with plain `sgd` the loss would stay at 2.3026 for a very long time")
def five_layers_by_plain_descent():
    data, net = pictures(4000, 500, 500), FullyConnectedNet([50] * 4, weight_scale=0.001, seed=0)
    for step in range(30):
        batch = slice(100 * step, 100 * step + 100)
        loss, grads = net.loss(data["X_train"][batch], data["y_train"][batch])
        net.params = {name: p - 1e-3 * grads[name] for name, p in net.params.items()}
    assert round(loss, 4) == 2.3026 or abs(loss - np.log(10)) < 2e-3


@claims("are near $10^{-10}$ or below")
def derived_and_measured():
    found = claims.numbers("measured, derived =", r": (\d\S+e-\d+)")
    assert len(found) == 4 and max(found) < 1e-9


@claims(
    "784 pixels, 50 hidden units, 10 digits; batches of 100, a learning rate of 0.1 and "
    "10,000 steps."
)
def the_settings_for_digits():
    source = "".join(claims.cell("10_000")["source"])
    for piece in ("784, 50, 10", "10_000", "size=100", "0.1 * grad"):
        assert piece in source
    assert get_drawn_digits_data()["X_train"][0].size == 784


@claims(
    "one of them is positive for less than 1 % of the digits", "positive for half of all digits"
)
def units_that_look_like_noise():
    digits = get_drawn_digits_data()
    x, t = digits["X_train"].reshape(-1, 784), np.eye(10, dtype=np.float32)[digits["y_train"]]
    net = ModularTwoLayerNet(784, 50, 10, dtype=np.float32, seed=0)
    first, random = net.params["W1"].copy(), np.random.default_rng(0)
    for _ in range(1500):
        batch = random.integers(len(x), size=100)
        for name, grad in net.gradient(x[batch], t[batch]).items():
            net.params[name] -= 0.1 * grad
    on = np.sort((x @ net.params["W1"] + net.params["b1"] > 0).mean(axis=0))
    assert on[0] < 0.01 and on[1] > 0.3
    moved = np.linalg.norm(net.params["W1"] - first, axis=0)
    assert moved.min() < 0.1 * np.median(moved)


@claims("(A batch of 100 pictures, 100 · 3,072 numbers, is 1.2 MB in float32 and 2.5 MB in float64")
def the_size_of_a_batch():
    sizes = [np.zeros((100, 3072), kind).nbytes / 1e6 for kind in (np.float32, np.float64)]
    assert [round(size, 1) for size in sizes] == [1.2, 2.5]


@claims("The same weights and the same ReLU stand twice on the tape")
def a_tape():
    names = [line.split(":")[0] for line in claims.stored("def recorded").splitlines()]
    assert names == ["relu_backward", "affine_backward"] * 2


BROKEN = [
    (
        1,
        "layers.py",
        {"-1) @ w + b": "-1) @ w"},
        "The difference is exactly this: the bias is missing.",
    ),
    (
        2,
        "layers.py",
        {"dout.sum(axis=0)": "dout.mean(axis=0)"},
        "Every entry is 3 times too small, and N = 3: is there one division by N too many?",
    ),
    (
        3,
        "layers.py",
        {"np.maximum(x, 0)": "np.abs(x)"},
        "Negative numbers lose their sign; they should become 0.",
    ),
    (
        4,
        "layers.py",
        {"dout * (x > 0)": "dout * (dout > 0)"},
        "It is 0 where dout is negative; the question is where the input was.",
    ),
    (
        5,
        "layers.py",
        {"dx[rows, y] -= 1\n    return loss, dx / len(y)": "dx[rows, y] -= 1\n    return loss, dx"},
        "Every entry is 4 times too large, and N = 4: the loss is a mean over the examples, and "
        "so is its gradient.",
    ),
    (
        6,
        "layers.py",
        {"    margins[rows, y] = 0\n": ""},
        "the 1 that each example would pay for its right class is there once too often",
    ),
    (
        9,
        "fc_net.py",
        {"rng.standard_normal((input_dim": "rng.random((input_dim"},
        "weights have both signs: no.",
    ),
    (
        10,
        "fc_net.py",
        {"hidden, hidden_cache = affine_relu_forward": "hidden, hidden_cache = affine_forward"},
        "That is what comes out if no ReLU lies between the layers.",
    ),
    (
        11,
        "fc_net.py",
        {"        dW2 += self.reg * W2\n": ""},
        "The difference is exactly this: reg * W2 is missing.",
    ),
    (
        12,
        "optim.py",
        {'    config["velocity"] = v\n': ""},
        "Each step is as if it were the first: what has to be kept in config is not there.",
    ),
    (
        13,
        "optim.py",
        {'(np.sqrt(cache) + config["epsilon"])': 'np.sqrt(cache + config["epsilon"])'},
        "epsilon stands inside the root; add it to the root.",
    ),
    (
        14,
        "optim.py",
        {"m / (1 - beta1**t), np.sqrt(v / (1 - beta2**t))": "m, np.sqrt(v)"},
        "The means start at 0, and nothing makes up for it.",
    ),
    (
        15,
        "tuning.py",
        {"[1e-4, 3e-4, 1e-3, 3e-3], [0.0": "[1e-3, 2e-3], [0.0"},
        "Try values further apart, by powers of ten.",
        "Try the rates 0.001 and 0.002",
    ),
    (
        16,
        "fc_net.py",
        {"range(1, self.num_layers + 1)": "range(1, self.num_layers)"},
        "The difference is exactly this: the part of W4 is missing.",
    ),
    (
        17,
        "fc_net.py",
        {
            "default_rng(seed)\n        # SOLUTION: Let": "default_rng()\n        # SOLUTION: Let",
        },
        "TwoLayerNet: the same seed draws the same weights: no. Draw them with the seed.",
    ),
    (
        18,
        "modules.py",
        {
            "out, self.cache = affine_forward(x, self.w, self.b)": "out, cache = "
            "affine_forward(x, self.w, self.b)\n        self.cache = self.cache or cache",
        },
        "This belongs to an earlier input, or to that of another object: does each forward keep "
        "what backward needs in its own object?",
    ),
    (
        19,
        "modules.py",
        {"return dout * self.dx": "return self.dx"},
        "Every entry is half of what it should be: is there a ½ too many?",
    ),
    (
        20,
        "modules.py",
        {"                w[index] = kept\n": ""},
        "That is nearly right: is there a small number, such as an epsilon or a step, where none "
        "belongs, or is one missing?",
    ),
    (
        21,
        "layers.py",
        {"(margins > 0).astype(x.dtype)": "(margins > 0).astype(float)"},
        "float32 in, float32 out: dx of svm_loss: no. Got float64.",
    ),
    (
        22,
        "layers.py",
        {"return np.maximum(x, 0), x": "return np.maximum(x, 0, out=x), x"},
        "relu_forward writes into an array that it was given",
    ),
]
for check, module, changes, *said in BROKEN:
    breaking(claims, check, module, changes, said[0], told=said[1] if said[1:] else None)
