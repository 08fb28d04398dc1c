"""Layers as pairs of functions: forward computes, backward hands the gradient on.

A forward returns (out, cache). The cache holds whatever its backward needs, in whatever form;
nobody else looks into it. `dx` stands for the gradient of the loss with respect to `x`.

All layers can be imported from here, wherever they are written.
"""

import numpy as np

from .activations import (
    leaky_relu_backward,
    leaky_relu_forward,
    sigmoid_backward,
    sigmoid_forward,
    tanh_backward,
    tanh_forward,
)
from .convolution import conv_backward_naive, conv_forward_naive
from .dropout import dropout_backward, dropout_forward
from .given.arguments import as_labels
from .im2col import col2im, conv_backward_im2col, conv_forward_im2col, im2col
from .normalization import (
    batchnorm_backward,
    batchnorm_backward_alt,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
)
from .pooling import (
    avg_pool_backward_naive,
    avg_pool_forward_naive,
    max_pool_backward_naive,
    max_pool_forward_naive,
)


def affine_forward(x, w, b):
    """Return x w + b, where each example is first laid out flat.

    x: (N, d_1, ..., d_k) a batch of N examples, D = d_1 * ... * d_k numbers each.
    w: (D, M) weights, b: (M,) biases.
    Returns (out, cache), out (N, M).
    """
    # TODO: Lay every example out as a row, and map all rows at once. Leave x as it came:
    # backward will want to know its shape.
    raise NotImplementedError("affine_forward is yours to write")


def affine_backward(dout, cache, needs_dx=True):
    """Return the gradients of an affine layer.

    With out_nm = sum_d x_nd w_dm + b_m, entry x_nd acts on out_nm by w_dm, w_dm by x_nd and
    b_m by 1; each gradient sums dout times that over the indices it does not have itself.

    dout: (N, M) gradient of the loss with respect to out; cache: from affine_forward.
    needs_dx: False where x is the data, whose gradient nobody asks for: dx may be None then.
    Returns dx (N, d_1, ..., d_k), dw (D, M), db (M,).
    """
    # TODO: Write each of the three sums as a matrix product or a sum over an axis. Let the
    # shapes guide you: dx is shaped like x, dw like w, db like b.
    raise NotImplementedError("affine_backward is yours to write")


def relu_forward(x):
    """Return max(0, x), entry by entry.

    x: an array of any shape. Returns (out, cache), out shaped like x.
    """
    # TODO: Let positive numbers pass and turn the others into 0, in a new array.
    raise NotImplementedError("relu_forward is yours to write")


def relu_backward(dout, cache):
    """Return the gradient of a ReLU: dout where the input was positive, 0 elsewhere.

    dout: gradient of the loss with respect to out; cache: from relu_forward.
    Returns dx, shaped like dout.
    """
    # TODO: Stop the gradient wherever forward stopped the number.
    raise NotImplementedError("relu_backward is yours to write")


def svm_loss(x, y):
    """Return the mean multiclass hinge loss of scores, and its gradient.

    Example i costs sum over j != y[i] of max(0, x_ij - x_{i,y[i]} + 1).

    x: (N, C) scores, one row per example.
    y: (N,) integers in [0, C), the right class of each row.
    Returns (loss, dx): a number, and an array shaped like x.
    """
    # TODO: Compute all margins at once; the right class has none. Each violated margin
    # pushes its own score down and the right class's score up.
    raise NotImplementedError("svm_loss is yours to write")


def softmax_loss(x, y):
    """Return the mean cross-entropy of softmax(x), and its gradient.

    Example i costs -log p_{y[i]}, where p_j = exp(x_ij) / sum_k exp(x_ik); so
    log p_j = x_ij - log sum_k exp(x_ik), and the cost's gradient is p minus the one-hot row.

    x: (N, C) scores, one row per example.
    y: (N,) integers in [0, C), the right class of each row; or the same as one-hot rows (N, C).
    Returns (loss, dx): a number, in nats, and an array shaped like x.
    """
    y = as_labels(y)
    # TODO: Work with log-probabilities, and shift each row of scores by its own maximum
    # first, so that exp cannot overflow and log never meets 0. The loss is a mean.
    raise NotImplementedError("softmax_loss is yours to write")
