"""Set an alarm that rings after the call, again and again, and spin whenever it does.

Fails: between calls the process is stopped, and what rings in a call costs that call.
"""

import signal

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def spin(*_):
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    while True:
        pass


def svm_loss_naive(W, X, y, reg):
    signal.signal(signal.SIGALRM, spin)
    signal.setitimer(signal.ITIMER_REAL, 0.01)
    return 0.0, 0 * W
