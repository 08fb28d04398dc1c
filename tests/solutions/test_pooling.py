"""Max and average pooling, by loops."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from data_utils.gradient_check import eval_numerical_gradient_array, rel_error
from solutions.pooling import (
    avg_pool_backward_naive,
    avg_pool_forward_naive,
    max_pool_backward_naive,
    max_pool_forward_naive,
)

STEP, NUMERIC = 0.01, 1e-10
"""Pooling is linear as long as the step is too small to change which number is the largest."""

KINDS = pytest.mark.parametrize(
    "forward, backward, reduce",
    [
        (max_pool_forward_naive, max_pool_backward_naive, np.max),
        (avg_pool_forward_naive, avg_pool_backward_naive, np.mean),
    ],
    ids=["max", "average"],
)

SETTINGS = pytest.mark.parametrize(
    "H, W, height, width, stride",
    [
        (4, 6, 2, 2, 2),
        (5, 7, 2, 2, 2),
        (5, 6, 3, 2, 1),
        (7, 6, 3, 3, 2),
        (5, 8, 1, 3, 2),
        (7, 8, 2, 3, 3),
        (7, 8, 2, 1, 4),
        (4, 5, 4, 5, 1),
        (3, 4, 1, 1, 1),
    ],
)


def param(height, width, stride):
    """Return a pool_param."""
    return {"pool_height": height, "pool_width": width, "stride": stride}


def distinct(H, W, dtype=float):
    """Return pictures (2, 3, H, W) of numbers 0.1 or more apart, half of them negative."""
    numbers = np.random.default_rng(0).permutation(2 * 3 * H * W) - 3 * H * W
    return (0.1 * numbers.reshape(2, 3, H, W)).astype(dtype)


def pool(reduce, x, pool_param):
    """Return `reduce` of every window."""
    shape = pool_param["pool_height"], pool_param["pool_width"]
    windows = sliding_window_view(x, shape, (2, 3))
    stride = pool_param["stride"]
    return reduce(windows[:, :, ::stride, ::stride], axis=(4, 5))


@KINDS
@SETTINGS
def test_pooling_matches_its_formula(forward, backward, reduce, H, W, height, width, stride):
    x, pool_param = distinct(H, W), param(height, width, stride)
    out, _ = forward(x, pool_param)
    expected = pool(reduce, x, pool_param)
    assert out.shape == expected.shape
    assert np.allclose(out, expected, rtol=0, atol=1e-13)


@KINDS
@SETTINGS
def test_a_pooling_gradient_matches_central_differences(
    forward, backward, reduce, H, W, height, width, stride
):
    x, pool_param = distinct(H, W), param(height, width, stride)
    out, cache = forward(x, pool_param)
    dout = np.random.default_rng(1).normal(size=out.shape)
    numeric = eval_numerical_gradient_array(lambda z: pool(reduce, z, pool_param), x, dout, STEP)
    dx = backward(dout, cache)
    assert dx.shape == x.shape
    assert rel_error(dx, numeric) < NUMERIC


@SETTINGS
def test_pooling_agrees_with_pytorch(H, W, height, width, stride):
    torch = pytest.importorskip("torch", reason="PyTorch, a second opinion, is not installed")
    functional = torch.nn.functional
    for forward, backward, theirs in (
        (max_pool_forward_naive, max_pool_backward_naive, functional.max_pool2d),
        (avg_pool_forward_naive, avg_pool_backward_naive, functional.avg_pool2d),
    ):
        x = distinct(H, W)
        out, cache = forward(x, param(height, width, stride))
        z = torch.tensor(x, requires_grad=True)
        expected = theirs(z, (height, width), stride)
        dout = np.random.default_rng(1).normal(size=out.shape)
        expected.backward(torch.tensor(dout))
        assert np.allclose(out, expected.detach().numpy(), rtol=0, atol=1e-13)
        assert np.allclose(backward(dout, cache), z.grad.numpy(), rtol=0, atol=1e-13)


def test_max_pooling_by_hand():
    x = np.array([[[[1.0, 5, 2], [3, 4, -7]]]])
    out, cache = max_pool_forward_naive(x, param(2, 2, 1))
    assert out.tolist() == [[[[5, 5]]]]
    assert max_pool_backward_naive(np.array([[[[10.0, 1]]]]), cache).tolist() == [
        [[[0, 11, 0], [0, 0, 0]]]
    ]


def test_average_pooling_by_hand():
    x = np.array([[[[1.0, 5, 2], [3, 3, -2]]]])
    out, cache = avg_pool_forward_naive(x, param(2, 2, 1))
    assert out.tolist() == [[[[3, 2]]]]
    assert avg_pool_backward_naive(np.array([[[[8.0, 4]]]]), cache).tolist() == [
        [[[2, 3, 1], [2, 3, 1]]]
    ]


def test_of_equal_maxima_the_first_gets_the_gradient():
    x = np.array([[[[0.0, 2, 2], [2, 0, 2]]]])
    _, cache = max_pool_forward_naive(x, param(2, 3, 1))
    assert max_pool_backward_naive(np.full((1, 1, 1, 1), 7.0), cache).tolist() == [
        [[[0, 7, 0], [0, 0, 0]]]
    ]


@KINDS
@SETTINGS
def test_each_window_hands_on_its_gradient_once_even_if_all_is_equal(
    forward, backward, reduce, H, W, height, width, stride
):
    out, cache = forward(np.zeros((2, 3, H, W)), param(height, width, stride))
    dout = np.random.default_rng(1).normal(size=out.shape)
    assert np.allclose(backward(dout, cache).sum(axis=(2, 3)), dout.sum(axis=(2, 3)), atol=1e-13)


@KINDS
def test_windows_that_tile_the_picture_conserve_its_mean(forward, backward, reduce):
    x = distinct(4, 6)
    out, _ = forward(x, param(2, 3, 6))
    assert out.shape == (2, 3, 1, 1)
    assert np.allclose(out[:, :, 0, 0], reduce(x[:, :, :2, :3], axis=(2, 3)), atol=1e-14)


@KINDS
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_pooling_keeps_the_dtype(forward, backward, reduce, dtype):
    out, cache = forward(distinct(5, 6, dtype), param(2, 3, 2))
    assert (out.dtype, backward(out, cache).dtype) == (dtype, dtype)


@KINDS
def test_pooling_takes_whole_numbers(forward, backward, reduce):
    x = np.random.default_rng(0).integers(0, 256, (2, 3, 5, 6), np.uint8)
    assert np.array_equal(
        forward(x, param(3, 2, 2))[0], forward(x.astype(float), param(3, 2, 2))[0]
    )


@KINDS
def test_pooling_writes_into_nothing_that_it_is_given(forward, backward, reduce):
    x, pool_param = distinct(5, 6), param(3, 2, 1)
    x.flags.writeable = False
    out, cache = forward(x, pool_param)
    out.flags.writeable = False
    backward(out, cache)
    backward(out, cache)
    assert pool_param == param(3, 2, 1)


@KINDS
@pytest.mark.parametrize(
    "pool_param, message",
    [
        (param(2, 2, 0), "stride is 0; a window moves on by 1 pixel or more"),
        (param(6, 2, 1), "a window of height 6 has no place on a picture of height 5"),
        (param(2, 7, 1), "a window of width 7 has no place on a picture of width 6"),
        (param(0, 2, 1), "a window of height 0 has no place"),
    ],
)
def test_windows_that_fit_nowhere_are_refused(forward, backward, reduce, pool_param, message):
    with pytest.raises(ValueError, match=message):
        forward(distinct(5, 6), pool_param)
