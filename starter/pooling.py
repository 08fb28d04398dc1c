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
    # TODO: Visit every output number, and take the maximum of its window.
    raise NotImplementedError("max_pool_forward_naive is yours to write")


def max_pool_backward_naive(dout, cache):
    """Return the gradient of max pooling.

    The largest number of a window is passed on, so it alone acts on the output, by 1. Of equal
    ones, one is taken to be the largest, so that each window hands on its gradient once.

    dout: (N, C, H', W') gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W).
    """
    # TODO: Visit the same windows as forward did. Find where the maximum lies, and add the
    # window's gradient there: windows may overlap.
    raise NotImplementedError("max_pool_backward_naive is yours to write")


def avg_pool_forward_naive(x, pool_param):
    """Return the mean of every window, channel by channel.

    x: (N, C, H, W) pictures. Where they are whole numbers, out has fractions all the same.
    pool_param: dict of 'pool_height', 'pool_width' and 'stride', in pixels.
    Returns (out, cache), out (N, C, H', W'), windows as in max_pool_forward_naive.
    Raises ValueError if a window is larger than the picture.
    """
    height, width, stride, H_out, W_out = pool_sizes(x.shape, pool_param)
    # TODO: Visit every output number, and take the mean of its window.
    raise NotImplementedError("avg_pool_forward_naive is yours to write")


def avg_pool_backward_naive(dout, cache):
    """Return the gradient of average pooling.

    dout: (N, C, H', W') gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W).
    """
    # TODO: Visit the same windows as forward did. By how much does each number of a window
    # act on the mean? Add its share of the window's gradient.
    raise NotImplementedError("avg_pool_backward_naive is yours to write")
