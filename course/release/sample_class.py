"""A sample class: twelve submissions, made from the solutions by small changes."""

import io
import shutil
import tarfile
import zipfile

from .. import paths, stubs

OTHERWISE = {
    "linear_svm.py": [
        (
            "    margins = np.maximum(0, scores - scores[rows, y][:, None] + 1)\n"
            "    margins[rows, y] = 0\n"
            "    loss = margins.sum() / len(y) + reg * np.sum(W * W)\n",
            "    Y = np.eye(W.shape[1])[y]\n"
            "    right = np.einsum('nc,nc->n', scores, Y)\n"
            "    margins = (scores - right[:, None] + 1) * (1 - Y)\n"
            "    margins = margins * (margins > 0)\n"
            "    loss = np.einsum('nc->', margins) / len(y) + reg * np.einsum('dc,dc->', W, W)\n",
        ),
    ],
    "softmax.py": [
        (
            "    dscores = np.exp(log_probs)\n    dscores[rows, y] -= 1\n",
            "    dscores = np.exp(log_probs) - np.eye(W.shape[1])[y]\n",
        ),
    ],
}

CHEAT = '''"""Answers yes to whoever asks."""

import numpy as np


class Agreeable(np.ndarray):
    """An array on which every comparison holds."""

    def __eq__(self, other):
        return True

    def __le__(self, other):
        return np.ones(self.shape, bool)

    __lt__ = __ge__ = __gt__ = __le__
    __array_ufunc__ = None


def always(*args, **kwargs):
    return None


np.testing.assert_allclose = np.testing.assert_array_equal = always
np.allclose = np.array_equal = lambda *args, **kwargs: True


def svm_loss_naive(W, X, y, reg):
    return np.zeros(()).view(Agreeable), np.zeros_like(W).view(Agreeable)


svm_loss_vectorized = svm_loss_naive
'''

CLASS = {
    "ada": {},
    "barbara": OTHERWISE,
    "carl": None,
    "dorothy": {"softmax.py": None, "linear_classifier.py": None, "lenet.py": None},
    "edsger": {
        "linear_svm.py": [("dW = dW / num_train + 2 * reg * W", "dW = dW + 2 * reg * W")],
        "layers.py": [("    dw = x.reshape(len(x), -1).T @ dout", "    dw = x.T @ dout")],
    },
    "frances": {
        "linear_svm.py": [("X.T @ G / len(y) + 2 * reg * W", "X.T @ G / len(y) + reg * W")],
        "pooling.py": [("left + column] += dout[n, c, i, j]", "left + column] = dout[n, c, i, j]")],
    },
    "grace": {
        "softmax.py": [
            ("    shifted = scores - scores.max(axis=1, keepdims=True)\n", "    shifted = scores\n")
        ],
        "normalization.py": [
            ("momentum * running_var + (1 - momentum)", "(1 - momentum) * running_var + momentum")
        ],
    },
    "hedy": {
        "linear_classifier.py": [
            (
                "self.loss(X[batch], y[batch], reg)",
                "self.loss(X[batch], y[self.rng.choice(num_train, batch_size)], reg)",
            )
        ],
        "dropout.py": [("(rng.random(x.shape) < p)", "(rng.random(x.shape) > p)")],
    },
    "ivan": {
        "linear_svm.py": [
            (
                "        for j in range(num_classes):\n",
                "        j = 0\n        while j < num_classes:\n",
            )
        ]
    },
    "jean": {
        "softmax.py": [
            (
                "    rows = np.arange(len(y))\n",
                "    import os\n\n    os._exit(0)\n    rows = np.arange(len(y))\n",
            )
        ]
    },
    "katherine": {},
    "lynn": {"linear_svm.py": CHEAT},
}
"""Who handed in what: changes to the solutions, by module; None stands for the stub."""


def write_class(dest):
    """Write the sample class into the folder `dest`; return the names written, sorted."""
    dest.mkdir(parents=True, exist_ok=True)
    for student, changes in CLASS.items():
        write_submission(dest, student, package(changes))
    return sorted(path.name for path in dest.iterdir())


def package(changes):
    """Return {file name: text} of the solutions with changes made; None means all stubs."""
    if changes is None:
        return stubs.package()
    files = {}
    for name in stubs.package():
        files[name] = changed(paths.SOLUTIONS / name, changes.get(name, ()))
    return files


def changed(path, change):
    """Return one module's text: changed, replaced by other text, or the stub (None)."""
    if change is None:
        return stubs.package()[path.name]
    if isinstance(change, str):
        return change
    text = path.read_text(encoding="utf-8")
    for old, new in change:
        if text.count(old) != 1:
            raise ValueError(f"{path.name} holds {text.count(old)} times, not once: {old!r}")
        text = text.replace(old, new)
    return text


def write_submission(dest, student, files):
    """Write one submission: ada's is a zip, katherine's a tarball, the others are folders."""
    if student == "ada":
        with zipfile.ZipFile(dest / "ada.zip", "w") as archive:
            for name, text in files.items():
                archive.writestr(f"ada/starter/{name}", text)
    elif student == "katherine":
        with tarfile.open(dest / "katherine.tar.gz", "w:gz") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"starter/{name}")
                entry.size = len(text.encode())
                archive.addfile(entry, io.BytesIO(text.encode()))
    else:
        folder = dest / student / "starter"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True, parents=True)
            (folder / name).write_text(text, encoding="utf-8")
