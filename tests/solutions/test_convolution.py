"""Convolution, by loops and by one matrix product; im2col and its transpose."""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from data_utils.gradient_check import eval_numerical_gradient_array, rel_error
from solutions.convolution import conv_backward_naive, conv_forward_naive
from solutions.im2col import col2im, conv_backward_im2col, conv_forward_im2col, im2col

STEP, NUMERIC = 1.0, 1e-10
"""A convolution is linear in each of its inputs: central differences are right at any step, and
a large one leaves nothing but rounding."""

WAYS = pytest.mark.parametrize(
    "forward, backward",
    [(conv_forward_naive, conv_backward_naive), (conv_forward_im2col, conv_backward_im2col)],
    ids=["naive", "im2col"],
)

SETTINGS = pytest.mark.parametrize(
    "H, W, HH, WW, stride, pad, dilation",
    [
        (5, 6, 3, 2, 1, 0, 1),
        (5, 6, 2, 3, 1, 1, 1),
        (6, 5, 3, 3, 2, 0, 1),
        (5, 8, 3, 2, 2, 1, 1),
        (7, 5, 4, 1, 3, 2, 1),
        (6, 7, 2, 2, 3, 0, 1),
        (7, 6, 3, 2, 1, 0, 2),
        (6, 8, 2, 3, 2, 2, 2),
        (7, 8, 3, 2, 2, 1, 3),
        (4, 5, 4, 5, 1, 0, 1),
        (3, 4, 1, 1, 1, 0, 1),
        (3, 4, 1, 1, 2, 1, 1),
        (1, 2, 3, 3, 1, 1, 1),
        (3, 3, 2, 2, 1, 3, 1),
    ],
)


def param(stride, pad, dilation):
    """Return a conv_param."""
    return {"stride": stride, "pad": pad, "dilation": dilation}


def arrays(H, W, HH, WW, dtype=float):
    """Return pictures (2, 3, H, W), filters (4, 3, HH, WW) and biases (4,)."""
    rng = np.random.default_rng(0)
    shapes = (2, 3, H, W), (4, 3, HH, WW), (4,)
    return [rng.normal(size=shape).astype(dtype) for shape in shapes]


def convolve(x, w, b, conv_param):
    """Return the convolution by the formula, with zeros between the taps of a dilated filter."""
    stride, pad, dilation = (conv_param[name] for name in ("stride", "pad", "dilation"))
    (F, C, HH, WW) = w.shape
    wide = np.zeros((F, C, dilation * (HH - 1) + 1, dilation * (WW - 1) + 1))
    wide[:, :, ::dilation, ::dilation] = w
    N, C, H, W = x.shape
    padded = np.zeros((N, C, H + 2 * pad, W + 2 * pad))
    padded[:, :, pad : pad + H, pad : pad + W] = x
    windows = sliding_window_view(padded, wide.shape[2:], (2, 3))[:, :, ::stride, ::stride]
    return np.einsum("ncijhw,fchw->nfij", windows, wide) + b[:, None, None]


@WAYS
@SETTINGS
def test_a_convolution_matches_its_formula(forward, backward, H, W, HH, WW, stride, pad, dilation):
    x, w, b = arrays(H, W, HH, WW)
    conv_param = param(stride, pad, dilation)
    out, _ = forward(x, w, b, conv_param)
    expected = convolve(x, w, b, conv_param)
    assert out.shape == expected.shape
    assert np.allclose(out, expected, rtol=0, atol=1e-13)


@WAYS
@SETTINGS
def test_a_convolutions_gradients_match_central_differences(
    forward, backward, H, W, HH, WW, stride, pad, dilation
):
    inputs = arrays(H, W, HH, WW)
    conv_param = param(stride, pad, dilation)
    out, cache = forward(*inputs, conv_param)
    dout = np.random.default_rng(1).normal(size=out.shape)
    for i, grad in enumerate(backward(dout, cache)):

        def f(z, i=i):
            return convolve(*inputs[:i], z, *inputs[i + 1 :], conv_param)

        assert grad.shape == inputs[i].shape
        assert rel_error(grad, eval_numerical_gradient_array(f, inputs[i], dout, STEP)) < NUMERIC


@SETTINGS
def test_a_convolution_agrees_with_pytorch(H, W, HH, WW, stride, pad, dilation):
    torch = pytest.importorskip("torch", reason="PyTorch, a second opinion, is not installed")
    x, w, b = arrays(H, W, HH, WW)
    out, cache = conv_forward_naive(x, w, b, param(stride, pad, dilation))
    theirs = [torch.tensor(array, requires_grad=True) for array in (x, w, b)]
    expected = torch.conv2d(*theirs, stride=stride, padding=pad, dilation=dilation)
    dout = np.random.default_rng(1).normal(size=out.shape)
    expected.backward(torch.tensor(dout))
    assert np.allclose(out, expected.detach().numpy(), rtol=0, atol=1e-13)
    for grad, their in zip(conv_backward_naive(dout, cache), theirs, strict=True):
        assert np.allclose(grad, their.grad.numpy(), rtol=0, atol=1e-12)


@SETTINGS
def test_col2im_is_the_transpose_of_im2col(H, W, HH, WW, stride, pad, dilation):
    x, _, _ = arrays(H, W, HH, WW)
    conv_param = param(stride, pad, dilation)
    cols = im2col(x, HH, WW, conv_param)
    y = np.random.default_rng(1).normal(size=cols.shape)
    back = col2im(y, x.shape, HH, WW, conv_param)
    assert back.shape == x.shape
    assert np.vdot(cols, y) == pytest.approx(np.vdot(x, back), rel=1e-12)


@SETTINGS
def test_a_column_is_a_window_laid_out_channel_by_channel(H, W, HH, WW, stride, pad, dilation):
    x, _, _ = arrays(H, W, HH, WW)
    cols = im2col(x, HH, WW, param(stride, pad, dilation))
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    places = [
        (n, i, j)
        for n in range(2)
        for i in range(0, H + 2 * pad - dilation * (HH - 1), stride)
        for j in range(0, W + 2 * pad - dilation * (WW - 1), stride)
    ]
    assert cols.shape == (3 * HH * WW, len(places))
    for column, (n, i, j) in zip(cols.T, places, strict=True):
        window = padded[n, :, i:, j:][:, ::dilation, ::dilation][:, :HH, :WW]
        assert np.array_equal(column, window.ravel())


def test_a_convolution_by_hand():
    x = np.array([[[[1.0, 2, 0], [0, 1, 3]]]])
    w = np.array([[[[1.0, 0], [0, 2]]], [[[0, 1], [1, 0]]]])
    out, cache = conv_forward_naive(x, w, np.array([10.0, 0]), {"stride": 1, "pad": 0})
    assert out.tolist() == [[[[13, 18]], [[2, 1]]]]
    dx, dw, db = conv_backward_naive(np.array([[[[1.0, 2]], [[0, 0]]]]), cache)
    assert dx.tolist() == [[[[1, 2, 0], [0, 2, 4]]]]
    assert dw.tolist() == [[[[5, 2], [2, 7]]], [[[0, 0], [0, 0]]]]
    assert db.tolist() == [3, 0]


def test_im2col_by_hand():
    x = np.arange(6).reshape(1, 1, 2, 3)
    cols = im2col(x, 2, 2, {"stride": 1, "pad": 0})
    assert cols.tolist() == [[0, 1], [1, 2], [3, 4], [4, 5]]
    back = col2im(np.ones((4, 2)), x.shape, 2, 2, {"stride": 1, "pad": 0})
    assert back.tolist() == [[[[1, 2, 1], [1, 2, 1]]]]


@WAYS
def test_a_filter_of_one_pixel_is_an_affine_layer_at_every_pixel(forward, backward):
    x, w, b = arrays(4, 5, 1, 1)
    out, _ = forward(x, w, b, param(1, 0, 1))
    expected = x.transpose(0, 2, 3, 1) @ w[:, :, 0, 0].T + b
    assert np.allclose(out.transpose(0, 2, 3, 1), expected, rtol=0, atol=1e-14)


@WAYS
def test_a_dilation_that_is_not_given_is_one(forward, backward):
    x, w, b = arrays(5, 6, 3, 2)
    out, _ = forward(x, w, b, {"stride": 1, "pad": 1})
    assert np.array_equal(out, forward(x, w, b, param(1, 1, 1))[0])


@WAYS
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_convolution_keeps_the_dtype(forward, backward, dtype):
    x, w, b = arrays(5, 6, 3, 2, dtype)
    out, cache = forward(x, w, b, param(2, 1, 1))
    assert {a.dtype for a in (out, *backward(out, cache))} == {np.dtype(dtype)}


@WAYS
def test_a_picture_of_whole_numbers_is_not_cut_to_whole_numbers(forward, backward):
    _, w, b = arrays(5, 6, 3, 2)
    x = np.random.default_rng(0).integers(0, 256, (2, 3, 5, 6), np.uint8)
    whole, cache = forward(x, w, b, param(2, 1, 1))
    real, real_cache = forward(x.astype(float), w, b, param(2, 1, 1))
    for got, expected in zip(
        (whole, *backward(whole, cache)), (real, *backward(real, real_cache)), strict=True
    ):
        assert got == pytest.approx(expected, rel=1e-12, abs=0)  # cut, they differ in percents


@WAYS
def test_a_convolution_writes_into_nothing_that_it_is_given(forward, backward):
    x, w, b = arrays(5, 6, 3, 2)
    conv_param = param(1, 0, 1)
    for array in (x, w, b):
        array.flags.writeable = False
    out, cache = forward(x, w, b, conv_param)
    out.flags.writeable = False
    backward(out, cache)
    backward(out, cache)
    assert conv_param == param(1, 0, 1)


@WAYS
def test_an_empty_batch_gives_empty_outputs_and_no_gradient(forward, backward):
    x, w, b = arrays(5, 6, 3, 2)
    out, cache = forward(x[:0], w, b, param(1, 0, 1))
    assert out.shape == (0, 4, 3, 5)
    dx, dw, db = backward(out, cache)
    assert dx.shape == (0, 3, 5, 6)
    assert not dw.any() and not db.any()


@WAYS
@pytest.mark.parametrize(
    "change, message",
    [
        ({"stride": 0}, "stride is 0; a window moves on by 1 pixel or more"),
        ({"pad": -1}, "pad is -1; it counts pixels"),
        ({"dilation": 0}, "dilation is 0"),
        ({"dilation": 3}, "a window of height 7 has no place on a picture of height 5"),
    ],
)
def test_sizes_that_make_no_sense_are_refused(forward, backward, change, message):
    x, w, b = arrays(5, 6, 3, 2)
    with pytest.raises(ValueError, match=message):
        forward(x, w, b, {**param(1, 0, 1), **change})


@WAYS
def test_a_filter_wider_than_the_padded_picture_is_refused(forward, backward):
    x, w, b = arrays(9, 3, 2, 6)
    with pytest.raises(ValueError, match="a window of width 6 has no place on a .* width 5"):
        forward(x, w, b, param(1, 1, 1))


@WAYS
def test_shapes_that_do_not_fit_are_refused(forward, backward):
    x, w, b = arrays(5, 6, 3, 2)
    with pytest.raises(ValueError, match="the pictures have 2 channels and the filters 3"):
        forward(x[:, :2], w, b, param(1, 0, 1))
    with pytest.raises(ValueError, match=r"b has shape \(3,\); expected \(4,\)"):
        forward(x, w, b[:3], param(1, 0, 1))
    with pytest.raises(ValueError, match=r"x has shape \(3, 5, 6\)"):
        forward(x[0], w, b, param(1, 0, 1))
