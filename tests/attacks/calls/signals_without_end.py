"""Queue signals to itself until its user, who may be the instructor, can queue none.

Fails: the process may have 64 of them.
"""

import ctypes
import os
import signal

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


libc = ctypes.CDLL(None, use_errno=True)


def svm_loss_naive(W, X, y, reg):
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
    for number in range(10_000):
        if libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), None) < 0:
            raise OSError(f"no more than a hundred: {number < 100}")
    return 0.0, 0 * W
