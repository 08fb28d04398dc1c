"""Look at a terabyte beyond an array, where others' memory might lie.

Fails: there is nothing beyond but the process's own memory, and it may have 2 GB.
"""

import numpy as np

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    beyond = np.lib.stride_tricks.as_strided(X, shape=(2**37,), strides=(-8,))
    return float(beyond.sum()), W
