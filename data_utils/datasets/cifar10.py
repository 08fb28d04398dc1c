"""CIFAR-10: 60,000 colour photographs of ten kinds of things, 32 by 32 pixels.

Alex Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009,
https://www.cs.toronto.edu/~kriz/cifar.html
"""

from itertools import islice

import numpy as np

from .files.archive import open_files
from .files.cache import Source, fetch
from .files.unpickle import read_pickle
from .splits import make_splits

CIFAR10 = Source(
    url="https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz",
    md5="c58f30108f718f92721af3b95e74349a",
)
CIFAR10_CLASSES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
TRAIN_FILES = tuple(f"data_batch_{i}" for i in range(1, 6))
TEST_FILES = ("test_batch",)


def load_CIFAR10(root):
    """Read the original Python archive of CIFAR-10.

    root: the folder cifar-10-batches-py, the folder above it, or cifar-10-python.tar.gz itself.
    Returns X_train (N, 3, 32, 32) uint8, y_train (N,) int64 in [0, 10), X_test and y_test.
    Raises FileNotFoundError if a file is missing, ValueError if one is not what it should be; the
    files are pickles, and a pickle that asks to run code is refused.
    """
    batches = read_batches(root)
    return *_join(islice(batches, len(TRAIN_FILES))), *_join(batches)


def get_CIFAR10_data(
    num_training=49000, num_validation=1000, num_test=1000, subtract_mean=True, root=None
):
    """Return CIFAR-10 as a dict of X_train, y_train, X_val, y_val, X_test and y_test.

    The pictures are (N, 3, 32, 32) float32 in 0 to 255, minus the mean training picture unless
    subtract_mean=False; the labels are int64 in [0, 10).

    root: where the archive is (see load_CIFAR10); None downloads it once (170 MB).
    Raises ValueError if there are fewer pictures than asked for.
    """
    root = fetch(CIFAR10) if root is None else root
    batches = read_batches(root)
    train_and_val = islice(batches, len(TRAIN_FILES))
    counts = num_training, num_validation, num_test
    return make_splits(train_and_val, batches, *counts, subtract_mean, CIFAR10_CLASSES)


def read_batches(root):
    """Yield the pictures (n, 3, 32, 32) and the labels (n,) of each file, when asked for it."""
    for name, file in open_files(root, "cifar-10-batches-py", TRAIN_FILES + TEST_FILES):
        yield _read_batch(file, f"{root}: {name}")


def _join(batches):
    pictures, labels = zip(*batches, strict=True)
    return np.concatenate(pictures), np.concatenate(labels)


def _read_batch(file, filename):
    """Return the pictures and the labels of one pickled batch."""
    batch = read_pickle(file, filename)
    if not isinstance(batch, dict) or not {"data", "labels"} <= batch.keys():
        raise ValueError(f"{filename} is not a batch of CIFAR-10: it has no 'data' and 'labels'")
    return _check_pictures(batch["data"], filename), _check_labels(batch, filename)


def _check_pictures(data, filename):
    if not isinstance(data, np.ndarray) or data.shape[1] != 3 * 32 * 32:
        got = getattr(data, "shape", type(data).__name__)
        raise ValueError(f"{filename}: 'data' is {got}, expected uint8 of shape (n, 3072)")
    return data.reshape(-1, 3, 32, 32)


def _check_labels(batch, filename):
    labels, n = batch["labels"], len(batch["data"])
    if not isinstance(labels, list) or len(labels) != n:
        got = len(labels) if isinstance(labels, list) else type(labels).__name__
        raise ValueError(f"{filename}: {got} labels for {n} pictures, expected a list of {n}")
    wrong = [i for i, label in enumerate(labels) if type(label) is not int or not 0 <= label <= 9]
    if wrong:
        raise ValueError(f"{filename}: label {wrong[0]} of {n} is not an integer from 0 to 9")
    return np.array(labels, dtype=np.int64)
