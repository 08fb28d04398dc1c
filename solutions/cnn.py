"""Convolutional networks, as a dictionary of parameters and a loss."""

import numpy as np

from .layer_utils import (
    affine_relu_backward,
    affine_relu_forward,
    conv_relu_pool_backward,
    conv_relu_pool_forward,
)
from .layers import affine_backward, affine_forward, softmax_loss


class ThreeLayerConvNet:
    """conv - ReLU - 2x2 max pool - affine - ReLU - affine - softmax.

    params: dict of W1 (F, C, HH, WW), b1 (F,), W2 (F * H/2 * W/2, hidden), b2 (hidden,),
        W3 (hidden, classes), b3 (classes,), arrays of `dtype`.
    reg: regularisation strength; the loss holds 0.5 * reg * sum(W * W) for each W, and no b.
    """

    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=32,
        filter_size=7,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
        seed=None,
    ):
        """Draw the first parameters.

        input_dim: (C, H, W) of a picture.
        num_filters, filter_size: F, and the height and width of each filter, odd, in pixels:
            the padding is such that the convolution keeps the pictures' size.
        hidden_dim, num_classes: units of the two affine layers.
        weight_scale: standard deviation of the first weights.
        dtype: of parameters and arithmetic; np.float64 for a numeric gradient.
        seed: seeds the net's own generator.
        """
        self.reg = reg
        self.dtype = np.dtype(dtype)
        rng = np.random.default_rng(seed)
        C, H, W = input_dim
        # SOLUTION: Let self.params hold normally distributed weights of the given scale, drawn
        # with rng, and biases of 0; all in self.dtype. How many numbers does the pooling leave?
        shapes = {
            "W1": (num_filters, C, filter_size, filter_size),
            "W2": (num_filters * (H // 2) * (W // 2), hidden_dim),
            "W3": (hidden_dim, num_classes),
        }
        weights = {name: weight_scale * rng.standard_normal(shapes[name]) for name in shapes}
        biases = {"b1": num_filters, "b2": hidden_dim, "b3": num_classes}
        params = weights | {name: np.zeros(size) for name, size in biases.items()}
        self.params = {name: p.astype(self.dtype) for name, p in params.items()}

    def loss(self, X, y=None):
        """Return the scores of a batch, or what they cost and the gradients.

        X: (N, C, H, W) pictures.
        y: (N,) integers in [0, classes), the right classes; None asks for scores.
        Returns scores (N, classes) without y; else (loss, grads), grads a dict with the keys of
            params.
        """
        X = np.asarray(X, self.dtype)
        W1, W2, W3 = (self.params[name] for name in ("W1", "W2", "W3"))
        b1, b2, b3 = (self.params[name] for name in ("b1", "b2", "b3"))
        conv_param = {"stride": 1, "pad": (W1.shape[2] - 1) // 2}
        pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
        # SOLUTION: Forward: compute the scores, and return them if nobody says what is right.
        # Then the loss, and back through the same layers in reverse order. The weights, not the
        # biases, also cost 0.5 * reg * sum(W * W) each: in the loss and in the gradients.
        pooled, conv_cache = conv_relu_pool_forward(X, W1, b1, conv_param, pool_param)
        hidden, hidden_cache = affine_relu_forward(pooled, W2, b2)
        scores, cache = affine_forward(hidden, W3, b3)
        if y is None:
            return scores

        loss, dscores = softmax_loss(scores, y)
        dhidden, dW3, db3 = affine_backward(dscores, cache)
        dpooled, dW2, db2 = affine_relu_backward(dhidden, hidden_cache)
        _, dW1, db1 = conv_relu_pool_backward(dpooled, conv_cache)

        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
        for name in ("W1", "W2", "W3"):
            W = self.params[name]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads[name] += self.reg * W
        return loss, grads
