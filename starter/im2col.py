"""Convolution as one matrix product: lay every window out as a column.

The filters, each laid out as a row, then meet all windows of all pictures at once. The source
is Chellapilla, Puri and Simard, "High performance convolutional neural networks for document
processing", 2006, section 3.
"""

import numpy as np

from .given.arguments import conv_sizes, require_filters


def im2col(x, HH, WW, conv_param):
    """Return all windows of pictures as the columns of a matrix.

    x: (N, C, H, W) pictures; HH, WW: height and width of a window, in pixels.
    conv_param: dict of 'stride' and 'pad', in pixels, and 'dilation' (1 if it is not there).
    Returns (C * HH * WW, N * H' * W'): rows in the order (c, hh, ww), columns in the order
        (n, i, j), so that row c * HH * WW + hh * WW + ww of column n * H' * W' + i * W' + j is
        padded[n, c, i * stride + hh * dilation, j * stride + ww * dilation].
    Raises ValueError if a window is larger than the padded picture.
    """
    N, C, _, _ = x.shape
    stride, pad, dilation, H_out, W_out = conv_sizes(x.shape, HH, WW, conv_param)
    # TODO: For each place (hh, ww) within a window, take what lies there in all windows at
    # once: a picture of the padded pictures, shifted, in steps of the stride. Fill it in.
    raise NotImplementedError("im2col is yours to write")


def col2im(cols, x_shape, HH, WW, conv_param):
    """Return pictures in which every window has been added to where it was taken from.

    im2col copies numbers, so it is linear, and col2im is its transpose: for any x and cols,
    sum(im2col(x) * cols) = sum(x * col2im(cols)). Where windows overlap, their numbers add up;
    what lies on the padding is dropped.

    cols: (C * HH * WW, N * H' * W') columns in the order of im2col; x_shape: (N, C, H, W).
    HH, WW, conv_param: as for im2col.
    Returns (N, C, H, W).
    """
    N, C, H, W = x_shape
    stride, pad, dilation, H_out, W_out = conv_sizes(x_shape, HH, WW, conv_param)
    # TODO: Walk as im2col does, and add where it copied. In the end, cut the padding off.
    raise NotImplementedError("col2im is yours to write")


def conv_forward_im2col(x, w, b, conv_param):
    """Return the convolution of pictures with filters, by one matrix product.

    x: (N, C, H, W) pictures, w: (F, C, HH, WW) filters, b: (F,) biases.
    conv_param: dict of 'stride' and 'pad', in pixels, and 'dilation' (1 if it is not there).
    Returns (out, cache), out (N, F, H', W'), as conv_forward_naive does.
    Raises ValueError if the shapes do not fit.
    """
    require_filters(x, w, b)
    F, _, HH, WW = w.shape
    _, _, _, H_out, W_out = conv_sizes(x.shape, HH, WW, conv_param)
    # TODO: Multiply the filters, as rows, with the windows, as columns. In which order do
    # the entries of the product come, and in which order are they wanted?
    raise NotImplementedError("conv_forward_im2col is yours to write")


def conv_backward_im2col(dout, cache):
    """Return the gradients of a convolution, by one matrix product each.

    dout: (N, F, H', W') gradient of the loss with respect to out; cache: from conv_forward_im2col.
    Returns dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    """
    # TODO: Bring dout into the order of forward's product. From there on this is an affine
    # layer, whose dx has still to go back from columns to pictures.
    raise NotImplementedError("conv_backward_im2col is yours to write")
