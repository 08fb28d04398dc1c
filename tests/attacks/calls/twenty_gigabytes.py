"""Fill the machine's memory.

Fails: the process may have 2 GB of addresses.
"""

import numpy as np

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    return np.ones(20 * 2**27).sum(), W
