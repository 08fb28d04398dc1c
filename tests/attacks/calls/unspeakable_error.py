"""Raise an error whose name is no text and whose text never ends.

Fails: what cannot be told of an error ends the call like any other crash.
"""

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


class Meta(type):
    __name__ = property(lambda self: 7)


class Unspeakable(Exception, metaclass=Meta):
    def __str__(self):
        return "x" * 2**62


def svm_loss_naive(W, X, y, reg):
    raise Unspeakable
