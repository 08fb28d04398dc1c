"""Affine, ReLU and the losses of scores."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient_array, rel_error
from solutions.layer_utils import affine_relu_backward, affine_relu_forward
from solutions.layers import (
    affine_backward,
    affine_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
    svm_loss,
)

NUMERIC = 1e-8
"""A gradient of these small smooth functions differs from central differences by less."""


@pytest.fixture
def rng():
    return np.random.default_rng(0)


@pytest.fixture
def layer(rng):
    """Examples (2, 3, 4), weights (12, 5), biases (5,) and a gradient from above (2, 5)."""
    return [rng.normal(size=shape) for shape in ((2, 3, 4), (12, 5), 5, (2, 5))]


def away_from_zero(rng, *shape):
    """Return numbers at least 0.1 from ReLU's kink."""
    x = rng.normal(size=shape)
    return x + 0.1 * np.sign(x)


def frozen(*arrays):
    """Make arrays read-only, so that whoever writes into them fails."""
    for array in arrays:
        array.flags.writeable = False
    return arrays


def check_gradients(forward, backward, inputs, dout):
    """Compare what backward returns for each input with central differences."""
    grads = backward(dout, forward(*inputs)[1])
    grads = grads if isinstance(grads, tuple) else (grads,)
    for i, grad in enumerate(grads):

        def f(z, i=i):
            return forward(*inputs[:i], z, *inputs[i + 1 :])[0]

        assert rel_error(grad, eval_numerical_gradient_array(f, inputs[i], dout)) < NUMERIC


def test_affine_forward_by_hand():
    x = np.array([[[1.0, 2.0], [3.0, 4.0]]])
    w = np.array([[1.0, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]])
    out, _ = affine_forward(x, w, np.array([10.0, 20, 30]))
    assert out.tolist() == [[15, 26, 37]]


def test_affine_gradients_match_central_differences(layer):
    *inputs, dout = layer
    check_gradients(affine_forward, affine_backward, inputs, dout)


def test_affine_gradients_have_the_shapes_of_what_they_belong_to(layer):
    x, w, b, dout = layer
    dx, dw, db = affine_backward(dout, affine_forward(x, w, b)[1])
    assert (dx.shape, dw.shape, db.shape) == (x.shape, w.shape, b.shape)


def test_affine_takes_integers(layer):
    _, w, b, _ = layer
    x = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    assert np.array_equal(affine_forward(x, w, b)[0], affine_forward(x.astype(float), w, b)[0])


def test_relu_by_hand():
    out, cache = relu_forward(np.array([[-2.0, 0, 3], [4, -5, 6]]))
    assert out.tolist() == [[0, 0, 3], [4, 0, 6]]
    assert relu_backward(np.full((2, 3), 7.0), cache).tolist() == [[0, 0, 7], [7, 0, 7]]


def test_relu_gradient_matches_central_differences(rng):
    dout = rng.normal(size=(2, 3, 4))
    check_gradients(relu_forward, relu_backward, [away_from_zero(rng, 2, 3, 4)], dout)


def test_relu_lets_nan_through():
    assert np.isnan(relu_forward(np.array([np.nan]))[0]).all()


def test_affine_relu_gradients_match_central_differences(layer):
    *inputs, dout = layer
    assert np.abs(affine_forward(*inputs)[0]).min() > 1e-3
    check_gradients(affine_relu_forward, affine_relu_backward, inputs, dout)


LOSSES = pytest.mark.parametrize("loss_of", [softmax_loss, svm_loss])


@LOSSES
def test_a_loss_gradient_matches_central_differences(rng, loss_of):
    x, y = rng.normal(size=(4, 5)), np.array([0, 4, 2, 2])
    numeric = eval_numerical_gradient_array(lambda z: loss_of(z, y)[0], x, 1.0)
    assert rel_error(loss_of(x, y)[1], numeric) < NUMERIC


def test_equal_scores_cost_log_of_the_number_of_classes():
    assert softmax_loss(np.zeros((3, 5)), np.array([0, 4, 2]))[0] == pytest.approx(np.log(5))


def test_softmax_loss_by_hand():
    x = np.log([[1.0, 2, 5], [6, 1, 1]])
    loss, dx = softmax_loss(x, np.array([1, 0]))
    assert loss == pytest.approx((np.log(8 / 2) + np.log(8 / 6)) / 2)
    assert np.allclose(dx, np.array([[1, -6, 5], [-2, 1, 1]]) / 8 / 2, rtol=1e-14)


def test_svm_loss_by_hand():
    loss, dx = svm_loss(np.array([[3.0, 2.5, 2.2], [0, 5, 0]]), np.array([0, 1]))
    assert loss == pytest.approx((0.5 + 0.2) / 2)
    assert dx.tolist() == [[-1, 0.5, 0.5], [0, 0, 0]]


@pytest.mark.parametrize("dtype", [int, float, np.float32])
def test_softmax_loss_takes_one_hot_rows(rng, dtype):
    x, y = rng.normal(size=(4, 5)), np.array([0, 4, 2, 2])
    loss, dx = softmax_loss(x, np.eye(5, dtype=dtype)[y])
    assert loss == softmax_loss(x, y)[0]
    assert np.array_equal(dx, softmax_loss(x, y)[1])


def test_adding_ten_thousand_to_a_row_of_scores_changes_nothing(rng):
    x, y = rng.normal(size=(4, 5)), np.array([0, 4, 2, 2])
    loss, dx = softmax_loss(x, y)
    moved, moved_dx = softmax_loss(x + np.array([[1e4], [0], [-1e4], [3]]), y)
    assert moved == pytest.approx(loss, rel=1e-11)
    assert np.allclose(moved_dx, dx, rtol=0, atol=1e-11)


@LOSSES
def test_scores_of_ten_thousand_cost_what_they_should(loss_of):
    x = np.array([[1e4, 0.0, -1e4]])
    assert loss_of(x, np.array([0]))[0] == 0
    assert loss_of(x, np.array([2]))[0] == pytest.approx(
        2e4 if loss_of is softmax_loss else 2e4 + 1 + 1e4 + 1
    )
    assert np.isfinite(loss_of(x, np.array([2]))[1]).all()


@LOSSES
def test_loss_gradients_of_each_row_sum_to_zero(rng, loss_of):
    dx = loss_of(rng.normal(size=(4, 5)), np.array([0, 4, 2, 2]))[1]
    assert np.abs(dx.sum(axis=1)).max() < 1e-15


@LOSSES
def test_losses_are_means(rng, loss_of):
    x, y = rng.normal(size=(4, 5)), np.array([0, 4, 2, 2])
    loss, dx = loss_of(x, y)
    twice, twice_dx = loss_of(np.tile(x, (2, 1)), np.tile(y, 2))
    assert twice == pytest.approx(loss)
    assert np.allclose(twice_dx[:4], dx / 2, rtol=1e-14)


@LOSSES
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_losses_keep_the_dtype(rng, loss_of, dtype):
    loss, dx = loss_of(rng.normal(size=(4, 5)).astype(dtype), np.array([0, 4, 2, 2], np.uint8))
    assert (dx + loss).dtype == dx.dtype == dtype  # NumPy 1 makes a lone number float64


@LOSSES
def test_losses_take_integer_scores(loss_of):
    x, y = np.array([[3, 1, 2], [0, 5, 4]]), np.array([1, 2])
    for whole, real in zip(loss_of(x, y), loss_of(x.astype(float), y), strict=True):
        assert np.array_equal(whole, real)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_layers_keep_the_dtype(layer, dtype):
    x, w, b, dout = (array.astype(dtype) for array in layer)
    out, cache = affine_relu_forward(x, w, b)
    assert {a.dtype for a in (out, *affine_relu_backward(dout, cache))} == {np.dtype(dtype)}


def test_nothing_is_written_into_arguments(layer):
    x, w, b, dout = frozen(*layer)
    affine_relu_backward(dout, affine_relu_forward(x, w, b)[1])
    (y,) = frozen(np.array([4, 0]))
    softmax_loss(dout, y)
    svm_loss(dout, y)


def test_results_do_not_share_memory_with_arguments(layer):
    x, w, b, dout = layer
    assert not np.shares_memory(relu_forward(np.abs(x))[0], x)
    assert not np.shares_memory(relu_backward(dout, relu_forward(np.abs(dout))[1]), dout)
