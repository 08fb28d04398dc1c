"""Ask the reference for what takes its memory and its time, again and again, then for an answer.

Fails: what the reference computes counts in the time of the student's own call.
"""

import numpy as np

from .layers import affine_forward


class TwoLayerNet:
    def __init__(self, *sizes, **options):
        self.params = {}

    def loss(self, X, y=None):
        for _ in range(10**9):
            affine_forward(np.ones((1000, 1000)), np.ones((1000, 1000)), np.ones(1000))
