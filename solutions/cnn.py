"""Convolutional networks, as a dictionary of parameters and a loss."""

import numpy as np

from .given.net import Net
from .initializers import kaiming_initializer
from .layer_utils import (
    affine_relu_backward,
    affine_relu_forward,
    conv_bn_relu_backward,
    conv_bn_relu_forward,
    conv_relu_backward,
    conv_relu_forward,
    conv_relu_pool_backward,
    conv_relu_pool_forward,
)
from .layers import affine_backward, affine_forward, softmax_loss


class ThreeLayerConvNet:
    """conv - ReLU - 2x2 max pool - affine - ReLU - affine - softmax.

    params: dict of W1 (F, C, HH, WW), b1 (F,), W2 (F * H/2 * W/2, hidden), b2 (hidden,),
        W3 (hidden, classes), b3 (classes,), arrays of `dtype`.
    reg: regularisation strength; the loss holds 0.5 * reg * sum(W * W) for each W, not for b.
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
        num_filters, filter_size: F, and the height and width of each filter, in pixels; odd, so
            that padding can let the convolution keep the pictures' size.
        hidden_dim, num_classes: units of the two affine layers.
        weight_scale: standard deviation of the first weights.
        dtype: of parameters and arithmetic; np.float64 for a numeric gradient.
        seed: seeds the net's own generator.
        Raises ValueError for an even filter_size.
        """
        if filter_size % 2 == 0:
            raise ValueError(
                f"filter_size is {filter_size}; a filter with a middle is odd: 3, 5, 7"
            )
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
        """Return the scores of a batch, or the loss and the gradients.

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
        _, dW1, db1 = conv_relu_pool_backward(dpooled, conv_cache, needs_dx=False)

        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
        for name in ("W1", "W2", "W3"):
            W = self.params[name]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads[name] += self.reg * W
        return loss, grads


CONV = {"stride": 1, "pad": 1}
POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}


class DeepConvNet(Net):
    """{conv - batch norm? - ReLU - 2x2 max pool?} x (L - 1) - affine - softmax, 3x3 filters.

    Small filters in many layers, as in Simonyan and Zisserman, Very deep convolutional networks
    for large-scale image recognition, ICLR 2015.

    params: dict of W1 (F, C, 3, 3), b1 (F,), ..., WL (numbers, classes), bL, arrays of `dtype`;
        with batch norm also gamma1 (F,), beta1 (F,), ... of each convolution.
    num_layers: L.
    reg: regularisation strength; the loss holds 0.5 * reg * sum(W * W) for each W, not for others.
    bn_params: settings and running statistics of each batch norm; [] without.
    """

    def __init__(
        self,
        input_dim=(3, 32, 32),
        num_filters=(8, 8, 8, 8, 8),
        max_pools=(0, 1, 2, 3, 4),
        batchnorm=False,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float32,
        seed=None,
    ):
        """Draw the first parameters.

        input_dim: (C, H, W) of a picture.
        num_filters: filters of each convolution, L - 1 numbers.
        max_pools: convolutions that a pooling follows; 0 is the first.
        batchnorm: whether each convolution is normalised.
        weight_scale: standard deviation of the first weights, or 'kaiming': each layer's own.
        dtype: of parameters and arithmetic; np.float64 for a numeric gradient.
        seed: seeds the net's own generator.
        Raises ValueError if the poolings leave no pixel.
        """
        require_pixels(input_dim, len(max_pools))
        self.num_layers = 1 + len(num_filters)
        self.max_pools = tuple(max_pools)
        self.bn_params = [{"mode": "train"} for _ in num_filters] if batchnorm else []
        self.reg = reg
        self.dtype = np.dtype(dtype)
        rng = np.random.default_rng(seed)
        # SOLUTION: Let self.params hold each convolution's filters and biases, its gamma and beta
        # if there is batch norm, and the affine layer's weights and biases; weights by
        # first_weights, all in self.dtype. How many channels, and how many pixels, are handed on?
        C, H, W = input_dim
        params = {}
        for i, F in enumerate(num_filters, start=1):
            params[f"W{i}"] = first_weights(weight_scale, rng, C, F, K=3, relu=True)
            params[f"b{i}"] = np.zeros(F)
            if batchnorm:
                params |= {f"gamma{i}": np.ones(F), f"beta{i}": np.zeros(F)}
            C = F
        left = C * (H // 2 ** len(max_pools)) * (W // 2 ** len(max_pools))
        L = self.num_layers
        params[f"W{L}"] = first_weights(weight_scale, rng, left, num_classes)
        params[f"b{L}"] = np.zeros(num_classes)
        self.params = {name: p.astype(self.dtype) for name, p in params.items()}

    def block_forward(self, i, x):
        """Return (out, cache) of convolution i with its layers, where i = 1 is the first."""
        # SOLUTION: Use the sandwiches of layer_utils, with CONV: one with batch norm, one
        # without. Give them POOL as pool_param, if this block has a pooling.
        w, b = self.params[f"W{i}"], self.params[f"b{i}"]
        pool_param = POOL if i - 1 in self.max_pools else None
        if not self.bn_params:
            return conv_relu_forward(x, w, b, CONV, pool_param)
        gamma, beta = self.params[f"gamma{i}"], self.params[f"beta{i}"]
        bn_param = self.bn_params[i - 1]
        return conv_bn_relu_forward(x, w, b, gamma, beta, CONV, bn_param, pool_param)

    def block_backward(self, i, dout, cache):
        """Return (dx, {name: gradient}) of convolution i with its layers."""
        # SOLUTION: Go back through the sandwich. Which parameters does it have?
        needs_dx = i > 1 or self.needs_dx
        if not self.bn_params:
            dx, dw, db = conv_relu_backward(dout, cache, needs_dx)
            return dx, {f"W{i}": dw, f"b{i}": db}
        dx, dw, db, dgamma, dbeta = conv_bn_relu_backward(dout, cache, needs_dx)
        return dx, {f"W{i}": dw, f"b{i}": db, f"gamma{i}": dgamma, f"beta{i}": dbeta}


def first_weights(scale, rng, Din, Dout, K=None, relu=False):
    """Return weights of standard deviation `scale`, or Kaiming's for the scale 'kaiming'.

    rng: a Generator; Din, Dout, K, relu: as for kaiming_initializer.
    """
    if scale == "kaiming":
        return kaiming_initializer(Din, Dout, K, relu, np.float64, rng)
    return scale * rng.standard_normal((Din, Dout) if K is None else (Dout, Din, K, K))


def require_pixels(input_dim, pools):
    """Raise ValueError if so many 2x2 poolings leave nothing of a picture."""
    if min(input_dim[1:]) < 2**pools:
        raise ValueError(f"{pools} poolings leave no pixel of pictures of shape {input_dim}")
