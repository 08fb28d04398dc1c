"""Pooling: each channel's windows become one number each, their maximum or their mean."""

import numpy as np

from .given.arguments import pool_sizes


def max_pool_forward_naive(x, pool_param):
    """Return the maximum of every window, channel by channel.

    out[n, c, i, j] is the largest of the pool_height x pool_width numbers of x[n, c] whose
    corner lies at row i * stride and column j * stride.

    x: (N, C, H, W) pictures.
    pool_param: dict of 'pool_height', 'pool_width' and 'stride', in pixels.
    Returns (out, cache), out (N, C, H', W') with H' = 1 + (H - pool_height) // stride, and W'
        likewise: what lies beyond the last whole window is left out.
    Raises ValueError if a window is larger than the picture.
    """
    height, width, stride, H_out, W_out = pool_sizes(x.shape, pool_param)
    # SOLUTION: Visit every output number, and take the maximum of its window.
    out = np.empty((*x.shape[:2], H_out, W_out), x.dtype)
    for n, c, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        out[n, c, i, j] = x[n, c, top : top + height, left : left + width].max()
    return out, (x, pool_param)


def max_pool_backward_naive(dout, cache):
    """Return the gradient of max pooling.

    The largest number of a window is passed on, so it alone acts on the output, by 1. Of equal
    ones, one is taken to be the largest, so that each window hands on its gradient once.

    dout: (N, C, H', W') gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W).
    """
    # SOLUTION: Visit the same windows as forward did. Find where the maximum lies, and add the
    # window's gradient there: windows may overlap.
    x, pool_param = cache
    height, width, stride, _, _ = pool_sizes(x.shape, pool_param)
    dx = np.zeros(x.shape, dout.dtype)
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        window = x[n, c, top : top + height, left : left + width]
        row, column = np.unravel_index(window.argmax(), window.shape)
        dx[n, c, top + row, left + column] += dout[n, c, i, j]
    return dx


def avg_pool_forward_naive(x, pool_param):
    """Return the mean of every window, channel by channel.

    x: (N, C, H, W) pictures. Where they are whole numbers, out has fractions all the same.
    pool_param: dict of 'pool_height', 'pool_width' and 'stride', in pixels.
    Returns (out, cache), out (N, C, H', W'), windows as in max_pool_forward_naive.
    Raises ValueError if a window is larger than the picture.
    """
    height, width, stride, H_out, W_out = pool_sizes(x.shape, pool_param)
    # SOLUTION: Visit every output number, and take the mean of its window.
    out = np.empty((*x.shape[:2], H_out, W_out), np.result_type(x, 0.5))
    for n, c, i, j in np.ndindex(out.shape):
        top, left = i * stride, j * stride
        out[n, c, i, j] = x[n, c, top : top + height, left : left + width].mean()
    return out, (x.shape, pool_param)


def avg_pool_backward_naive(dout, cache):
    """Return the gradient of average pooling.

    dout: (N, C, H', W') gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W).
    """
    # SOLUTION: Visit the same windows as forward did. By how much does each number of a window
    # act on the mean? Add its share of the window's gradient.
    x_shape, pool_param = cache
    height, width, stride, _, _ = pool_sizes(x_shape, pool_param)
    dx = np.zeros(x_shape, dout.dtype)
    for n, c, i, j in np.ndindex(dout.shape):
        top, left = i * stride, j * stride
        dx[n, c, top : top + height, left : left + width] += dout[n, c, i, j] / (height * width)
    return dx
