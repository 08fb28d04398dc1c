"""ThreeLayerConvNet, and the layers that it puts together."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from data_utils.gradient_check import eval_numerical_gradient, rel_error
from solutions.cnn import ThreeLayerConvNet
from solutions.convolution import conv_backward_naive, conv_forward_naive
from solutions.layer_utils import conv_relu_pool_backward, conv_relu_pool_forward
from solutions.layers import relu_backward, relu_forward
from solutions.pooling import max_pool_backward_naive, max_pool_forward_naive

NUMERIC = 1e-5
"""A gradient through ReLUs and maxima differs from central differences by less, off kinks."""

Y = np.array([0, 4, 2])


def small_net(**kwargs):
    """Return a net for pictures (2, 5, 6) with weights of order 1 and biases other than 0."""
    defaults = {"weight_scale": 0.5, "dtype": np.float64, "seed": 1}
    net = ThreeLayerConvNet((2, 5, 6), 4, 3, 7, 5, **defaults | kwargs)
    rng = np.random.default_rng(2)
    for name, p in net.params.items():
        if name.startswith("b"):
            net.params[name] = rng.normal(size=p.shape).astype(p.dtype)
    return net


@pytest.fixture
def X():
    return np.random.default_rng(0).normal(size=(3, 2, 5, 6))


def scores_by_formula(params, X):
    """Return the scores of pictures, each layer by its formula."""
    W, pad = params["W1"], params["W1"].shape[2] // 2
    padded = np.pad(X, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, W.shape[2:], (2, 3))
    x = np.einsum("ncijhw,fchw->nfij", windows, W) + params["b1"][:, None, None]
    x = sliding_window_view(x, (2, 2), (2, 3))[:, :, ::2, ::2].max(axis=(4, 5)).clip(min=0)
    x = (x.reshape(len(X), -1) @ params["W2"] + params["b2"]).clip(min=0)
    return x @ params["W3"] + params["b3"]


def cost_by_formula(params, X, y, reg):
    """Return the loss of a batch, from the formula."""
    scores = scores_by_formula(params, X)
    data = np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(y)), y])
    return data + sum(0.5 * reg * (W**2).sum() for name, W in params.items() if name[0] == "W")


def test_scores_match_the_formula(X):
    net = small_net()
    assert np.allclose(net.loss(X), scores_by_formula(net.params, X), rtol=1e-12)


@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_the_loss_matches_the_formula(X, reg):
    net = small_net(reg=reg)
    assert net.loss(X, Y)[0] == pytest.approx(cost_by_formula(net.params, X, Y, reg), rel=1e-12)


@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_gradients_match_central_differences(X, reg):
    net = small_net(reg=reg)
    grads = net.loss(X, Y)[1]
    assert grads.keys() == net.params.keys()
    for name, p in net.params.items():

        def loss(z, name=name):
            return cost_by_formula(net.params | {name: z}, X, Y, reg)

        assert rel_error(grads[name], eval_numerical_gradient(loss, p)) < NUMERIC, name


def test_regularisation_adds_reg_times_the_weights_and_nothing_to_biases(X):
    net = small_net()
    plain = net.loss(X, Y)[1]
    net.reg = 3.0
    for name, grad in net.loss(X, Y)[1].items():
        added = 3 * net.params[name] if name.startswith("W") else 0
        assert np.allclose(grad - plain[name], added, rtol=0, atol=1e-13), name


def test_the_order_of_the_parameters_does_not_matter(X):
    net = small_net(reg=0.7)
    loss, grads = net.loss(X, Y)
    net.params = {name: net.params[name] for name in reversed(net.params)}
    again, same = net.loss(X, Y)
    assert again == loss
    assert all(np.array_equal(grads[name], same[name]) for name in grads)


def test_arguments_and_parameters_are_left_alone(X):
    net = small_net(reg=0.7)
    for array in (X, *net.params.values()):
        array.flags.writeable = False
    net.loss(X, Y)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_net_computes_in_its_dtype(X, dtype):
    net = small_net(dtype=dtype, reg=0.7, weight_scale=np.float64(0.1))
    loss, grads = net.loss(X, Y)
    scores = net.loss(X)
    arrays = [*net.params.values(), *grads.values(), scores, scores + loss]
    assert {a.dtype for a in arrays} == {np.dtype(dtype)}


def test_the_net_takes_whole_numbers():
    X = np.random.default_rng(0).integers(0, 256, (3, 2, 5, 6), np.uint8)
    net = small_net()
    assert np.array_equal(net.loss(X), net.loss(X.astype(float)))


@pytest.mark.parametrize("size", [1, 3, 5])
def test_the_convolution_keeps_the_size_of_the_pictures(X, size):
    net = ThreeLayerConvNet((2, 5, 6), 4, size, 7, 5, weight_scale=0.5, dtype=float, seed=1)
    assert net.params["W2"].shape == (4 * 2 * 3, 7)
    assert np.allclose(net.loss(X), scores_by_formula(net.params, X), rtol=1e-12)


def test_a_filter_without_a_middle_is_refused():
    with pytest.raises(ValueError, match="filter_size is 4"):
        ThreeLayerConvNet(filter_size=4)


def test_parameters_have_the_names_and_shapes_of_the_layers():
    shapes = {name: p.shape for name, p in small_net().params.items()}
    assert shapes == {
        "W1": (4, 2, 3, 3), "b1": (4,), "W2": (24, 7), "b2": (7,), "W3": (7, 5), "b3": (5,),
    }  # fmt: skip


def test_first_weights_are_normal_with_the_given_scale_and_biases_zero():
    net = ThreeLayerConvNet((3, 16, 16), 32, 5, 50, weight_scale=0.02, seed=0)
    for name, p in net.params.items():
        if name.startswith("b"):
            assert not p.any()
        else:
            assert p.std() == pytest.approx(0.02, rel=0.1)
            assert abs(p.mean()) < 0.02 / np.sqrt(p.size) * 5
            assert np.mean(np.abs(p) < 0.02) == pytest.approx(0.683, abs=0.05)


def test_a_seed_fixes_the_weights_and_leaves_numpys_generator_alone():
    before = np.random.get_state()[1].copy()
    first, second, other = (ThreeLayerConvNet(seed=seed).params["W1"] for seed in (3, 3, 4))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)
    assert np.array_equal(before, np.random.get_state()[1])


def test_small_weights_cost_log_of_the_number_of_classes(X):
    net = ThreeLayerConvNet((2, 5, 6), num_classes=5, weight_scale=1e-6, dtype=float, seed=0)
    assert net.loss(X, Y)[0] == pytest.approx(np.log(5), abs=1e-6)


def test_defaults_are_those_of_cifar10():
    net = ThreeLayerConvNet()
    assert net.params["W1"].shape == (32, 3, 7, 7)
    assert net.params["W2"].shape == (32 * 16 * 16, 100)
    assert net.params["W3"].shape == (100, 10)
    assert net.dtype == np.float32


def test_conv_relu_pool_is_the_three_layers_one_after_another(X):
    rng = np.random.default_rng(1)
    w, b = rng.normal(size=(4, 2, 3, 2)), rng.normal(size=4)
    conv_param = {"stride": 1, "pad": 1}
    pool_param = {"pool_height": 2, "pool_width": 3, "stride": 2}
    out, cache = conv_relu_pool_forward(X, w, b, conv_param, pool_param)

    a, conv_cache = conv_forward_naive(X, w, b, conv_param)
    hidden, relu_cache = relu_forward(a)
    expected, pool_cache = max_pool_forward_naive(hidden, pool_param)
    assert np.allclose(out, expected, rtol=0, atol=1e-13)

    dout = rng.normal(size=out.shape)
    da = relu_backward(max_pool_backward_naive(dout, pool_cache), relu_cache)
    theirs = conv_backward_naive(da, conv_cache)
    for grad, their in zip(conv_relu_pool_backward(dout, cache), theirs, strict=True):
        assert np.allclose(grad, their, rtol=0, atol=1e-12)


def test_a_hundred_steps_learn_a_few_pictures_by_heart():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(20, 1, 6, 8)), rng.integers(0, 4, 20)
    net = ThreeLayerConvNet((1, 6, 8), 8, 3, 20, 4, weight_scale=0.1, dtype=float, seed=0)
    for _ in range(100):
        _, grads = net.loss(X, y)
        for name, p in net.params.items():
            net.params[name] = p - 0.5 * grads[name]
    assert (net.loss(X).argmax(axis=1) == y).all()
