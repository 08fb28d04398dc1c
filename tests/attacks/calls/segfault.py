"""Crash the interpreter.

Fails: the interpreter that crashes is the student's.
"""

import ctypes

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    ctypes.string_at(0)
