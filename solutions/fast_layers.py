"""Convolution and max pooling for real pictures: the naive loops' results, much sooner.

Given code, in pure NumPy. A layer of HH x WW taps is a loop over taps, not over pictures: what tap
(i, j) of every window sees is one strided slice of x, which NumPy handles in one go.
"""

import numpy as np


def conv_forward_fast(x, w, b, conv_param):
    """Return the cross-correlation of x with each of F filters, plus a bias per filter.

    x: (N, C, H, W) pictures. w: (F, C, HH, WW) filters. b: (F,) biases.
    conv_param: stride, pad and dilation (1 unless given), in pixels.
    Returns (out, cache), out (N, F, H', W') with
    H' = 1 + (H + 2 pad - dilation (HH - 1) - 1) // stride, and W' likewise.
    """
    stride, pad, dilation = _geometry(conv_param)
    F, C, HH, WW = w.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    spots = _taps(padded, HH, WW, stride, dilation)
    rows, columns = spots[0].shape[2:]
    cols = np.stack(spots, axis=2).reshape(len(x), C * HH * WW, rows * columns)
    out = w.reshape(F, -1) @ cols + b[:, None]
    return out.reshape(len(x), F, rows, columns), (x, w, conv_param)


def conv_backward_fast(dout, cache):
    """Return the gradients of a convolution.

    dout: (N, F, H', W') gradient of the loss with respect to out; cache: from conv_forward_fast.
    Returns dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    """
    x, w, conv_param = cache
    stride, pad, dilation = _geometry(conv_param)
    _, _, HH, WW = w.shape
    _, _, H, W = x.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dpadded = np.zeros(padded.shape, np.result_type(dout, w))
    dw = np.empty(w.shape, np.result_type(dout, x))
    spots, dspots = (_taps(array, HH, WW, stride, dilation) for array in (padded, dpadded))
    for k in range(HH * WW):
        i, j = divmod(k, WW)
        dw[:, :, i, j] = np.tensordot(dout, spots[k], ([0, 2, 3], [0, 2, 3]))
        dspots[k] += np.tensordot(dout, w[:, :, i, j], ([1], [0])).transpose(0, 3, 1, 2)
    return dpadded[:, :, pad : pad + H, pad : pad + W], dw, dout.sum(axis=(0, 2, 3))


def max_pool_forward_fast(x, pool_param):
    """Return the largest entry of each window.

    x: (N, C, H, W) pictures. pool_param: pool_height, pool_width and stride, in pixels.
    Returns (out, cache), out (N, C, H', W') with H' = 1 + (H - pool_height) // stride.
    """
    spots = _pool_taps(x, pool_param)
    out = spots[0].copy()
    for spot in spots[1:]:
        np.maximum(out, spot, out=out)
    return out, (x, out, pool_param)


def max_pool_backward_fast(dout, cache):
    """Return the gradient of max pooling: each number of dout goes to its window's first maximum.

    dout: (N, C, H', W') gradient of the loss with respect to out; cache: from
    max_pool_forward_fast. Returns dx (N, C, H, W).
    """
    x, out, pool_param = cache
    dx = np.zeros(x.shape, dout.dtype)
    waiting = np.ones(out.shape, bool)
    for spot, dspot in zip(_pool_taps(x, pool_param), _pool_taps(dx, pool_param), strict=True):
        first = waiting & (spot == out)
        dspot += dout * first
        waiting &= ~first
    return dx


def _geometry(conv_param):
    """Return the stride, the padding and the dilation of a convolution."""
    return conv_param["stride"], conv_param["pad"], conv_param.get("dilation", 1)


def _pool_taps(x, pool_param):
    """Return what each tap of a pooling window sees."""
    return _taps(x, pool_param["pool_height"], pool_param["pool_width"], pool_param["stride"])


def _taps(x, HH, WW, stride, dilation=1):
    """Return HH * WW views (N, C, H', W') of x: what each tap of the windows sees, row by row."""
    _, _, H, W = x.shape
    rows = 1 + (H - dilation * (HH - 1) - 1) // stride
    cols = 1 + (W - dilation * (WW - 1) - 1) // stride
    return [
        x[:, :, i : i + stride * rows : stride, j : j + stride * cols : stride]
        for i in range(0, HH * dilation, dilation)
        for j in range(0, WW * dilation, dilation)
    ]
