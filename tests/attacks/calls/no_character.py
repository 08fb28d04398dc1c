"""Raise an error whose text has what neither XML nor a page can hold.

Fails: each report leaves out what it cannot hold.
"""

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    raise ValueError("\uffff\ufffe\x00\x1b]0;owned\x07\u202edessap\ud800]]>")
