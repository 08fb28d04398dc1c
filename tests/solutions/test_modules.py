"""Layers as objects, and the two-layer net made of them."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient_array, rel_error
from solutions.fc_net import TwoLayerNet
from solutions.modules import Affine, ModularTwoLayerNet, ReLU, SoftmaxWithLoss

NUMERIC = 1e-6
"""A gradient through ReLUs differs from central differences by less, away from kinks."""

T = np.array([0, 4, 2])
FORMS = pytest.mark.parametrize("t", [T, np.eye(5)[T]], ids=["labels", "one-hot"])


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def x(rng):
    return rng.normal(size=(3, 2, 6))


@pytest.fixture
def net(rng):
    """Return a net of 12-6-5 units with biases other than 0."""
    net = ModularTwoLayerNet(12, 6, 5, weight_init_std=0.5, seed=1)
    for name in ("b1", "b2"):
        net.params[name] = rng.normal(size=net.params[name].shape)
    return net


def test_affine_by_hand():
    layer = Affine(np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([1.0, 0, -1]))
    assert layer.forward(np.array([[1.0, 1], [0, 2]])).tolist() == [[6, 7, 8], [9, 10, 11]]
    assert layer.backward(np.array([[1.0, 0, 0], [0, 0, 1]])).tolist() == [[1, 4], [3, 6]]
    assert layer.dw.tolist() == [[1, 0, 0], [1, 0, 2]]
    assert layer.db.tolist() == [1, 0, 1]


def test_affine_gradients_match_central_differences(rng, x):
    w, b, dout = rng.normal(size=(12, 5)), rng.normal(size=5), rng.normal(size=(3, 5))
    layer = Affine(w, b)
    layer.forward(x)
    dx = layer.backward(dout)
    for grad, f, at in (
        (dx, lambda z: Affine(w, b).forward(z), x),
        (layer.dw, lambda z: Affine(z, b).forward(x), w),
        (layer.db, lambda z: Affine(w, z).forward(x), b),
    ):
        assert rel_error(grad, eval_numerical_gradient_array(f, at, dout)) < NUMERIC


def test_relu_by_hand():
    layer = ReLU()
    assert layer.forward(np.array([[-1.0, 2, 0]])).tolist() == [[0, 2, 0]]
    assert layer.backward(np.array([[5.0, 5, 5]])).tolist() == [[0, 5, 0]]


@FORMS
def test_softmax_with_loss_by_hand(t):
    layer = SoftmaxWithLoss()
    assert layer.forward(np.zeros((3, 5)), t) == pytest.approx(np.log(5))
    assert np.allclose(layer.backward(), (0.2 - np.eye(5)[T]) / 3)


def test_softmax_with_loss_obeys_the_chain_rule(rng):
    layer, scores = SoftmaxWithLoss(), rng.normal(size=(3, 5))
    layer.forward(scores, T)
    numeric = eval_numerical_gradient_array(lambda z: SoftmaxWithLoss().forward(z, T), scores, 2.5)
    assert rel_error(layer.backward(2.5), numeric) < NUMERIC


def test_one_layer_can_be_run_twice(rng):
    layer = ReLU()
    layer.forward(np.array([1.0]))
    layer.forward(np.array([-1.0]))
    assert layer.backward(np.array([1.0])).tolist() == [0]


def test_the_net_scores_and_costs_what_two_layer_net_does(net, x):
    other = TwoLayerNet(12, 6, 5)
    other.params = net.params
    loss, grads = other.loss(x, T)
    assert np.allclose(net.predict(x), other.loss(x), rtol=1e-14)
    assert net.loss(x, T) == pytest.approx(loss)
    for name, grad in net.gradient(x, T).items():
        assert np.allclose(grad, grads[name], rtol=1e-13)


@FORMS
def test_gradient_matches_central_differences(net, x, t):
    grads, numeric = net.gradient(x, t), net.numerical_gradient(x, t)
    assert grads.keys() == numeric.keys() == net.params.keys()
    for name, grad in grads.items():
        assert rel_error(grad, numeric[name]) < NUMERIC, name


def test_a_numerical_gradient_leaves_the_parameters_as_they_were(net, x):
    before = {name: p.copy() for name, p in net.params.items()}
    net.numerical_gradient(x, T)
    assert all(np.array_equal(before[name], p) for name, p in net.params.items())


@FORMS
def test_accuracy_is_the_share_of_right_answers(net, x, t):
    won = net.predict(x).argmax(axis=1)
    assert net.accuracy(x, t) == sum(won == T) / 3
    assert net.accuracy(x, won) == net.accuracy(x, np.eye(5)[won]) == 1
    assert net.accuracy(x, (won + np.array([0, 1, 1])) % 5) == pytest.approx(1 / 3)


def test_layers_follow_parameters_that_are_replaced(net, x):
    net.params["b2"] = net.params["b2"] + 1
    moved = net.predict(x)
    net.params = {name: np.zeros_like(p) for name, p in net.params.items()}
    assert moved.any()
    assert not net.predict(x).any()


def test_layers_follow_parameters_that_are_changed_in_place(net, x):
    before = net.predict(x)
    net.params["b2"] += 1
    assert np.allclose(net.predict(x), before + 1)


def test_the_order_of_the_parameters_does_not_matter(net, x):
    loss, grads = net.loss(x, T), net.gradient(x, T)
    net.params = {name: net.params[name] for name in reversed(net.params)}
    assert net.loss(x, T) == loss
    assert all(np.array_equal(g, grads[name]) for name, g in net.gradient(x, T).items())


def test_first_weights_are_normal_with_the_given_scale():
    net = ModularTwoLayerNet(300, 200, 100, weight_init_std=0.02, seed=0)
    for name in ("W1", "W2"):
        assert net.params[name].std() == pytest.approx(0.02, rel=0.05)
    assert not net.params["b1"].any()
    assert ModularTwoLayerNet(784, 50, 10).params["W1"].std() == pytest.approx(0.01, rel=0.05)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_net_keeps_the_dtype(x, dtype):
    net = ModularTwoLayerNet(12, 6, 5, dtype=dtype)
    arrays = [net.predict(x.astype(dtype)), *net.gradient(x.astype(dtype), T).values()]
    assert {a.dtype for a in arrays} == {np.dtype(dtype)}


def test_the_net_takes_whole_numbers(net):
    x = np.arange(36, dtype=np.uint8).reshape(3, 12)
    assert np.array_equal(net.predict(x), net.predict(x.astype(float)))


def test_arguments_are_left_alone(net, x):
    for array in (x, *net.params.values()):
        array.flags.writeable = False
    net.gradient(x, T)


def test_gradient_steps_bring_the_loss_down(net, x):
    before = net.loss(x, T)
    for _ in range(50):
        for name, grad in net.gradient(x, T).items():
            net.params[name] -= 0.1 * grad
    assert net.loss(x, T) < before / 5
    assert net.accuracy(x, T) == 1
