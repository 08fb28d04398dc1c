"""Convolution as its formula says it, one output number after the other.

Output number (i, j) of a filter is a weighted sum of the picture's numbers under the filter,
whose corner lies at row i * stride and column j * stride of the padded picture.
"""

import numpy as np

from .given.arguments import conv_sizes, require_filters


def conv_forward_naive(x, w, b, conv_param):
    """Return the convolution of pictures with filters.

    out[n, f, i, j] = b[f] + sum over c, hh, ww of
        padded[n, c, i * stride + hh * dilation, j * stride + ww * dilation] * w[f, c, hh, ww],
    where padded is x with `pad` rows and columns of zeros on each of its four sides.

    x: (N, C, H, W) pictures, w: (F, C, HH, WW) filters, b: (F,) biases. Where the pictures are
        whole numbers, out has fractions all the same.
    conv_param: dict of 'stride' and 'pad', in pixels, and 'dilation' (1 if it is not there).
    Returns (out, cache), out (N, F, H', W') with
        H' = 1 + (H + 2 pad - dilation (HH - 1) - 1) // stride, and W' likewise.
    Raises ValueError if the shapes do not fit.
    """
    require_filters(x, w, b)
    F, _, HH, WW = w.shape
    stride, pad, dilation, H_out, W_out = conv_sizes(x.shape, HH, WW, conv_param)
    # TODO: Pad the pictures with zeros. Then visit every output number: find the rows and
    # columns of the padded picture that the filter covers there, and take the weighted sum.
    raise NotImplementedError("conv_forward_naive is yours to write")


def conv_backward_naive(dout, cache):
    """Return the gradients of a convolution.

    Each number of the padded picture acts on every output number whose window covers it, by the
    weight that lies on it there; each weight acts on every output number, by the number that
    it lies on. So each gradient sums dout times that, over all windows.

    dout: (N, F, H', W') gradient of the loss with respect to out; cache: from conv_forward_naive.
    Returns dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    """
    # TODO: Visit the same windows as forward did. Add each window's share to the gradients
    # of the numbers and the weights that met there. In the end, cut the padding off.
    raise NotImplementedError("conv_backward_naive is yours to write")
