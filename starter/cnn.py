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
        # TODO: Let self.params hold normally distributed weights of the given scale, drawn
        # with rng, and biases of 0; all in self.dtype. How many numbers does the pooling leave?
        raise NotImplementedError("ThreeLayerConvNet.__init__ is yours to write")

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
        # TODO: Forward: compute the scores, and return them if nobody says what is right.
        # Then the loss, and back through the same layers in reverse order. The weights, not the
        # biases, also cost 0.5 * reg * sum(W * W) each: in the loss and in the gradients.
        raise NotImplementedError("ThreeLayerConvNet.loss is yours to write")
