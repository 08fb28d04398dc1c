"""Right classes, as integers or as one-hot rows."""

import numpy as np


def as_labels(y):
    """Return right classes as integers (N,), given so or as one-hot rows (N, C)."""
    y = np.asarray(y)
    return y.argmax(axis=1) if y.ndim == 2 else y
