"""Layers, forward and backward, beside PyTorch's and what their products or their memory take."""

import numpy as np

from benchmarks.table.contest import Contest, moving
from benchmarks.table.convolution import (
    POOLS,
    SHAPES,
    here,
    pool_here,
    pool_there,
    problem,
    products,
    there,
    torch,
)
from solutions.fast_layers import conv_backward_fast, conv_forward_fast
from solutions.layers import (
    batchnorm_backward_alt,
    batchnorm_forward,
    softmax_loss,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
)

AIMS = {"float32": 1.0, "float64": 0.7}
"""The most that a convolution may take, in PyTorch's times."""
NORMS = ((200, 500), (128, 16, 32, 32))
SCORES = ((100, 10), (5000, 100))


def contests():
    """Yield a Contest for each layer, shape and dtype."""
    for dtype, aim in AIMS.items():
        yield from (convolution(shape, dtype, aim) for shape in SHAPES)
        yield from (pool(shape, dtype) for shape in POOLS)
        yield from (batch_norm(shape, dtype) for shape in NORMS)
        yield from (softmax(shape, dtype) for shape in SCORES)


def convolution(shape, dtype, aim):
    """Return the Contest of a convolution, out, dx, dw and db."""
    inputs = problem(shape, dtype)
    ours = here(conv_forward_fast, conv_backward_fast, *inputs)
    name = f"conv {text_of(shape)} {dtype}"
    return Contest(name, ours, torch and there(*inputs), aim, products(*inputs))


def pool(shape, dtype):
    """Return the Contest of a max pool, which reads x twice, and out and dout once."""
    N, C, H, K, stride = shape
    x = np.maximum(0, np.random.default_rng(0).normal(size=(N, C, H, H))).astype(dtype)
    side = 1 + (H - K) // stride
    dout = np.ones((N, C, side, side), dtype)
    ours, peer = (run and run(x, dout, K, stride) for run in (pool_here, torch and pool_there))
    bound = moving(3 * x.nbytes + 3 * dout.nbytes)
    return Contest(f"max pool {text_of(shape)} {dtype}", ours, peer, 1.0, bound)


def batch_norm(shape, dtype):
    """Return the Contest of batch norm, which reads x twice and dout once, and writes out and dx.

    shape: of x, (N, D) or (N, C, H, W).
    """
    rng = np.random.default_rng(0)
    x, dout = rng.normal(size=(2, *shape)).astype(dtype)
    gamma, beta = np.ones((2, shape[1]), dtype)
    forward, backward = batchnorm_forward, batchnorm_backward_alt
    if len(shape) == 4:
        forward, backward = spatial_batchnorm_forward, spatial_batchnorm_backward

    def ours():
        return backward(dout, forward(x, gamma, beta, {"mode": "train"})[1])

    peer = torch and batch_norm_there(x, gamma, beta, dout)
    return Contest(f"batch norm {text_of(shape)} {dtype}", ours, peer, 1.0, moving(5 * x.nbytes))


def batch_norm_there(x, gamma, beta, dout):
    """Return a function that does the same in PyTorch."""
    leaves = [torch.from_numpy(array).requires_grad_() for array in (x, gamma, beta)]
    means, variances = torch.zeros(len(gamma)), torch.ones(len(gamma))
    means, variances, dout = means.to(leaves[0]), variances.to(leaves[0]), torch.from_numpy(dout)
    x, *both = leaves

    def run():
        out = torch.nn.functional.batch_norm(x, means, variances, *both, training=True)
        return torch.autograd.grad(out, leaves, dout)

    return run


def softmax(shape, dtype):
    """Return the Contest of the softmax loss and its gradient."""
    x = np.random.default_rng(0).normal(size=shape).astype(dtype)
    y = np.arange(shape[0]) % shape[1]
    peer = torch and softmax_there(x, y)
    name = f"softmax loss {text_of(shape)} {dtype}"
    return Contest(name, lambda: softmax_loss(x, y), peer, 1.0, moving(2 * x.nbytes))


def softmax_there(x, y):
    """Return a function that does the same in PyTorch."""
    x, y = torch.from_numpy(x).requires_grad_(), torch.from_numpy(y)
    return lambda: torch.autograd.grad(torch.nn.functional.cross_entropy(x, y), x)


def text_of(shape):
    """Return a shape as text: its numbers, with spaces between."""
    return " ".join(map(str, shape))
