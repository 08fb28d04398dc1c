"""Layers that often follow one another, as one."""

from .layers import affine_backward, affine_forward, relu_backward, relu_forward


def affine_relu_forward(x, w, b):
    """Return relu(x w + b).

    x: (N, d_1, ..., d_k) examples, w: (D, M) weights, b: (M,) biases.
    Returns (out, cache), out (N, M).
    """
    a, affine_cache = affine_forward(x, w, b)
    out, relu_cache = relu_forward(a)
    return out, (affine_cache, relu_cache)


def affine_relu_backward(dout, cache):
    """Return the gradients of affine_relu_forward.

    dout: (N, M) gradient of the loss with respect to out; cache: from affine_relu_forward.
    Returns dx (N, d_1, ..., d_k), dw (D, M), db (M,).
    """
    affine_cache, relu_cache = cache
    da = relu_backward(dout, relu_cache)
    return affine_backward(da, affine_cache)
