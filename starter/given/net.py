"""A net as blocks one after the other: the loop over them and the regulariser, stated once."""

from collections.abc import Callable

import numpy as np

from .. import layers


class Net:
    """{block} x (L - 1) - affine - softmax, for any number L of layers; a subclass has the blocks.

    The subclass writes, for block i = 1, ..., L - 1,
        block_forward(i, x) -> (out, cache);
        block_backward(i, dout, cache) -> (dx, grads), grads a dict {name of parameter: gradient}.
    It keeps
        params: dict of arrays, among them WL (inputs, classes) and bL of the last, affine layer; a
            name that begins with W is that of weights;
        num_layers: L; dtype: of parameters and arithmetic;
        reg: regularisation strength; the loss holds 0.5 * reg * sum(W * W) for each W;
        bn_params: settings of each batch norm, a list.
    needs_dx: whether block 1 is asked for the gradient of the examples; to train is not to ask.
    """

    block_forward: Callable
    block_backward: Callable
    params: dict
    num_layers: int
    dtype: np.dtype
    reg: float
    bn_params: list
    needs_dx = True

    def loss(self, X, y=None):
        """Return the scores of a batch, or the loss and the gradients.

        Without y the blocks work in mode 'test', with y in mode 'train'.

        X: (N, d_1, ..., d_k) examples.
        y: (N,) integers in [0, classes), the right classes; None asks for scores.
        Returns scores (N, classes) without y; else (loss, grads), grads a dict with the keys of
            params.
        """
        scores, caches = self.forward(X, "test" if y is None else "train")
        if y is None:
            return scores
        loss, dscores = layers.softmax_loss(scores, y)
        _, grads = self.backward(dscores, caches, needs_dx=False)
        for name, W in self.params.items():
            if name.startswith("W"):
                loss += 0.5 * self.reg * np.sum(W * W)
                grads[name] += self.reg * W
        return loss, grads

    def forward(self, X, mode="test"):
        """Return the scores (N, classes) of examples X, and the caches of all layers in order.

        mode: 'train' or 'test', for the layers that work differently in the two.
        """
        for param in self.settings():
            param["mode"] = mode
        out, caches = np.asarray(X, self.dtype), []
        for i in range(1, self.num_layers):
            out, cache = self.block_forward(i, out)
            caches.append(cache)
        L = self.num_layers
        scores, cache = layers.affine_forward(out, self.params[f"W{L}"], self.params[f"b{L}"])
        return scores, [*caches, cache]

    def backward(self, dscores, caches, needs_dx=True):
        """Return (dX, grads): the gradient of the examples, and a dict of those of params.

        dscores: (N, classes) gradient of the loss, or of any number that you care for, with
            respect to the scores; caches: from forward. The regulariser is not in it.
        needs_dx: False where nobody asks for dX: it may be None then.
        """
        self.needs_dx = needs_dx
        L = self.num_layers
        dout, dW, db = layers.affine_backward(dscores, caches[-1])
        grads = {f"W{L}": dW, f"b{L}": db}
        for i in range(L - 1, 0, -1):
            dout, of_block = self.block_backward(i, dout, caches[i - 1])
            grads.update(of_block)
        return dout, grads

    def settings(self):
        """Return the dicts of settings that hold a mode."""
        return self.bn_params
