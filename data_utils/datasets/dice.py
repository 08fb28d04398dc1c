"""Random numbers that are the same on every machine and with every version of NumPy.

NumPy promises that for the raw bits of a generator, not for what Generator makes of them.
"""
import math

import numpy as np


def new_dice(*seeds):
    """Return a stream of random bits for some whole numbers."""
    return np.random.PCG64(np.random.SeedSequence(seeds))


def uniform(dice, low, high, *shape):
    """Return float32 between low and high, in multiples of (high - low) / 2**24."""
    bits = dice.random_raw(math.prod(shape)).reshape(shape) >> np.uint64(40)
    return np.float32(low) + bits.astype(np.float32) * np.float32((high - low) / 2**24)


def integers(dice, stop, *shape):
    """Return int64 in [0, stop), for a stop far below 2**24."""
    bits = dice.random_raw(math.prod(shape)).reshape(shape) >> np.uint64(40)
    return (bits * np.uint64(stop) >> np.uint64(24)).astype(np.int64)


def chance(dice, probability, *shape):
    """Return booleans that are True with a probability."""
    return uniform(dice, 0, 1, *shape) < np.float32(probability)


def noise(dice, *shape):
    """Return float32 of mean 0 and standard deviation 1: two bytes a number, a triangle."""
    raw = dice.random_raw(-(-math.prod(shape) // 4)).astype("<u8").view(np.uint8)
    pair = raw.reshape(2, -1)[:, : math.prod(shape)].astype(np.float32)
    return ((pair[0] + pair[1] - 255) * np.float32(1 / 104.5)).reshape(shape)
