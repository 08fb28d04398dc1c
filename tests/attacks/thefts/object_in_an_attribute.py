"""As object_numbers, through an attribute of a layer that is given as an object.

Fails: what is written into an attribute is looked at like any argument.
"""

import numpy as np

from . import modules


class ModularTwoLayerNet:
    def __init__(self, *sizes, **options):
        self.params = {}

    def predict(self, x):
        layer = modules.Affine(np.ones((1, 1)), np.ones(1))
        layer.w = [[2**70]]
        out = layer.forward(np.ones((1, 1)))
        if isinstance(out, np.ndarray):
            raise LookupError("nothing but numbers came back")
        raise LookupError(f"taken: {out.ctypes.data} {out.tobytes().hex()}")

    loss = accuracy = gradient = numerical_gradient = predict
