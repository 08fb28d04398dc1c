"""Send the inputs by one of a pair of sockets, which needs no call of `socket`, to who listens.

Fails: the kernel is told to refuse the call.
"""

import socket

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    mine, _ = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    mine.sendto(X.tobytes(), "\0course-letters")
    return 0.0, 0 * W
