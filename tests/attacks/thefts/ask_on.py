"""Ask for what is not given, be refused, and go on asking.

Fails: after one question that is not allowed the reference answers none in that check.
"""

import contextlib
import sys


class TwoLayerNet:
    def __init__(self, *sizes, **options):
        self.params = {}

    def loss(self, X, y=None):
        frame = sys._getframe()
        while "server" not in frame.f_locals:
            frame = frame.f_back
        ask, answered = frame.f_locals["server"].ask, []
        for name in ("svm_loss", "relu_forward.__globals__", "__builtins__", "relu_forward"):
            with contextlib.suppress(ValueError):
                answered.append(ask("call", "layers", name, args=(X,), kwargs={}) and name)
        raise LookupError(f"taken: {answered}" if answered else "nothing is answered")
