"""TwoLayerNet and FullyConnectedNet."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient, rel_error
from solutions.fc_net import FullyConnectedNet, TwoLayerNet

NUMERIC = 1e-6
"""A gradient through ReLUs differs from central differences by less, away from kinks."""

Y = np.array([0, 4, 2])


def two_layers(**kwargs):
    """Return a net of 12-6-5 units with weights of order 1."""
    return TwoLayerNet(12, 6, 5, **{"weight_scale": 0.5, "seed": 1} | kwargs)


def three_layers(**kwargs):
    """Return a net of 12-6-4-5 units with weights of order 1."""
    defaults = {"weight_scale": 0.5, "dtype": np.float64, "seed": 1}
    return FullyConnectedNet([6, 4], 12, 5, **defaults | kwargs)


NETS = pytest.mark.parametrize("make", [two_layers, three_layers])


@pytest.fixture
def X():
    return np.random.default_rng(0).normal(size=(3, 2, 6))


def with_biases(net):
    """Return the net with biases other than 0."""
    rng = np.random.default_rng(2)
    for name, p in net.params.items():
        if name.startswith("b"):
            net.params[name] = rng.normal(size=p.shape).astype(p.dtype)
    return net


def scores_by_hand(params, x):
    """Return the scores of one example, with loops over single numbers."""
    for i in range(1, len(params) // 2 + 1):
        W, b = params[f"W{i}"], params[f"b{i}"]
        x = [sum(x[d] * W[d, m] for d in range(len(x))) + b[m] for m in range(len(b))]
        if f"W{i + 1}" in params:
            x = [max(0.0, number) for number in x]
    return x


def cost_by_hand(params, X, y, reg):
    """Return the loss of a batch, from the formula."""
    rows = [np.array(scores_by_hand(params, x.ravel())) for x in X]
    data = np.mean([np.log(np.exp(s).sum()) - s[k] for s, k in zip(rows, y, strict=True)])
    return data + sum(0.5 * reg * (W**2).sum() for name, W in params.items() if name[0] == "W")


@NETS
def test_scores_match_a_loop(make, X):
    net = with_biases(make())
    assert np.allclose(net.loss(X), [scores_by_hand(net.params, x.ravel()) for x in X], rtol=1e-12)


@NETS
@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_the_loss_matches_the_formula(make, X, reg):
    net = with_biases(make(reg=reg))
    assert net.loss(X, Y)[0] == pytest.approx(cost_by_hand(net.params, X, Y, reg), rel=1e-12)


@NETS
@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_gradients_match_central_differences(make, X, reg):
    net = with_biases(make(reg=reg))
    grads = net.loss(X, Y)[1]
    assert grads.keys() == net.params.keys()
    for name, p in list(net.params.items()):

        def loss(z, name=name):
            net.params[name] = z
            return net.loss(X, Y)[0]

        numeric = eval_numerical_gradient(loss, p)
        net.params[name] = p
        assert rel_error(grads[name], numeric) < NUMERIC, name


@NETS
def test_regularisation_adds_reg_times_the_weights_and_nothing_to_biases(make, X):
    net = with_biases(make())
    plain = net.loss(X, Y)[1]
    net.reg = 3.0
    for name, grad in net.loss(X, Y)[1].items():
        added = 3 * net.params[name] if name.startswith("W") else 0
        assert np.allclose(grad - plain[name], added, rtol=0, atol=1e-13), name


@NETS
def test_the_order_of_the_parameters_does_not_matter(make, X):
    net = with_biases(make(reg=0.7))
    loss, grads = net.loss(X, Y)
    net.params = {name: net.params[name] for name in reversed(net.params)}
    again, same = net.loss(X, Y)
    assert again == loss
    assert all(np.array_equal(grads[name], same[name]) for name in grads)


@NETS
def test_arguments_and_parameters_are_left_alone(make, X):
    net = with_biases(make(reg=0.7))
    for array in (X, *net.params.values()):
        array.flags.writeable = False
    net.loss(X, Y)


@NETS
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_net_computes_in_its_dtype(make, X, dtype):
    net = make(dtype=dtype, reg=0.7, weight_scale=np.float64(0.1))
    loss, grads = net.loss(X, Y)
    assert net.dtype == dtype
    scores = net.loss(X)
    arrays = [*net.params.values(), *grads.values(), scores, scores + loss]
    assert {a.dtype for a in arrays} == {np.dtype(dtype)}


@NETS
def test_a_net_takes_whole_numbers(make):
    X = np.random.default_rng(0).integers(0, 256, (3, 12), np.uint8)
    net = make()
    assert np.array_equal(net.loss(X), net.loss(X.astype(float)))


@NETS
def test_a_seed_fixes_the_weights_and_leaves_numpys_generator_alone(make):
    np.random.seed(0)
    before = np.random.get_state()[1].copy()
    first, second, other = make(seed=3), make(seed=3), make(seed=4)
    assert np.array_equal(first.params["W1"], second.params["W1"])
    assert not np.array_equal(first.params["W1"], other.params["W1"])
    assert np.array_equal(before, np.random.get_state()[1])


@pytest.mark.parametrize(
    "net",
    [
        TwoLayerNet(300, 200, 10, weight_scale=0.02, seed=0),
        FullyConnectedNet([200, 200], 300, 10, weight_scale=0.02, seed=0),
    ],
)
def test_first_weights_are_normal_with_the_given_scale_and_biases_zero(net):
    for name, p in net.params.items():
        if name.startswith("b"):
            assert not p.any()
        else:
            assert p.std() == pytest.approx(0.02, rel=0.1)
            assert abs(p.mean()) < 0.02 / np.sqrt(p.size) * 5
            assert np.mean(np.abs(p) < 0.02) == pytest.approx(0.683, abs=0.05)


def test_parameters_have_the_names_and_shapes_of_the_layers():
    net = FullyConnectedNet([7, 6], 12, 5)
    shapes = {name: p.shape for name, p in net.params.items()}
    assert shapes == {
        "W1": (12, 7), "b1": (7,), "W2": (7, 6), "b2": (6,), "W3": (6, 5), "b3": (5,),
    }  # fmt: skip


def test_a_net_without_hidden_layers_is_a_linear_classifier(X):
    net = with_biases(FullyConnectedNet([], 12, 5, dtype=np.float64))
    expected = X.reshape(3, 12) @ net.params["W1"] + net.params["b1"]
    assert np.allclose(net.loss(X), expected)
    assert net.loss(X, Y)[1].keys() == {"W1", "b1"}


def test_two_layers_are_the_same_net_either_way(X):
    net = with_biases(two_layers(reg=0.3))
    deep = FullyConnectedNet([6], 12, 5, reg=0.3, dtype=np.float64)
    deep.params = net.params
    assert deep.loss(X, Y)[0] == net.loss(X, Y)[0]


def test_small_weights_cost_log_of_the_number_of_classes(X):
    assert two_layers(weight_scale=1e-6).loss(X, Y)[0] == pytest.approx(np.log(5), abs=1e-6)


def test_defaults_are_those_of_cifar10():
    assert TwoLayerNet().params["W1"].shape == (3072, 100)
    net = FullyConnectedNet([20])
    assert (net.params["W1"].shape, net.params["W2"].shape) == ((3072, 20), (20, 10))
    assert net.dtype == np.float32


@pytest.mark.parametrize("kwargs", [{"dropout": 1}, {"dropout_keep_ratio": 1}])
def test_dropout_that_keeps_everything_is_accepted_under_both_names(kwargs):
    FullyConnectedNet([6], 12, 5, **kwargs)
