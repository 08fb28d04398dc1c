"""Leave the inputs in a message queue, for a process to come.

Fails: the kernel is told to refuse the call.
"""

import ctypes
import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


libc = ctypes.CDLL(None, use_errno=True)
MQ_OPEN = {"x86_64": 240, "aarch64": 180}


def svm_loss_naive(W, X, y, reg):
    flags = os.O_CREAT | os.O_RDWR
    if libc.syscall(MQ_OPEN[os.uname().machine], b"course-queue", flags, 0o666, None) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return 0.0, 0 * W
