"""Answer nothing, and leave traps for the calls to come: tracing, patched modules, a timer.

Fails: a call that ends in a process which an earlier call broke is asked again of a new one.
"""

import atexit
import json
import os
import signal
import struct
import sys
import time

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def spring(*_):
    json.dumps = json.loads = lambda *args, **kwargs: {}
    struct.pack = sys.stdout = sys.stderr = None
    os.getpid = lambda: 0


def svm_loss_naive(W, X, y, reg):
    atexit.register(time.sleep, 1000)
    signal.signal(signal.SIGALRM, spring)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
