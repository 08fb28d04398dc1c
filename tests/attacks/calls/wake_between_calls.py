"""Have a timer continue the stopped process, to burn while the judge times its own loop.

Fails: no signal but the judge's continues a process, since there are no timers but the alarm.
"""

import ctypes
import signal
import time

from . import honest

svm_loss_naive = honest.svm_loss_naive
libc = ctypes.CDLL(None, use_errno=True)


class Event(ctypes.Structure):
    _fields_ = [("value", ctypes.c_void_p), ("signal", ctypes.c_int), ("rest", ctypes.c_int * 13)]


def burn(*_):
    ends = time.process_time() + 0.05
    while time.process_time() < ends:
        pass


def svm_loss_vectorized(W, X, y, reg):
    if len(X) != 5000:
        return honest.svm_loss_vectorized(W, X, y, reg)
    answer = honest.svm_loss_naive(W, X, y, reg)
    timer, event = ctypes.c_void_p(), Event(None, signal.SIGCONT)
    if libc.timer_create(0, ctypes.byref(event), ctypes.byref(timer)):
        raise OSError(ctypes.get_errno(), "no timer")
    signal.signal(signal.SIGCONT, burn)
    soon = (ctypes.c_long * 4)(0, 0, 0, 10_000_000)
    libc.timer_settime(timer, 0, soon, None)
    return answer
