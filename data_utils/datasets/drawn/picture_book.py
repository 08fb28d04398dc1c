"""The picture book: ten kinds of things, drawn as 32 by 32 colour pictures, without a download."""

import numpy as np

from ..splits import make_splits
from .brush import SIZE
from .drawing import draw_class
from .figures import FIGURES
from .portable_random import new_bits, uniform

PICTURE_BOOK_CLASSES = tuple(figure.__name__ for figure in FIGURES)
PAGE = 500  # pictures drawn at once; another number makes another book


def load_picture_book(num=12000, seed=0):
    """Draw the first pictures of an endless book.

    The same seed gives the same bytes on every machine, and a longer book begins like a shorter
    one. Ten pictures in a row, from the first on, show ten classes in any order.

    Returns pictures (num, 3, 32, 32) uint8 and labels (num,) int64, which index
    PICTURE_BOOK_CLASSES.
    Raises ValueError if num is not at least 1.
    """
    if num < 1:
        raise ValueError(f"num = {num}: expected at least 1 picture")
    pages = [_draw_page(new_bits(seed, page)) for page in range(-(-num // PAGE))]
    pictures, labels = zip(*pages, strict=True)
    return np.concatenate(pictures)[:num], np.concatenate(labels)[:num]


def get_picture_book_data(
    num_training=10000, num_validation=1000, num_test=1000, subtract_mean=True
):
    """Return the picture book as a dict of X_train, y_train, X_val, y_val, X_test and y_test.

    The pictures are (N, 3, 32, 32) float32 in 0 to 255, minus the mean training picture unless
    subtract_mean=False; the labels are int64 in [0, 10). The test pictures come first in the book,
    so they are the same for any num_training.
    """
    X, y = load_picture_book(num_test + num_training + num_validation)
    test, rest = (X[:num_test], y[:num_test]), (X[num_test:], y[num_test:])
    counts = num_training, num_validation, num_test
    return make_splits([rest], [test], *counts, subtract_mean, PICTURE_BOOK_CLASSES)


def _draw_page(bits):
    """Return PAGE pictures, as many of each class, and their labels."""
    labels = uniform(bits, 0, 1, PAGE // 10, 10).argsort(axis=1, kind="stable").ravel()
    pictures = np.empty((PAGE, 3, SIZE, SIZE), np.uint8)
    for label, figure in enumerate(FIGURES):
        pictures[labels == label] = draw_class(bits, figure, PAGE // 10)
    return pictures, labels
