"""Leaky ReLU, sigmoid and tanh."""

import math
import warnings

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient_array, rel_error
from solutions.activations import (
    leaky_relu_backward,
    leaky_relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)

NUMERIC = 1e-8
"""A gradient of these functions differs from central differences by less, away from a kink."""

ALL = pytest.mark.parametrize(
    "forward, backward, formula",
    [
        (leaky_relu_forward, leaky_relu_backward, lambda x: x if x > 0 else 0.1 * x),
        (sigmoid_forward, sigmoid_backward, lambda x: 1 / (1 + math.exp(-x))),
        (tanh_forward, tanh_backward, math.tanh),
    ],
    ids=["leaky ReLU", "sigmoid", "tanh"],
)


@pytest.fixture
def x():
    """Numbers (2, 3, 4), at least 0.1 from a leaky ReLU's kink."""
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    return 2 * x + 0.1 * np.sign(x)


@ALL
def test_an_activation_matches_its_formula(forward, backward, formula, x):
    expected = [formula(number) for number in x.ravel()]
    assert np.allclose(forward(x)[0].ravel(), expected, rtol=1e-14)


@ALL
def test_an_activations_gradient_matches_central_differences(forward, backward, formula, x):
    dout = np.random.default_rng(1).normal(size=x.shape)
    dx = backward(dout, forward(x)[1])
    numeric = eval_numerical_gradient_array(lambda z: forward(z)[0], x, dout)
    assert rel_error(dx, numeric) < NUMERIC


@ALL
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_an_activation_keeps_the_dtype(forward, backward, formula, x, dtype):
    out, cache = forward(x.astype(dtype))
    assert (out.dtype, backward(out, cache).dtype) == (dtype, dtype)


@ALL
def test_an_activation_takes_whole_numbers(forward, backward, formula):
    x = np.arange(-3, 4)
    assert np.array_equal(forward(x)[0], forward(x.astype(float))[0])


@ALL
def test_an_activation_writes_into_nothing_that_it_is_given(forward, backward, formula, x):
    x.flags.writeable = False
    out, cache = forward(x)
    assert not np.shares_memory(out, x)
    backward(x, cache)


@ALL
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_large_numbers_overflow_nowhere(forward, backward, formula, dtype):
    x = np.array([-1000, -800, -90, 0, 90, 800, 1000], dtype)
    with warnings.catch_warnings(action="error"):
        out, cache = forward(x)
        dx = backward(np.ones_like(x), cache)
    assert np.isfinite(out).all() and np.isfinite(dx).all()


def test_a_sigmoid_far_out_is_zero_or_one_and_saturated():
    out, cache = sigmoid_forward(np.array([-1000.0, 0, 1000]))
    assert out.tolist() == [0, 0.5, 1]
    assert sigmoid_backward(np.ones(3), cache).tolist() == [0, 0.25, 0]


def test_a_sigmoid_is_precise_where_it_is_small():
    assert sigmoid_forward(np.array([-300.0]))[0][0] == pytest.approx(math.exp(-300), rel=1e-14)


def test_a_sigmoid_and_its_mirror_image_add_up_to_one(x):
    assert np.allclose(sigmoid_forward(x)[0] + sigmoid_forward(-x)[0], 1, rtol=1e-15)


def test_tanh_is_a_stretched_sigmoid(x):
    assert np.allclose(tanh_forward(x)[0], 2 * sigmoid_forward(2 * x)[0] - 1, atol=1e-15)


@pytest.mark.parametrize("slope", [0, 0.01, 0.5, 1])
def test_a_leaky_relu_has_the_slope_that_it_is_given(slope):
    out, cache = leaky_relu_forward(np.array([-2.0, 3]), slope)
    assert out.tolist() == [-2 * slope, 3]
    assert leaky_relu_backward(np.array([7.0, 7]), cache).tolist() == [7 * slope, 7]


@ALL
def test_nan_goes_through(forward, backward, formula):
    assert np.isnan(forward(np.array([np.nan]))[0]).all()
