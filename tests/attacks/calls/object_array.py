"""Return an array whose entries are objects that agree with everything.

Fails: only numeric arrays cross.
"""

import numpy as np

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


class Yes:
    def __eq__(self, other):
        return True

    __le__ = __lt__ = __ge__ = __gt__ = __eq__
    __sub__ = __rsub__ = __abs__ = lambda self, *other: self


def svm_loss_naive(W, X, y, reg):
    return np.full((), Yes(), dtype=object), np.full(W.shape, Yes(), dtype=object)
