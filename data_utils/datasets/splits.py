"""Cut labelled pictures into a training, a validation and a test part."""

import numpy as np


def make_splits(
    train_and_val, test, num_training, num_validation, num_test, subtract_mean, class_names=()
):
    """Return a dict of X_train, y_train, X_val, y_val, X_test, y_test and class_names.

    X is float32, y int64.
    train_and_val, test: parts that follow one another, each a pair of pictures (n, C, H, W)
        uint8 and labels (n,); they may be read from files as they are asked for.
    subtract_mean: whether to subtract the mean picture of the training part from all pictures.
    Raises ValueError if there are fewer pictures than asked for.
    """
    X, y = _gather("num_training + num_validation", (num_training, num_validation), train_and_val)
    X_test, y_test = _gather("num_test", (num_test,), test)
    if subtract_mean:
        mean = _mean_picture(X[:num_training])
        X -= mean
        X_test -= mean
    return {
        "X_train": X[:num_training],
        "y_train": y[:num_training],
        "X_val": X[num_training:],
        "y_val": y[num_training:],
        "X_test": X_test,
        "y_test": y_test,
        "class_names": class_names,
    }


def _gather(name, counts, parts):
    """Return the first sum(counts) pictures of the parts, as float32, and their labels.

    A part is let go before the next is read: two of them are never in memory.
    """
    _check_counts(name, counts)
    X, y, there = None, np.empty(sum(counts), np.int64), 0
    for pictures, labels in parts:
        if X is None:
            X = np.empty((len(y), *pictures.shape[1:]), np.float32)
        left = max(0, len(y) - there)
        X[there : there + len(pictures)] = pictures[:left]
        y[there : there + len(labels)] = labels[:left]
        there += len(pictures)
        del pictures
    if there < len(y):
        raise ValueError(
            f"{name} = {_sum(counts)}, but there are only {there} pictures: ask for fewer"
        )
    return X, y


def _mean_picture(pictures):
    # Sums of whole numbers in float64: the same to the last bit on every machine.
    return (pictures.sum(axis=0, dtype=np.float64) / len(pictures)).astype(np.float32)


def _check_counts(name, counts):
    if min(counts) < 0 or (len(counts) == 2 and counts[0] < 1):
        raise ValueError(
            f"{name} = {_sum(counts)}: expected at least one picture to train on, "
            "and no negative number"
        )


def _sum(counts):
    return " + ".join(str(count) for count in counts)


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
