"""Wait for everybody's disks with each printed line, by a flag of the write.

Fails: the kernel is told to refuse the call.
"""

import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    for _ in range(200):
        os.pwritev(2, [b"waited\n"], 0, os.RWF_SYNC)
    return 0.0, 0 * W
