"""LeNet-5, against the paper, central differences, PyTorch and the layers that it is made of."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient_array as slope
from solutions.lenet import (
    ACTIVATIONS,
    LeNet5,
    confusion_matrix,
    lenet_shapes,
    multiply_accumulates,
    saliency,
)
from solutions.optim import adam
from solutions.tuning import lenet_recipe

TINY = {"input_dim": (2, 13, 18), "num_classes": 4, "widths": (3, 2, 5, 6), "dtype": np.float64}
CLOSE = 1e-7


def tiny_net(**options):
    """Return a tiny net whose parameters are all random, biases, gammas and betas too."""
    net = LeNet5(**TINY, seed=0, **options)
    random = np.random.default_rng(1)
    net.params = {name: p + random.normal(0, 0.2, p.shape) for name, p in net.params.items()}
    return net


def pictures(N=3):
    """Return X (N, 2, 13, 18) and y (N,)."""
    random = np.random.default_rng(2)
    return random.normal(size=(N, 2, 13, 18)), random.integers(4, size=N)


def test_shapes_are_those_of_the_paper_less_its_border():
    expected = [(1, 28, 28), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 5, 5)]
    assert lenet_shapes() == [*expected, (120,), (84,), (10,)]


@pytest.mark.parametrize("size", [(1, 12, 12), (3, 32, 40), (2, 13, 19)])
def test_shapes_are_those_that_a_picture_takes_on_in_the_net(size):
    net, shapes = LeNet5(size, seed=0), lenet_shapes(size)
    first, _ = net.conv_forward(1, np.zeros((1, *size), np.float32))
    second, _ = net.conv_forward(2, first)
    assert (first.shape[1:], second.shape[1:]) == (shapes[2], shapes[4])
    assert net.params["W3"].shape == (np.prod(shapes[4]), 120)


def test_a_picture_costs_as_many_products_as_the_paper_counts_connections_of_full_maps():
    conv_1, conv_2, dense = 28 * 28 * 6 * 25, 10 * 10 * 16 * 6 * 25, 400 * 120 + 120 * 84 + 84 * 10
    assert multiply_accumulates() == conv_1 + conv_2 + dense == 416_520


def test_pictures_that_are_too_small_are_refused():
    with pytest.raises(ValueError, match="12 by 12 pixels or more, not 11 by 20"):
        LeNet5((1, 11, 20))


def test_an_unknown_bend_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="activation='gelu'.*leaky_relu"):
        LeNet5(activation="gelu")


def test_the_same_seed_draws_the_same_weights_and_another_one_others():
    first, again, other = (LeNet5(seed=seed).params for seed in (1, 1, 2))
    assert all(np.array_equal(first[name], again[name]) for name in first)
    assert not np.array_equal(first["W1"], other["W1"])


def test_an_untrained_net_has_no_opinion():
    X = np.random.default_rng(0).normal(size=(200, 1, 28, 28))
    loss, _ = LeNet5(initializer=1e-3, seed=0).loss(X, np.arange(200) % 10)
    assert loss == pytest.approx(np.log(10), rel=1e-4)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("batchnorm", [False, True])
def test_all_gradients_agree_with_central_differences(activation, batchnorm):
    net = tiny_net(activation=activation, batchnorm=batchnorm, reg=0.3, dropout_keep_ratio=0.6)
    net.dropout_param["seed"] = 5
    X, y = pictures()
    _, grads = net.loss(X, y)
    assert grads.keys() == net.params.keys()
    for name, grad in grads.items():
        way = np.random.default_rng(4).normal(size=grad.shape)
        numeric = slope(loss_along(net, name, way, X, y), np.zeros(1), 1.0)[0]
        assert np.sum(grad * way) == pytest.approx(numeric, rel=CLOSE, abs=CLOSE), name


def loss_along(net, name, way, X, y):
    """Return a net's loss as a function of how far one of its parameters has gone a way."""
    start = net.params[name]

    def loss(t):
        net.params[name] = start + t * way
        value, _ = net.loss(X, y)
        net.params[name] = start
        return value

    return loss


def test_the_gradient_of_the_pictures_agrees_with_central_differences():
    net, (X, _) = tiny_net(), pictures(1)
    dscores = np.random.default_rng(3).normal(size=(1, 4))
    dX, _ = net.backward(dscores, net.forward(X)[1])
    numeric = slope(lambda X: net.forward(X)[0], X, dscores)
    assert np.abs(dX - numeric).max() <= CLOSE * np.abs(numeric).max()


def test_only_weights_are_regularised_and_all_of_them():
    net, (X, y) = tiny_net(batchnorm=True), pictures()
    loss, grads = net.loss(X, y)
    net.reg = 0.5
    more, pulled = net.loss(X, y)
    weights = [name for name in net.params if "W" in name]
    assert more - loss == pytest.approx(sum(0.25 * np.sum(net.params[n] ** 2) for n in weights))
    for name, p in net.params.items():
        expected = 0.5 * p if name in weights else 0 * p
        np.testing.assert_allclose(pulled[name] - grads[name], expected, atol=1e-12)


def test_scores_do_not_depend_on_who_else_is_asked_about():
    net, (X, y) = tiny_net(batchnorm=True, dropout_keep_ratio=0.5), pictures(6)
    net.loss(X, y)
    together = net.loss(X)
    apart = np.concatenate([net.loss(x[None]) for x in X])
    np.testing.assert_allclose(together, apart, rtol=1e-10)


def test_scores_agree_with_pytorch():
    torch = pytest.importorskip("torch", reason="an oracle that is not needed to take the course")
    F, (X, _) = torch.nn.functional, pictures()
    net = tiny_net()
    p = {name: torch.from_numpy(value) for name, value in net.params.items()}
    h = F.max_pool2d(torch.tanh(F.conv2d(torch.from_numpy(X), p["W1"], p["b1"], padding=2)), 2)
    h = F.max_pool2d(torch.tanh(F.conv2d(h, p["W2"], p["b2"])), 2).flatten(1)
    for i in (3, 4):
        h = torch.tanh(h @ p[f"W{i}"] + p[f"b{i}"])
    np.testing.assert_allclose(net.loss(X), (h @ p["W5"] + p["b5"]).numpy(), rtol=1e-10)


def test_thirty_pictures_can_be_learned_by_heart():
    random = np.random.default_rng(0)
    X, y = random.normal(size=(30, 1, 12, 12)), random.integers(3, size=30)
    net = LeNet5((1, 12, 12), 3, widths=(4, 6, 20, 10), batchnorm=True, seed=0)
    configs = {name: {"learning_rate": 1e-2} for name in net.params}
    for _ in range(60):
        loss, grads = net.loss(X, y)
        for name, w in net.params.items():
            net.params[name], configs[name] = adam(w, grads[name], configs[name])
    assert loss < 0.05


def test_a_saliency_map_is_the_largest_size_of_a_slope_among_the_channels():
    net, (X, y) = tiny_net(), pictures(1)
    numeric = slope(lambda X: net.forward(X)[0][:, y[0]], X, np.ones(1))
    np.testing.assert_allclose(saliency(net, X, y), np.abs(numeric).max(axis=1), atol=1e-8)


def test_a_confusion_matrix_counts_by_hand():
    counts = confusion_matrix(np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 0, 0, 2]), 3)
    np.testing.assert_array_equal(counts, [[1, 1, 0], [0, 1, 0], [2, 0, 1]])


def test_the_recipe_makes_a_net_that_is_shown_some_hundred_batches():
    recipe = lenet_recipe()
    net = LeNet5(**recipe["net"], seed=0)
    price = multiply_accumulates(widths=tuple(len(net.params[f"b{i}"]) for i in (1, 2, 3, 4)))
    assert 100 < 1e9 / (price * recipe["batch_size"]) < 1000
