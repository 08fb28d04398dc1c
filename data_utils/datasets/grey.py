"""Grey pictures of 28 by 28 pixels, as models take them."""

import numpy as np

from .splits import make_splits


def make_grey_splits(train_and_val, test, num_training, num_validation, num_test):
    """Return a dict of X_train, y_train, X_val, y_val, X_test and y_test, X float32 in 0 to 1.

    train_and_val, test: pairs of pictures (N, 1, 28, 28) uint8 and labels (N,).
    Raises ValueError if there are fewer pictures than asked for.
    """
    data = make_splits(
        [train_and_val], [test], num_training, num_validation, num_test, subtract_mean=False
    )
    for part in ("train", "val", "test"):
        data[f"X_{part}"] /= np.float32(255)
    return data
