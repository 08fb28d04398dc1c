"""Random numbers that are the same on every machine and with every version of NumPy.

NumPy promises this for the raw bits of a generator, not for what Generator makes of them.
"""

import math

import numpy as np


def new_bits(*seeds):
    """Return a generator of random bits, the same for the same whole numbers `seeds`."""
    return np.random.PCG64(np.random.SeedSequence(seeds))


def uniform(bits, low, high, *shape):
    """Return float32 between low and high, in steps of (high - low) / 2**24."""
    return low + _bits24(bits, shape).astype(np.float32) * np.float32((high - low) / 2**24)


def integers(bits, stop, *shape):
    """Return int64 in [0, stop), for a stop far below 2**24."""
    return _bits24(bits, shape).astype(np.int64) * stop >> 24


def chance(bits, probability, *shape):
    """Return booleans, each True with the given probability."""
    return _bits24(bits, shape) < probability * 2**24


def noise(bits, *shape):
    """Return float32 of mean 0 and standard deviation 1, each the sum of two random bytes."""
    count = math.prod(shape)
    raw = bits.random_raw(-(-count // 4)).astype("<u8").view(np.uint8)
    pair = raw.reshape(2, -1)[:, :count].astype(np.float32)
    return ((pair[0] + pair[1] - 255) * (1 / 104.5)).reshape(shape)


def _bits24(bits, shape):
    return bits.random_raw(math.prod(shape)).reshape(shape) >> np.uint64(40)
