"""Layers whose input is large, done in shares, which threads do side by side.

What students write stays plain: a layer is called for each share as it would be for the whole. How
many shares there are depends on the input alone, not on the cores, so that sums do not either.
"""

from dataclasses import dataclass
from functools import wraps

import numpy as np

from .fast.threads import STRIPS, evenly, in_parallel

LARGE = 2**21
"""Bytes of an input from which on shares pay: a smaller one is done before a thread wakes up."""


@dataclass(frozen=True)
class Caches:
    """The shares of an input, slices along an axis, and the cache of each."""

    parts: list
    caches: tuple


def forward_by_examples(forward):
    """Decorate forward(x, ...), which treats each example by itself: two halves of the batch.

    Not more, since the gradient of weights is as large for each share as for all.
    """

    @wraps(forward)
    def run(x, *args):
        if x.nbytes < LARGE or len(x) < 2:
            return forward(x, *args)
        parts = evenly(len(x), 2)
        each = in_parallel(lambda part: forward(x[part], *args), parts)
        outs, caches = zip(*each, strict=True)
        return np.concatenate(outs), Caches(parts, caches)

    return run


def backward_by_examples(backward):
    """Decorate its backward(dout, cache) -> dx, ...: gradients of what all share add up."""

    @wraps(backward)
    def run(dout, cache):
        if not isinstance(cache, Caches):
            return backward(dout, cache)
        pieces = list(zip(cache.parts, cache.caches, strict=True))
        each = in_parallel(lambda piece: backward(dout[piece[0]], piece[1]), pieces)
        dxs, *grads = zip(*each, strict=True)
        return np.concatenate(dxs), *map(sum, grads)

    return run


def forward_by_channels(forward):
    """Decorate forward(x, gamma, beta, bn_param), which treats each channel by itself."""

    @wraps(forward)
    def run(x, gamma, beta, bn_param):
        if x.nbytes < LARGE or x.shape[1] < STRIPS:
            return forward(x, gamma, beta, bn_param)
        parts = evenly(x.shape[1], STRIPS)
        params = [{name: of(value, part) for name, value in bn_param.items()} for part in parts]

        def work(k):
            return forward(x[:, parts[k]], gamma[parts[k]], beta[parts[k]], params[k])

        outs, caches = zip(*in_parallel(work, range(STRIPS)), strict=True)
        bn_param.update({name: together([p[name] for p in params]) for name in params[0]})
        return channels(outs), Caches(parts, caches)

    return run


def backward_by_channels(backward):
    """Decorate its backward(dout, cache) -> dx, dgamma, dbeta."""

    @wraps(backward)
    def run(dout, cache):
        if not isinstance(cache, Caches):
            return backward(dout, cache)
        pieces = list(zip(cache.parts, cache.caches, strict=True))
        each = in_parallel(lambda piece: backward(dout[:, piece[0]], piece[1]), pieces)
        dxs, *grads = zip(*each, strict=True)
        return channels(dxs), *map(np.concatenate, grads)

    return run


def of(value, part):
    """Return a share of a setting: of one that has a number for each channel, else the whole."""
    return value[part] if np.ndim(value) else value


def together(values):
    """Undo `of`: put the shares of a setting together."""
    return np.concatenate(values) if np.ndim(values[0]) else values[0]


def channels(shares):
    """Put shares (N, some channels, H, W) together; the pixels of a channel stay together."""
    return np.concatenate([share.swapaxes(0, 1) for share in shares]).swapaxes(0, 1)
