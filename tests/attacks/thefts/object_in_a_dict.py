"""As object_numbers, in the dict that batch norm keeps its running statistics in.

Fails: what is in a dict is looked at like any argument.
"""

import numpy as np

from .layers import batchnorm_forward


class FullyConnectedNet:
    def __init__(self, *sizes, **options):
        kept = {"mode": "train", "running_mean": [[2**70]], "running_var": [[2**70]]}
        batchnorm_forward(np.ones((2, 1)), np.ones(1), np.zeros(1), kept)
        mean = kept["running_mean"]
        if isinstance(mean, np.ndarray):
            raise LookupError("nothing but numbers came back")
        raise LookupError(f"taken: {mean.ctypes.data} {mean.tobytes().hex()}")
