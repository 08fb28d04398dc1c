"""Return 15 MB of text, which a message would show to the end.

Fails: a message shows the beginning.
"""

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    return "passed " * 2**21, "passed"
