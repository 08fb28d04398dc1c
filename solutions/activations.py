"""Activations beside ReLU: functions of one number, applied entry by entry."""

import numpy as np


def leaky_relu_forward(x, slope=0.1):
    """Return x where it is positive and slope * x elsewhere.

    x: an array of any shape. Returns (out, cache), out shaped like x.
    """
    # SOLUTION: Let positive numbers pass, and a small share of the others.
    return np.where(x > 0, x, slope * x), (x, slope)


def leaky_relu_backward(dout, cache):
    """Return the gradient of a leaky ReLU: dout where the input was positive, less elsewhere.

    dout: gradient of the loss with respect to out; cache: from leaky_relu_forward.
    Returns dx, shaped like dout.
    """
    # SOLUTION: Multiply the gradient by the slope that the function has at the input.
    x, slope = cache
    return np.where(x > 0, dout, slope * dout)


def sigmoid_forward(x):
    """Return 1 / (1 + exp(-x)), entry by entry, without overflow however large x is.

    x: an array of any shape.
    Returns (out, cache), out shaped like x. Raises FloatingPointError where exp overflows.
    """
    with np.errstate(over="raise"):  # NumPy would only warn
        # SOLUTION: Multiply numerator and denominator by exp(x) where x is negative: exp is then
        # never asked for more than 1.
        z = np.exp(-np.abs(x))
        out = np.where(x >= 0, 1, z) / (1 + z)
        return out, out


def sigmoid_backward(dout, cache):
    """Return the gradient of a sigmoid, whose slope can be told from its output alone.

    dout: gradient of the loss with respect to out; cache: from sigmoid_forward.
    Returns dx, shaped like dout.
    """
    # SOLUTION: Differentiate 1 / (1 + exp(-x)), and write the slope in terms of the output.
    out = cache
    return dout * out * (1 - out)


def tanh_forward(x):
    """Return tanh(x) = 2 sigmoid(2 x) - 1, entry by entry.

    x: an array of any shape. Returns (out, cache), out shaped like x.
    """
    # SOLUTION: Find the function that NumPy has for this, and keep what backward needs.
    out = np.tanh(x)
    return out, out


def tanh_backward(dout, cache):
    """Return the gradient of tanh, whose slope can be told from its output alone.

    dout: gradient of the loss with respect to out; cache: from tanh_forward.
    Returns dx, shaped like dout.
    """
    # SOLUTION: Differentiate tanh, and write the slope in terms of the output.
    out = cache
    return dout * (1 - out**2)
