"""Describe its own error: HTML as the name of a file, a function and a kind; a link.

Fails: what a process says of an error is text, on every page.
"""

import sys

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized

SCRIPT = "<script>alert(1)</script>"


def svm_loss_naive(W, X, y, reg):
    frame = sys._getframe()
    while "server" not in frame.f_locals:
        frame = frame.f_back
    frames = [[SCRIPT, 1, SCRIPT, "[look](javascript:alert(1)) <img src=x onerror=alert(1)>"]]
    said = {"kind": SCRIPT, "message": f"{SCRIPT} painted", "frames": frames}
    frame.f_locals["server"].describe = lambda error: said
    raise ValueError
