"""Layers whose input is large, done in shares, which threads do side by side.

What students write stays plain: a layer is called for each share as it would be for the whole. How
many shares there are depends on the input alone, not on the cores, so that sums do not either.
"""

from dataclasses import dataclass
from functools import wraps

import numpy as np

from .fast.threads import evenly, in_parallel

LARGE = 2**21
"""Bytes of an input from which on shares pay: a smaller one is done before a thread wakes up."""


@dataclass(frozen=True)
class Caches:
    """The shares of a batch, slices of it, and the cache of each."""

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
    """Decorate its backward(dout, cache, ...) -> dx, ...: gradients of what all share add up."""

    @wraps(backward)
    def run(dout, cache, *args, **options):
        if not isinstance(cache, Caches):
            return backward(dout, cache, *args, **options)
        pieces = list(zip(cache.parts, cache.caches, strict=True))
        each = in_parallel(
            lambda piece: backward(dout[piece[0]], piece[1], *args, **options), pieces
        )
        dxs, *grads = zip(*each, strict=True)
        return None if dxs[0] is None else np.concatenate(dxs), *map(sum, grads)

    return run
