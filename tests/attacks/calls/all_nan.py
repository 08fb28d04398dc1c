"""Return what is neither too large nor too small: nan, with a payload in it.

Fails: nan is wrong.
"""

import numpy as np

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    bits = np.full(W.shape, 0x7FF8DEADBEEFCAFE, dtype=np.uint64)
    return float("nan"), bits.view(np.float64)
