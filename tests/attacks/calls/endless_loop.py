"""Never return.

Fails: the judge ends the process when the call's time is up.
"""

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    while True:
        pass
