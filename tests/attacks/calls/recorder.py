"""Print what memorised.py wants to know. No attack in itself."""

from . import honest
from .memorised import digest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    print("seen:", digest(W, X, y, reg))
    return honest.svm_loss_naive(W, X, y, reg)
