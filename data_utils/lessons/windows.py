"""Sums over windows by their formulas; convolutions, columns and pooling are compared with them.

Pictures x are (N, C, H, W), filters w (F, C, HH, WW) and biases b (F,), all float64; param is a
conv_param or a pool_param as in layers. Everything but max pooling is linear, so gradients are
exact: each is what a single 1, at each place in turn, would give.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def windows(x, HH, WW, stride, dilation=1):
    """Return all windows of pictures, as an array (N, C, H', W', HH, WW)."""
    reach = dilation * (HH - 1) + 1, dilation * (WW - 1) + 1
    seen = sliding_window_view(x, reach, axis=(2, 3))
    return seen[:, :, ::stride, ::stride, ::dilation, ::dilation]


def padded(x, pad, **how):
    """Return pictures with `pad` rows and columns on each side, or (before, after) of them."""
    before, after = pad if isinstance(pad, tuple) else (pad, pad)
    if how:
        return np.pad(x, [(0, 0), (0, 0), *[(before, after)] * 2], **how)
    H, W = x.shape[2:]
    wide = np.zeros((*x.shape[:2], before + H + after, before + W + after))
    wide[:, :, before : before + H, before : before + W] = x  # np.pad takes many times as long
    return wide


def convolve(x, w, b, param):
    """Return every filter at every place of every picture, (N, F, H', W')."""
    HH, WW = w.shape[2:]
    seen = windows(padded(x, param["pad"]), HH, WW, param["stride"], param.get("dilation", 1))
    return np.einsum("ncijhw,fchw->nfij", seen, w) + b[:, None, None]


def pull_back(f, x, dout):
    """Return the slopes of sum(f(x) * dout), for a linear f that takes each of several x alone."""
    ones = np.eye(x[0].size).reshape(-1, *x.shape[1:])
    given = f(ones)
    return (dout.reshape(len(x), -1) @ given.reshape(len(ones), -1).T).reshape(x.shape)


def conv_slopes(x, w, dout, param):
    """Return the slopes of sum(out * dout) along x, w and b."""
    dx = pull_back(lambda x: convolve(x, w, np.zeros(len(w)), param), x, dout)
    # Each filter acts by itself, as each picture does: here they take the pictures' place.
    by_filter = turned_round(dout)
    dw = pull_back(lambda w: turned_round(convolve(x, w, np.zeros(len(w)), param)), w, by_filter)
    return dx, dw, np.einsum("nfij->f", dout)


def turned_round(array):
    """Return an array with its first two axes exchanged."""
    return array.swapaxes(0, 1)


def columns(x, HH, WW, param):
    """Return im2col by its meaning: row r is the output of a filter with a single 1, at place r."""
    size = x.shape[1] * HH * WW
    ones = np.eye(size).reshape(size, x.shape[1], HH, WW)
    return turned_round(convolve(x, ones, np.zeros(size), param)).reshape(size, -1)


def column_slopes(x, cols, HH, WW, param):
    """Return the slopes of sum(columns(x) * cols) along x."""
    ones = np.eye(len(cols)).reshape(-1, x.shape[1], HH, WW)
    dout = turned_round(cols.reshape(len(cols), len(x), -1))
    return pull_back(lambda x: convolve(x, ones, np.zeros(len(ones)), param), x, dout)


def pool_windows(x, param):
    """Return the windows that pooling looks at, (N, C, H', W', height, width)."""
    return windows(x, param["pool_height"], param["pool_width"], param["stride"])


def pooled(x, param, of=np.max):
    """Return one number for every window of every channel: its largest, or another `of` it."""
    return of(pool_windows(x, param), axis=(-2, -1))


def mean_slopes(x, dout, param):
    """Return the slopes of sum(means * dout) along x."""
    return pull_back(lambda x: pooled(x, param, np.mean), x, dout)


def max_slopes(x, dout, param):
    """Return the slopes of sum(largest * dout) along x, where no two numbers are equal."""
    largest = pool_windows(x, param) == pooled(x, param)[..., None, None]
    return add_up(x, largest * dout[..., None, None], param)


def add_up(x, given, param):
    """Return the sum that each number of x gets from all windows that hold it."""
    return pull_back(lambda x: pool_windows(x, param), x, given)
