"""Layers as objects: each keeps its parameters, its cache and its gradients.

A layer's forward(x) remembers what its backward(dout) needs, so that a network is a list of
layers: run forward through it, then backward.
"""

import numpy as np

from .given.arguments import as_labels
from .layers import affine_backward, affine_forward, relu_backward, relu_forward, softmax_loss


class Affine:
    """A layer that computes x w + b.

    w: (D, M) weights, b: (M,) biases; dw, db: their gradients, after a backward.
    """

    def __init__(self, w, b):
        self.w, self.b = w, b
        self.dw = self.db = None
        self.cache = None

    def forward(self, x):
        """Return the outputs (N, M) of examples x (N, d_1, ..., d_k)."""
        # SOLUTION: Compute the output, and remember what backward will need.
        out, self.cache = affine_forward(x, self.w, self.b)
        return out

    def backward(self, dout):
        """Return dx, shaped like x, and keep dw and db; dout: (N, M)."""
        # SOLUTION: Hand the gradient on to x, and keep those of the parameters in the layer.
        dx, self.dw, self.db = affine_backward(dout, self.cache)
        return dx


class ReLU:
    """A layer that computes max(0, x)."""

    def __init__(self):
        self.cache = None

    def forward(self, x):
        """Return max(0, x), entry by entry."""
        # SOLUTION: Compute the output, and remember what backward will need.
        out, self.cache = relu_forward(x)
        return out

    def backward(self, dout):
        """Return dx, shaped like dout."""
        # SOLUTION: Let the gradient pass where the number passed.
        return relu_backward(dout, self.cache)


class SoftmaxWithLoss:
    """The last layer: scores and right classes in, mean cross-entropy out, in nats."""

    def __init__(self):
        self.dx = None

    def forward(self, x, t):
        """Return the loss of scores x (N, C) for classes t: labels (N,) or one-hot rows (N, C)."""
        # SOLUTION: Compute the loss, and remember what backward will need.
        loss, self.dx = softmax_loss(x, t)
        return loss

    def backward(self, dout=1):
        """Return dx (N, C); dout: gradient of whatever comes after with respect to the loss."""
        # SOLUTION: Obey the chain rule: what comes after may scale the loss.
        return dout * self.dx


class ModularTwoLayerNet:
    """affine - ReLU - affine - softmax, on a dict of layers in the order they are run.

    params: dict of W1 (D, H), b1 (H,), W2 (H, C), b2 (C,).
    layers: dict of Affine1, ReLU1, Affine2; last_layer: the loss.
    Classes t are labels (N,) or one-hot rows (N, C).
    """

    def __init__(
        self,
        input_size,
        hidden_size,
        output_size,
        weight_init_std=0.01,
        dtype=np.float64,
        seed=None,
    ):
        """Draw the first parameters and stack the layers.

        input_size, hidden_size, output_size: D, H and C.
        weight_init_std: standard deviation of the first weights; the biases are 0.
        seed: seeds the net's own generator.
        """
        rng = np.random.default_rng(seed)
        W1 = weight_init_std * rng.standard_normal((input_size, hidden_size))
        W2 = weight_init_std * rng.standard_normal((hidden_size, output_size))
        params = {"W1": W1, "b1": np.zeros(hidden_size), "W2": W2, "b2": np.zeros(output_size)}
        self.params = {name: p.astype(dtype) for name, p in params.items()}
        self.layers: dict = {
            "Affine1": Affine(self.params["W1"], self.params["b1"]),
            "ReLU1": ReLU(),
            "Affine2": Affine(self.params["W2"], self.params["b2"]),
        }
        self.last_layer = SoftmaxWithLoss()

    def use_params(self):
        """Let the layers use the present entries of params, though one was replaced."""
        for i in (1, 2):
            affine = self.layers[f"Affine{i}"]
            affine.w, affine.b = self.params[f"W{i}"], self.params[f"b{i}"]

    def predict(self, x):
        """Return the scores (N, C) of examples x (N, d_1, ..., d_k)."""
        self.use_params()
        # SOLUTION: Send x through all layers, in order.
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        """Return the mean cross-entropy of examples x for classes t, in nats."""
        # SOLUTION: Let the last layer say what the scores cost.
        return self.last_layer.forward(self.predict(x), t)

    def accuracy(self, x, t):
        """Return the share of examples x whose highest score is that of class t, 0 to 1."""
        # SOLUTION: Compare the winning classes with the right ones; t may come as labels or
        # as one-hot rows, and as_labels knows both.
        return float(np.mean(self.predict(x).argmax(axis=1) == as_labels(t)))

    def gradient(self, x, t):
        """Return {name: gradient of loss(x, t)} for all params, by backpropagation."""
        # SOLUTION: Run forward so that every layer remembers, then backward through all of
        # them, the last first, and collect what the affine layers kept.
        self.loss(x, t)
        dout = self.last_layer.backward()
        for layer in reversed(self.layers.values()):
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dw, "b1": first.db, "W2": second.dw, "b2": second.db}

    def numerical_gradient(self, x, t):
        """Return the gradients by central differences: slow, and independent of `gradient`.

        Entry by entry (loss(w + h) - loss(w - h)) / 2h, with h = 1e-5; needs float64.
        """
        h = 1e-5
        # SOLUTION: Move each number of each parameter a little up and a little down, and see
        # how the loss follows. Leave every parameter exactly as it was.
        grads = {}
        for name, w in self.params.items():
            grads[name] = np.empty_like(w)
            for index in np.ndindex(w.shape):
                kept = w[index]
                w[index] = kept + h
                above = self.loss(x, t)
                w[index] = kept - h
                below = self.loss(x, t)
                w[index] = kept
                grads[name][index] = (above - below) / (2 * h)
        return grads
