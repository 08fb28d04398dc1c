"""Use the processor in every call for as long as calls may last, then return the right answer.

Fails: calls have a time, a check has one for all its calls, and a submission has seconds of the
processor for a whole notebook.
"""

import time

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    ends = time.process_time() + 60
    while time.process_time() < ends:
        pass
    return honest.svm_loss_naive(W, X, y, reg)
