"""Ask the judge for the reference's answer in a check that gives nothing.

Fails: the judge answers questions only where a heading gives something, and only about that.
"""

import sys

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    frame = sys._getframe()
    while "server" not in frame.f_locals:
        frame = frame.f_back
    ask = frame.f_locals["server"].ask
    answer = ask("call", "linear_svm", "svm_loss_naive", args=(W, X, y, reg), kwargs={})
    return answer["value"]
