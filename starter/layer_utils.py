"""Layers that often follow one another, as one.

A layer is looked up when it is used: whoever has written only some of them can use those.
Affine layers do the two halves of a large batch side by side; see given/shared.py.
"""

from inspect import signature

from . import fast_layers, layers
from .given.shared import backward_by_examples, forward_by_examples


@forward_by_examples
def affine_relu_forward(x, w, b):
    """Return relu(x w + b).

    x: (N, d_1, ..., d_k) examples, w: (D, M) weights, b: (M,) biases.
    Returns (out, cache), out (N, M).
    """
    a, affine_cache = layers.affine_forward(x, w, b)
    out, relu_cache = layers.relu_forward(a)
    return out, (affine_cache, relu_cache)


@backward_by_examples
def affine_relu_backward(dout, cache, needs_dx=True):
    """Return the gradients of affine_relu_forward.

    dout: (N, M) gradient of the loss with respect to out; cache: from affine_relu_forward.
    needs_dx: False where x is the data, whose gradient nobody asks for: dx may be None then.
    Returns dx (N, d_1, ..., d_k), dw (D, M), db (M,).
    """
    affine_cache, relu_cache = cache
    da = layers.relu_backward(dout, relu_cache)
    # CS231n's affine_backward knows no needs_dx.
    if needs_dx or "needs_dx" not in signature(layers.affine_backward).parameters:
        return layers.affine_backward(da, affine_cache)
    return layers.affine_backward(da, affine_cache, needs_dx=False)


def conv_relu_forward(x, w, b, conv_param, pool_param=None):
    """Return relu(convolution of x with w, plus b), pooled if there is a pool_param.

    The largest of some numbers' ReLUs is the ReLU of the largest: pooling first leaves ReLU a
    quarter of the work.

    x: (N, C, H, W) pictures, w: (F, C, HH, WW) filters, b: (F,) biases.
    conv_param: dict of 'stride' and 'pad', in pixels.
    pool_param: dict of 'pool_height', 'pool_width' and 'stride', in pixels; None for no pooling.
    Returns (out, cache), out (N, F, H', W').
    """
    a, conv_cache = fast_layers.conv_forward_fast(x, w, b, conv_param)
    a, pool_cache = pool_forward(a, pool_param)
    out, relu_cache = layers.relu_forward(a)
    return out, (conv_cache, pool_cache, relu_cache)


def conv_relu_backward(dout, cache, needs_dx=True):
    """Return the gradients of conv_relu_forward.

    dout: (N, F, H', W') gradient of the loss with respect to out; cache: from conv_relu_forward.
    needs_dx: False where x is the data, whose gradient nobody asks for.
    Returns dx (N, C, H, W), or None if there is no need of it; dw (F, C, HH, WW), db (F,).
    """
    conv_cache, pool_cache, relu_cache = cache
    da = pool_backward(layers.relu_backward(dout, relu_cache), pool_cache)
    return fast_layers.conv_backward_fast(da, conv_cache, needs_dx)


def conv_relu_pool_forward(x, w, b, conv_param, pool_param):
    """Return the max pooling of relu(convolution).

    x (N, C, H, W), w, b, conv_param, pool_param: as in conv_relu_forward.
    Returns (out, cache), out (N, F, H'', W'').
    """
    return conv_relu_forward(x, w, b, conv_param, pool_param)


def conv_relu_pool_backward(dout, cache, needs_dx=True):
    """Return the gradients of conv_relu_pool_forward.

    dout: (N, F, H'', W'') gradient of the loss with respect to out; needs_dx: as in
    conv_relu_backward, and so is what comes back.
    """
    return conv_relu_backward(dout, cache, needs_dx)


def conv_bn_relu_forward(x, w, b, gamma, beta, conv_param, bn_param, pool_param=None):
    """Return relu(spatial batch norm of the convolution), pooled if there is a pool_param.

    x: (N, C, H, W) pictures, w: (F, C, HH, WW) filters, b: (F,) biases.
    gamma, beta: (F,) scale and shift.
    conv_param, pool_param: as in conv_relu_forward; bn_param: as in batchnorm_forward.
    Returns (out, cache), out (N, F, H', W').
    """
    a, conv_cache = fast_layers.conv_forward_fast(x, w, b, conv_param)
    a, bn_cache = layers.spatial_batchnorm_forward(a, gamma, beta, bn_param)
    a, pool_cache = pool_forward(a, pool_param)
    out, relu_cache = layers.relu_forward(a)
    return out, (conv_cache, bn_cache, pool_cache, relu_cache)


def conv_bn_relu_backward(dout, cache, needs_dx=True):
    """Return the gradients of conv_bn_relu_forward.

    dout: (N, F, H', W') gradient of the loss with respect to out; cache: from the forward.
    needs_dx: as in conv_relu_backward.
    Returns dx (N, C, H, W), or None if there is no need of it; dw (F, C, HH, WW), db (F,),
    dgamma (F,), dbeta (F,).
    """
    conv_cache, bn_cache, pool_cache, relu_cache = cache
    da = pool_backward(layers.relu_backward(dout, relu_cache), pool_cache)
    da, dgamma, dbeta = layers.spatial_batchnorm_backward(da, bn_cache)
    return *fast_layers.conv_backward_fast(da, conv_cache, needs_dx), dgamma, dbeta


def conv_bn_relu_pool_forward(x, w, b, gamma, beta, conv_param, bn_param, pool_param):
    """Return the max pooling of relu(spatial batch norm of the convolution).

    x (N, C, H, W), w, b, gamma, beta, conv_param, bn_param, pool_param: as in conv_bn_relu_forward.
    Returns (out, cache), out (N, F, H'', W'').
    """
    return conv_bn_relu_forward(x, w, b, gamma, beta, conv_param, bn_param, pool_param)


def conv_bn_relu_pool_backward(dout, cache, needs_dx=True):
    """Return the gradients of conv_bn_relu_pool_forward.

    dout: (N, F, H'', W'') gradient of the loss with respect to out; needs_dx: as in
    conv_relu_backward. What comes back is that of conv_bn_relu_backward.
    """
    return conv_bn_relu_backward(dout, cache, needs_dx)


def pool_forward(x, pool_param):
    """Return (out, cache) of max pooling of x (N, C, H, W); without a pool_param out is x."""
    return fast_layers.max_pool_forward_fast(x, pool_param) if pool_param else (x, None)


def pool_backward(dout, cache):
    """Return the gradient (N, C, H, W) of pool_forward; dout is shaped like its out."""
    return fast_layers.max_pool_backward_fast(dout, cache) if cache else dout


def affine_norm_relu_dropout_forward(
    x, w, b, gamma, beta, normalization, norm_param, dropout_param
):
    """Return dropout(relu(norm(x w + b))).

    x: (N, d_1, ..., d_k) examples, w: (D, M) weights, b: (M,) biases.
    gamma, beta: (M,) scale and shift; norm_param: settings of the normalisation.
    normalization: 'batchnorm', 'layernorm', or None for none: gamma, beta, norm_param are unused.
    dropout_param: as in dropout_forward; with p = 1 there is no dropout.
    Returns (out, cache), out (N, M).
    """
    a, affine_cache = layers.affine_forward(x, w, b)
    norm_cache = dropout_cache = None
    if normalization == "batchnorm":
        a, norm_cache = layers.batchnorm_forward(a, gamma, beta, norm_param)
    elif normalization == "layernorm":
        a, norm_cache = layers.layernorm_forward(a, gamma, beta, norm_param)
    out, relu_cache = layers.relu_forward(a)
    if dropout_param["p"] < 1:
        out, dropout_cache = layers.dropout_forward(out, dropout_param)
    return out, (normalization, affine_cache, norm_cache, relu_cache, dropout_cache)


def affine_norm_relu_dropout_backward(dout, cache):
    """Return the gradients of affine_norm_relu_dropout_forward.

    dout: (N, M) gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, d_1, ..., d_k), dw (D, M), db (M,), dgamma (M,), dbeta (M,); the last two are
    None without normalisation.
    """
    normalization, affine_cache, norm_cache, relu_cache, dropout_cache = cache
    dgamma = dbeta = None
    if dropout_cache is not None:
        dout = layers.dropout_backward(dout, dropout_cache)
    da = layers.relu_backward(dout, relu_cache)
    if normalization == "batchnorm":
        da, dgamma, dbeta = layers.batchnorm_backward(da, norm_cache)
    elif normalization == "layernorm":
        da, dgamma, dbeta = layers.layernorm_backward(da, norm_cache)
    return *layers.affine_backward(da, affine_cache), dgamma, dbeta
