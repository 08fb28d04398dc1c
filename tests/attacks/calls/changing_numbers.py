"""Return numbers that are others each time they are read, and arrays that are none.

Fails: a number is read once, where it lives, and crosses as a plain one.
"""

import numpy as np

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


class Changing(float):
    reads = 0

    def __float__(self):
        Changing.reads += 1
        return 2.64 * (Changing.reads % 2)

    __array__ = __index__ = __float__


class Function(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    def __reduce__(self):
        return print, ("passed",)


def svm_loss_naive(W, X, y, reg):
    return Changing(), memoryview(np.zeros_like(W).view(Function))
