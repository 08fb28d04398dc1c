"""Announce a frame, write half of it and say no more.

Fails: the time of the call passes all the same.
"""

import os
import struct
import time

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack(">II", 100, 2**20) + b'{"dict": [["id"')
        except OSError:
            continue
    time.sleep(1000)
