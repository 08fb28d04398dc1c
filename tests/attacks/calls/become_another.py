"""Become another program, which keeps the pipes and never ends.

Fails: the judge ends the process, whatever program it runs.
"""

import os
import sys

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    for fd in range(3, 64):
        try:
            os.set_inheritable(fd, True)
        except OSError:
            continue
    os.execv(sys.executable, [sys.executable, "-c", "while True: pass"])
