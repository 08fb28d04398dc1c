"""What each gain is worth by itself: the course's way beside the way before it.

docs/why-is-this-fast.md tells the story. Here the peer is what one would write first.
"""

from functools import partial
from unittest import mock

import numpy as np

from benchmarks.table.contest import Contest
from benchmarks.table.convolution import SHAPES, here, problem, whole
from solutions import fast_layers
from solutions.convolution import conv_forward_naive
from solutions.fast_layers import conv_backward_fast, conv_forward_fast
from solutions.given.fast import threads
from solutions.im2col import conv_forward_im2col
from solutions.layers import affine_backward
from solutions.linear_svm import svm_loss_naive, svm_loss_vectorized

SMALL, SEVEN, THREE = (1, 3, 16, 8, 3, 1, 1), SHAPES[1], SHAPES[2]
"""Shapes of convolutions: a few pixels, 7x7 filters on pictures, 3x3 filters on many channels."""


def contests():
    """Yield a Contest for each gain."""
    rng = np.random.default_rng(0)
    W, X, y = rng.normal(size=(3073, 10)), rng.normal(size=(200, 3073)), np.arange(200) % 10
    losses = (partial(loss, W, X, y, 0.1) for loss in (svm_loss_vectorized, svm_loss_naive))
    yield Contest("lesson: all examples at once", *losses)
    x, w, b, conv_param, _ = problem(SMALL, "float64")
    convs = (
        partial(conv, x, w, b, conv_param) for conv in (conv_forward_im2col, conv_forward_naive)
    )
    yield Contest("lesson: one matrix product, not loops", *convs)
    yield Contest("lesson: long runs of memory", *copies(rng))
    inputs, doubled = problem(SEVEN, "float32"), problem(SEVEN, "float64")
    yield Contest("lesson: blocks that stay in cache", fast(inputs), lambda: whole(*inputs))
    yield Contest("lesson: float32, not float64", fast(inputs), fast(doubled))
    yield Contest("lesson: all cores, not one", fast(inputs), alone(fast(inputs)))
    yield Contest("lesson: half the multiplications", fast(inputs), by_columns(fast(inputs)))
    inputs = problem(THREE, "float32")
    yield Contest("lesson: a quarter of them", fast(inputs), by_columns(fast(inputs)))
    yield Contest("lesson: no gradient that nobody asks for", *without_dx(rng))


def fast(inputs):
    """Return a function that convolves forward and backward, the fast way."""
    return here(conv_forward_fast, conv_backward_fast, *inputs)


def alone(run):
    """Return a function that does the same on one thread."""
    return mock.patch.object(threads, "THREADS", 1)(run)


def by_columns(run):
    """Return a function that does the same with all the multiplications."""
    never = {"tiles_pay": lambda *args: False, "slices_pay": lambda *args: False}
    return mock.patch.multiple(fast_layers, **never)(run)


def copies(rng):
    """Return two functions that copy as many numbers: rows, and every 16th number of a row."""
    x, out = rng.normal(size=(2048, 16 * 256)), np.empty((2048, 256))
    return partial(np.copyto, out, x[:, :256]), partial(np.copyto, out, x[:, ::16])


def without_dx(rng):
    """Return two functions: the gradients of a first layer, without dX and with it."""
    X, w, dout = (rng.normal(size=size) for size in ((200, 3072), (3072, 200), (200, 200)))
    return lambda: (X.T @ dout, dout.sum(axis=0)), lambda: affine_backward(dout, (X, w))
