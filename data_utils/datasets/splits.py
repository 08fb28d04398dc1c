"""Cut labelled pictures into a training, a validation and a test part."""

import numpy as np


def make_splits(
    train_and_val, test, num_training, num_validation, num_test, subtract_mean, class_names=()
):
    """Return a dict of X_train, y_train, X_val, y_val, X_test, y_test and class_names.

    X is float32, y int64.
    train_and_val, test: pairs of pictures (N, C, H, W) uint8 and labels (N,).
    subtract_mean: whether to subtract the mean picture of the training part from all pictures.
    Raises ValueError if there are fewer pictures than asked for.
    """
    _check_room("num_training + num_validation", (num_training, num_validation), train_and_val)
    _check_room("num_test", (num_test,), test)
    parts = {
        "train": _cut(train_and_val, 0, num_training),
        "val": _cut(train_and_val, num_training, num_training + num_validation),
        "test": _cut(test, 0, num_test),
    }
    mean = _mean_picture(parts["train"][0]) if subtract_mean else np.float32(0)
    data = {"class_names": class_names}
    for part, (pictures, labels) in parts.items():
        data[f"X_{part}"] = pictures - mean
        data[f"y_{part}"] = labels.copy()
    return data


def _cut(pair, start, stop):
    pictures, labels = pair
    return pictures[start:stop], labels[start:stop]


def _mean_picture(pictures):
    # Sums of whole numbers: the same to the last bit on every machine.
    return (pictures.sum(axis=0, dtype=np.int64) / len(pictures)).astype(np.float32)


def _check_room(name, counts, pair):
    there = len(pair[0])
    if min(counts) < 0 or (len(counts) == 2 and counts[0] < 1):
        raise ValueError(
            f"{name} = {_sum(counts)}: expected at least one picture to train on, "
            "and no negative number"
        )
    if sum(counts) > there:
        raise ValueError(
            f"{name} = {_sum(counts)}, but there are only {there} pictures: ask for fewer"
        )


def _sum(counts):
    return " + ".join(str(count) for count in counts)
