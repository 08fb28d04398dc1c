"""Fill the disk with prints, past Python's own streams.

Fails: a file may grow to 16 MB, and the feedback shows the beginning.
"""

import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    print("the first line")
    for _ in range(1000):
        os.write(2, b"<script>" * 2**17)
