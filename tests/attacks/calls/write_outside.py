"""Write wherever a file may be written.

Fails: everything but the small /tmp of this process is read-only, and /tmp is its own.
"""

import os

from . import honest

svm_loss_vectorized = honest.svm_loss_vectorized


PLACES = ("/", "/etc", "/usr/lib", "/dev", "/dev/shm", "/box", os.path.dirname(__file__), "/run")


def svm_loss_naive(W, X, y, reg):
    written = []
    for folder in (*PLACES, *CANARIES):
        try:
            os.makedirs(folder, exist_ok=True)
            with open(f"{folder}/attacked", "w") as stream:
                stream.write("attacked")
            written += [folder] * (not folder.startswith("/tmp"))
        except OSError:
            continue
    raise OSError(f"written: {written}")


CANARIES = ["@CANARY@"]
