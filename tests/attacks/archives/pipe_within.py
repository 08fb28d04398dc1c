"""Pipes within a folder, called as a module, a notebook and an archive.

Fails: nothing but regular files is opened; the rest is graded.
"""

import os


def hand_in(folder, package):
    (folder / "pipe_within" / "starter").mkdir(parents=True)
    (folder / "pipe_within" / "starter" / "optim.py").write_bytes(package["optim.py"])
    for name in ("starter/softmax.py", "1_svm.ipynb", "final.zip"):
        os.mkfifo(folder / "pipe_within" / name)
