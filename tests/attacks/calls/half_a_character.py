"""Raise an error whose text no kernel can send, so that no error is seen.

Fails: text is made valid before it reaches the kernel.
"""

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    raise ValueError("\ud800")
