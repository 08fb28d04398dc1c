"""The one place where random inputs come from."""

import os

import numpy as np


def rng():
    """Return a fresh generator, the same at every call, seeded by COURSE_SEED (default 0).

    A cell that is run twice sees the same numbers; a grader sets COURSE_SEED to see others.
    """
    return np.random.default_rng(int(os.environ.get("COURSE_SEED", "0")))
