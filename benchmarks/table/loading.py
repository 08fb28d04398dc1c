"""Loading CIFAR-10, 60,000 pictures, beside CS231n's way written anew: seconds and memory.

The archive is one of noise, in the format of the original: no download, and the same work.
"""

import pickle
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.table.contest import Contest, Row
from benchmarks.table.convolution import peak_megabytes
from data_utils.datasets import get_CIFAR10_data
from tests.helpers.tiny_cifar10 import FILES, FOLDER, python2_batch

EACH = 10_000
AIMS = {"seconds": 1 / 3, "megabytes": 1 / 4}


@contextmanager
def archive(each=EACH):
    """Write an archive of noise with so many pictures a file; its folder is there for a while."""
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / FOLDER
        folder.mkdir()
        for number, name in enumerate(FILES):
            noise = np.random.default_rng(number).integers(256, size=(each, 3072), dtype=np.uint8)
            (folder / name).write_bytes(python2_batch(noise, np.arange(each) % 10))
        yield folder


def contests():
    """Yield the Contest in seconds."""
    with archive() as folder:
        yield Contest(
            "loading CIFAR-10", lambda: ours(folder), lambda: theirs(folder), AIMS["seconds"]
        )


def memory(name, clock):
    """Return the Row of the contest in megabytes."""
    with archive() as folder:
        most = [peak_megabytes(partial(way, folder)) for way in (ours, theirs)]
    return Row(name, *most, AIMS["megabytes"], unit="MB")


ROWS = {"memory to load CIFAR-10": memory}


def ours(folder, each=EACH):
    """Load as the notebooks do: float32, 49/60 of the pictures to train on."""
    return get_CIFAR10_data(5 * each - each // 10, each // 10, each // 10, root=folder)


def theirs(folder, each=EACH):
    """Load as the notebooks of CS231n do: the pictures as float64, channels last, and copied."""
    parts = [batch(folder / name) for name in FILES[:-1]]
    X = np.concatenate([pictures for pictures, _ in parts])
    y = np.concatenate([labels for _, labels in parts])
    X_test, y_test = batch(folder / FILES[-1])
    del parts

    tenth = each // 10
    training, rest = range(len(X) - tenth), range(len(X) - tenth, len(X))
    X_val, y_val = X[rest], y[rest]
    X_train, y_train = X[training], y[training]
    del X, y
    X_test, y_test = X_test[range(tenth)], y_test[range(tenth)]
    mean = np.mean(X_train, axis=0)
    X_train -= mean
    X_val -= mean
    X_test -= mean
    X_train = X_train.transpose(0, 3, 1, 2).copy()
    X_val = X_val.transpose(0, 3, 1, 2).copy()
    X_test = X_test.transpose(0, 3, 1, 2).copy()
    return X_train, y_train, X_val, y_val, X_test, y_test


def batch(path):
    """Return the pictures (n, 32, 32, 3) float64 and the labels (n,) of a file."""
    with open(path, "rb") as file:
        held = pickle.load(file, encoding="latin1")
    pictures = held["data"].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1).astype(float)
    return pictures, np.array(held["labels"])
