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
        # SOLUTION: Let self.params hold normally distributed weights of the given scale, drawn
        # with rng, and biases of 0; all in self.dtype.
        self.params = {
            "W1": weight_scale * rng.standard_normal((input_dim, hidden_dim)),
            "b1": np.zeros(hidden_dim),
            "W2": weight_scale * rng.standard_normal((hidden_dim, num_classes)),
            "b2": np.zeros(num_classes),
        }
        self.params = {name: p.astype(self.dtype) for name, p in self.params.items()}

    def loss(self, X, y=None):
        """Return the scores of a batch, or the loss and the gradients.

        X: (N, d_1, ..., d_k) examples, D = d_1 * ... * d_k numbers each.
        y: (N,) integers in [0, C), the right classes; None asks for scores.
        Returns scores (N, C) without y; else (loss, grads), grads a dict with the keys of params.
        """
        X = np.asarray(X, self.dtype)
        W1, b1, W2, b2 = (self.params[name] for name in ("W1", "b1", "W2", "b2"))
        # SOLUTION: Forward: compute the scores, and return them if nobody says what is right.
        # Then the loss, and back through the same layers in reverse order. The weights, not the
        # biases, also cost 0.5 * reg * sum(W * W) each: in the loss and in the gradients.
        hidden, hidden_cache = affine_relu_forward(X, W1, b1)
        scores, cache = affine_forward(hidden, W2, b2)
        if y is None:
            return scores

        loss, dscores = softmax_loss(scores, y)
        dhidden, dW2, db2 = affine_backward(dscores, cache)
        _, dW1, db1 = affine_relu_backward(dhidden, hidden_cache, needs_dx=False)

        loss += 0.5 * self.reg * (np.sum(W1 * W1) + np.sum(W2 * W2))
        dW1 += self.reg * W1
        dW2 += self.reg * W2
        return loss, {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


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
            # SOLUTION: Give layer i normally distributed weights of the given scale, drawn with
            # rng, and biases of 0; both in self.dtype.
            W = weight_scale * rng.standard_normal((fan_in, fan_out))
            self.params[f"W{i}"] = W.astype(self.dtype)
            self.params[f"b{i}"] = np.zeros(fan_out, self.dtype)
        for i in range(1, 1 + len(self.bn_params)):
            # SOLUTION: Give hidden layer i its scale gamma, at first 1, and its shift beta, at
            # first 0: a number of each for every unit, in self.dtype.
            self.params[f"gamma{i}"] = np.ones(dims[i], self.dtype)
            self.params[f"beta{i}"] = np.zeros(dims[i], self.dtype)

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
        # SOLUTION: Regularise the weights of every layer, not the biases: add to the loss, and
        # to the gradients.
        for i in range(1, self.num_layers + 1):
            W = self.params[f"W{i}"]
            loss += 0.5 * self.reg * np.sum(W * W)
            grads[f"W{i}"] += self.reg * W
        return loss, grads

    def forward(self, X):
        """Return the scores (N, C) of examples X, and the caches of all layers, first to last."""
        # SOLUTION: Send X through the hidden layers one after the other, then through the last
        # layer, which has no ReLU. Keep the caches for backward.
        out, caches = X, []
        for i in range(1, self.num_layers):
            out, cache = self.hidden_forward(i, out)
            caches.append(cache)
        L = self.num_layers
        scores, cache = affine_forward(out, self.params[f"W{L}"], self.params[f"b{L}"])
        return scores, [*caches, cache]

    def backward(self, dscores, caches):
        """Return a dict of the gradients of all parameters, without regularisation.

        dscores: (N, C) gradient of the loss with respect to the scores; caches: from forward.
        """
        # SOLUTION: Walk through the layers from the last to the first. Each turns the gradient
        # of what it put out into the gradient of what it was given.
        L = self.num_layers
        dout, dw, db = affine_backward(dscores, caches[-1])
        grads = {f"W{L}": dw, f"b{L}": db}
        for i in range(L - 1, 0, -1):
            dout, of_layer = self.hidden_backward(i, dout, caches[i - 1])
            grads.update(of_layer)
        return grads

    def hidden_forward(self, i, x):
        """Return (out, cache) of hidden layer i, where i = 1 is the first."""
        w, b = self.params[f"W{i}"], self.params[f"b{i}"]
        if self.is_plain():
            return affine_relu_forward(x, w, b)
        # SOLUTION: Send x through affine, normalisation, ReLU and dropout: layer_utils has a
        # function for that. Without normalisation there is no gamma, no beta and no bn_param.
        gamma, beta = self.params.get(f"gamma{i}"), self.params.get(f"beta{i}")
        bn_param = self.bn_params[i - 1] if self.bn_params else None
        return affine_norm_relu_dropout_forward(
            x, w, b, gamma, beta, self.normalization, bn_param, self.dropout_param
        )

    def hidden_backward(self, i, dout, cache):
        """Return (dx, {name: gradient}) of hidden layer i and its parameters."""
        if self.is_plain():
            dx, dw, db = affine_relu_backward(dout, cache, needs_dx=i > 1)
            return dx, {f"W{i}": dw, f"b{i}": db}
        # SOLUTION: Go back through the same layers. Which parameters has the layer now?
        dx, dw, db, dgamma, dbeta = affine_norm_relu_dropout_backward(dout, cache)
        grads = {f"W{i}": dw, f"b{i}": db}
        if self.normalization is not None:
            grads |= {f"gamma{i}": dgamma, f"beta{i}": dbeta}
        return dx, grads

    def is_plain(self):
        """Tell whether hidden layers are affine - ReLU, and nothing else."""
        return self.normalization is None and self.dropout_param["p"] == 1
