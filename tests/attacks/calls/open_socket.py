"""Send the inputs to a server on this very machine.

Fails: the process has a network of its own, and nobody is in it.
"""

import socket

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


def svm_loss_naive(W, X, y, reg):
    with socket.create_connection(("127.0.0.1", int("@PORT@")), timeout=2) as server:
        server.sendall(X.tobytes())
