"""Look for what others handed in, in every folder that runs or workers use, while they are graded.

Fails: a process sees its own package alone.
"""

import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized
PLACES = ("/tmp", "/var/tmp", "/dev/shm", "@LOCAL@", "/box", "/proc")
OWN = os.path.dirname(os.path.dirname(__file__))


def svm_loss_naive(W, X, y, reg):
    seen = []
    for place in PLACES:
        for folder, _, names in os.walk(place):
            for name in names:
                path = os.path.join(folder, name)
                if name.endswith(".py") and "/starter/" in path and not path.startswith(OWN):
                    seen.append(path)
    raise LookupError(f"seen: {seen[:3]}")
