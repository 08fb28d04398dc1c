"""Return one number where an array is expected, which NumPy would stretch to fit.

Fails: the shape is compared before the values.
"""

import numpy as np

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    loss, dW = honest.svm_loss_naive(W, X, y, reg)
    return np.full((1, 1), loss), dW.mean(keepdims=True)
