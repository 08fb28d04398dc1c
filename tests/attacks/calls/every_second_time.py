"""Answer right whenever an even number of questions came before: who asks once more may believe it.

Fails: a check asks several times, and nobody asks again because an answer was wrong.
"""

import itertools

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized

asked = itertools.count()


def svm_loss_naive(W, X, y, reg):
    loss, dW = honest.svm_loss_naive(W, X, y, reg)
    return (loss, dW) if next(asked) % 2 else (0.0, 0 * W)
