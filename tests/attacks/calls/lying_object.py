"""Return objects whose methods lie about their type, value, length and text.

Fails: of an object that is no data, the judge gets a name and never calls a method.
"""

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


class Liar:
    shape, dtype, ndim, size = (5, 4), float, 2, 20
    __class__ = float

    def __getattr__(self, name):
        return self

    def __array__(self, *args, **kwargs):
        raise SystemExit

    def __repr__(self):
        return "passed" * 10**9

    def __call__(self, *args, **kwargs):
        return self

    __float__ = __abs__ = __len__ = __iter__ = __bool__ = __call__


def svm_loss_naive(W, X, y, reg):
    return Liar(), Liar()
