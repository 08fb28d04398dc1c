"""MNIST, handwritten digits, and Fashion-MNIST, clothes: 70,000 grey pictures, 28 by 28, each.

Yann LeCun, Corinna Cortes, Christopher Burges, http://yann.lecun.com/exdb/mnist/
Han Xiao, Kashif Rasul, Roland Vollgraf, "Fashion-MNIST", 2017, https://arxiv.org/abs/1708.07747
"""

from pathlib import Path

import numpy as np

from .files.cache import Source, fetch
from .files.idx import load_idx
from .splits import make_grey_splits

FASHION_MNIST_CLASSES = (
    "T-shirt", "trousers", "pullover", "dress", "coat",
    "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip
MD5 = {
    "mnist": {
        "train-images-idx3-ubyte": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
        "train-labels-idx1-ubyte": "d53e105ee54ea40749a09fcbcd1e9432",
        "t10k-images-idx3-ubyte": "9fb629c4189551a2d022fa330f9573f3",
        "t10k-labels-idx1-ubyte": "ec29112dd5afa0611ce80d1b7f02629c",
    },
    "fashion-mnist": {
        "train-images-idx3-ubyte": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
        "train-labels-idx1-ubyte": "25c81989df183df01b3e8a0aad5dffbe",
        "t10k-images-idx3-ubyte": "bef4ecab320f06d8554ea6380940ec79",
        "t10k-labels-idx1-ubyte": "bb300cfdad3c16e7a12a480ee83cd310",
    },
}
ADDRESS = "https://ossci-datasets.s3.amazonaws.com/mnist/"
FASHION_ADDRESS = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"
FASHION_MIRROR = (
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"
)

MNIST = tuple(
    Source(f"{ADDRESS}{name}.gz", md5, folder="mnist", stand_in="get_drawn_digits_data()")
    for name, md5 in MD5["mnist"].items()
)
FASHION_MNIST = tuple(
    Source(
        f"{FASHION_ADDRESS}{name}.gz",
        md5,
        mirror=f"{FASHION_MIRROR}{name}.gz",
        folder="fashion-mnist",
        stand_in="get_drawn_letters_data()",
    )
    for name, md5 in MD5["fashion-mnist"].items()
)


def load_mnist(root=None):
    """Read the IDX files of MNIST.

    root: the folder of the four files, packed (.gz) or not; None downloads them once (12 MB).
    Returns X_train (60000, 1, 28, 28) uint8, with one channel so that convolutions take it, y_train
    (60000,) int64 in [0, 10), X_test and y_test (10000 each).
    Raises FileNotFoundError if a file is missing, ValueError if one is not what it should be,
    OSError if one cannot be downloaded.
    """
    return _load_both(_fetch_all(MNIST) if root is None else root)


def load_fashion_mnist(root=None):
    """Read the IDX files of Fashion-MNIST as load_mnist reads those of MNIST (31 MB).

    The labels index FASHION_MNIST_CLASSES.
    """
    return _load_both(_fetch_all(FASHION_MNIST) if root is None else root)


def load_mnist_part(root, part):
    """Read only the training or only the test files of MNIST or Fashion-MNIST.

    root: the folder of the files; part: "train" or "t10k", how their names begin.
    Returns pictures (N, 1, 28, 28) uint8 and labels (N,) int64 in [0, 10).
    Raises FileNotFoundError if one is missing, ValueError if one is not what it should be.
    """
    pictures_path = _find(root, f"{part}-images-idx3-ubyte")
    labels_path = _find(root, f"{part}-labels-idx1-ubyte")
    pictures, labels = load_idx(pictures_path), load_idx(labels_path)
    _check_pictures(pictures, pictures_path)
    _check_labels(labels, labels_path)
    if len(pictures) != len(labels):
        raise ValueError(
            f"{pictures_path} holds {len(pictures)} pictures, but {labels_path.name} "
            f"{len(labels)} labels, expected as many. Are they from the same data set?"
        )
    return pictures[:, None], labels.astype(np.int64)


def get_mnist_data(num_training=59000, num_validation=1000, num_test=10000, root=None):
    """Return MNIST as a dict of X_train, y_train, X_val, y_val, X_test and y_test.

    The pictures are (N, 1, 28, 28) float32 in 0 to 1; the labels are int64 in [0, 10).

    root: where the files are (see load_mnist); None downloads them once.
    Raises ValueError if there are fewer pictures than asked for.
    """
    return _get_data(load_mnist(root), num_training, num_validation, num_test)


def get_fashion_mnist_data(num_training=59000, num_validation=1000, num_test=10000, root=None):
    """Return Fashion-MNIST as get_mnist_data returns MNIST."""
    return _get_data(load_fashion_mnist(root), num_training, num_validation, num_test)


def _get_data(arrays, num_training, num_validation, num_test):
    X_train, y_train, X_test, y_test = arrays
    train_and_val, test = (X_train, y_train), (X_test, y_test)
    return make_grey_splits(train_and_val, test, num_training, num_validation, num_test)


def _fetch_all(sources):
    """Return the folder of the downloaded files."""
    return [fetch(source) for source in sources][0].parent


def _load_both(root):
    return *load_mnist_part(root, "train"), *load_mnist_part(root, "t10k")


def _find(root, name):
    root = Path(root).expanduser()
    for path in (root / f"{name}.gz", root / name):
        if path.is_file():
            return path
    raise FileNotFoundError(
        f"{root / name}.gz is not there, nor is it without .gz. Expected the folder of the IDX "
        "files; load_mnist_part reads only the training or only the test files."
    )


def _check_pictures(pictures, path):
    if pictures.shape[1:] != (28, 28):
        raise ValueError(
            f"{path} is {pictures.shape}, expected pictures (N, 28, 28). Is it another data set, "
            "or are pictures and labels swapped?"
        )


def _check_labels(labels, path):
    if labels.ndim != 1:
        raise ValueError(
            f"{path} is {labels.shape}, expected labels (N,). Are pictures and labels swapped?"
        )
    wrong = np.flatnonzero(labels > 9)
    if len(wrong):
        raise ValueError(
            f"{path}: label {wrong[0]} of {len(labels)} is {labels[wrong[0]]}, expected 0 to 9. "
            "Is it another data set?"
        )
