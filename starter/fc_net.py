"""Fully connected networks, as a dictionary of parameters and a loss."""

from itertools import pairwise

import numpy as np

from .given.arguments import keep_ratio, known_normalization
from .given.saved import Saved
from .layer_utils import (
    affine_norm_relu_dropout_backward,
    affine_norm_relu_dropout_forward,
    affine_relu_backward,
    affine_relu_forward,
)
from .layers import affine_backward, affine_forward, softmax_loss


class TwoLayerNet(Saved):
    """affine - ReLU - affine - softmax.

    params: dict of W1 (D, H), b1 (H,), W2 (H, C), b2 (C,), arrays of `dtype`.
    reg: regularisation strength; the loss holds 0.5 * reg * sum(W * W) for each W, not for b.
    """

    def __init__(
        self,
        input_dim=3 * 32 * 32,
        hidden_dim=100,
        num_classes=10,
        weight_scale=1e-3,
        reg=0.0,
        dtype=np.float64,
        seed=None,
    ):
        """Draw the first parameters.

        input_dim, hidden_dim, num_classes: D, H and C.
        weight_scale: standard deviation of the first weights.
        seed: seeds the net's own generator.
        """
        self.reg = reg
        self.dtype = np.dtype(dtype)
        rng = np.random.default_rng(seed)
        # TODO: Let self.params hold normally distributed weights of the given scale, drawn
        # with rng, and biases of 0; all in self.dtype.
        raise NotImplementedError("TwoLayerNet.__init__ is yours to write")

    def loss(self, X, y=None):
        """Return the scores of a batch, or the loss and the gradients.

        X: (N, d_1, ..., d_k) examples, D = d_1 * ... * d_k numbers each.
        y: (N,) integers in [0, C), the right classes; None asks for scores.
        Returns scores (N, C) without y; else (loss, grads), grads a dict with the keys of params.
        """
        X = np.asarray(X, self.dtype)
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        # TODO: Forward: compute the scores, and return them if nobody says what is right.
        # Then the loss, and back through the same layers in reverse order. The weights, not the
        # biases, also cost 0.5 * reg * sum(W * W) each: in the loss and in the gradients.
        raise NotImplementedError("TwoLayerNet.loss is yours to write")


class FullyConnectedNet(Saved):
    """{affine - norm? - ReLU - dropout?} x (L - 1) - affine - softmax, for any number L of layers.

    params: dict of W1, b1, ..., WL, bL, arrays of `dtype`; Wi is (inputs, outputs) of layer i.
        With normalisation also gamma1, beta1, ..., one number for each unit of hidden layer i.
    num_layers: L.
    reg: regularisation strength; the loss holds 0.5 * reg * sum(W * W) for each W, not for others.
    bn_params: settings and running statistics of the normalisation of each hidden layer.
    dropout_param: settings of dropout, the same for all hidden layers.
    """

    def __init__(
        self,
        hidden_dims,
        input_dim=3 * 32 * 32,
        num_classes=10,
        dropout_keep_ratio=1,
        normalization=None,
        reg=0.0,
        weight_scale=1e-2,
        dtype=np.float32,
        seed=None,
        dropout=None,
    ):
        """Draw the first parameters.

        hidden_dims: the width of each hidden layer.
        input_dim, num_classes: numbers in an example, and classes.
        dropout_keep_ratio: probability to keep a hidden unit; 1 is no dropout.
        normalization: None, 'batchnorm' or 'layernorm'.
        weight_scale: standard deviation of the first weights.
        dtype: of parameters and arithmetic; np.float64 for a numeric gradient.
        seed: seeds the net's own generator; it also fixes the masks of dropout, for a numeric
            gradient: to train with dropout, leave it out.
        dropout: an older name of dropout_keep_ratio.
        Raises ValueError for another normalisation, or a ratio outside (0, 1].
        """
        keep = keep_ratio(dropout_keep_ratio if dropout is None else dropout)
        self.dropout_param = {"p": keep, "mode": "train", "seed": seed}
        self.normalization = known_normalization(normalization)
        self.bn_params = [{"mode": "train"} for _ in hidden_dims] if normalization else []
        self.num_layers = 1 + len(hidden_dims)
        self.reg = reg
        self.dtype = np.dtype(dtype)
        self.params = {}
        rng = np.random.default_rng(seed)
        dims = [input_dim, *hidden_dims, num_classes]
        for i, (fan_in, fan_out) in enumerate(pairwise(dims), start=1):
            # TODO: Give layer i normally distributed weights of the given scale, drawn with
            # rng, and biases of 0; both in self.dtype.
            raise NotImplementedError("FullyConnectedNet.__init__ is yours to write")
        for i in range(1, 1 + len(self.bn_params)):
            # TODO: Give hidden layer i its scale gamma, at first 1, and its shift beta, at
            # first 0: a number of each for every unit, in self.dtype.
            raise NotImplementedError("FullyConnectedNet.__init__ is yours to write")

    def loss(self, X, y=None):
        """Return the scores of a batch, or the loss and the gradients.

        X: (N, d_1, ..., d_k) examples.
        y: (N,) integers in [0, C), the right classes; None asks for scores.
        Returns scores (N, C) without y; else (loss, grads), grads a dict with the keys of params.
        """
        for param in (*self.bn_params, self.dropout_param):
            param["mode"] = "test" if y is None else "train"
        scores, caches = self.forward(np.asarray(X, self.dtype))
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        grads = self.backward(dscores, caches)
        # TODO: Regularise the weights of every layer, not the biases: add to the loss, and
        # to the gradients.
        raise NotImplementedError("FullyConnectedNet.loss is yours to write")

    def forward(self, X):
        """Return the scores (N, C) of examples X, and the caches of all layers, first to last."""
        # TODO: Send X through the hidden layers one after the other, then through the last
        # layer, which has no ReLU. Keep the caches for backward.
        raise NotImplementedError("FullyConnectedNet.forward is yours to write")

    def backward(self, dscores, caches):
        """Return a dict of the gradients of all parameters, without regularisation.

        dscores: (N, C) gradient of the loss with respect to the scores; caches: from forward.
        """
        # TODO: Walk through the layers from the last to the first. Each turns the gradient
        # of what it put out into the gradient of what it was given.
        raise NotImplementedError("FullyConnectedNet.backward is yours to write")

    def hidden_forward(self, i, x):
        """Return (out, cache) of hidden layer i, where i = 1 is the first."""
        w, b = self.params[f"W{i}"], self.params[f"b{i}"]
        if self.is_plain():
            return affine_relu_forward(x, w, b)
        # TODO: Send x through affine, normalisation, ReLU and dropout: layer_utils has a
        # function for that. Without normalisation there is no gamma, no beta and no bn_param.
        raise NotImplementedError("FullyConnectedNet.hidden_forward is yours to write")

    def hidden_backward(self, i, dout, cache):
        """Return (dx, {name: gradient}) of hidden layer i and its parameters."""
        if self.is_plain():
            dx, dw, db = affine_relu_backward(dout, cache, needs_dx=i > 1)
            return dx, {f"W{i}": dw, f"b{i}": db}
        # TODO: Go back through the same layers. Which parameters has the layer now?
        raise NotImplementedError("FullyConnectedNet.hidden_backward is yours to write")

    def is_plain(self):
        """Tell whether hidden layers are affine - ReLU, and nothing else."""
        return self.normalization is None and self.dropout_param["p"] == 1
