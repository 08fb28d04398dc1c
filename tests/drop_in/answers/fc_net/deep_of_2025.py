"""FullyConnectedNet in the signature of 2025: dropout_keep_ratio; all weights first; save and load."""
import os
import numpy as np
from .layers import *
from .layer_utils import *

class FullyConnectedNet(object):
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
    ):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}

        sizes = np.hstack([input_dim, hidden_dims, num_classes])
        for i in range(self.num_layers):
            self.params[f"W{i + 1}"] = np.random.randn(sizes[i], sizes[i + 1]) * weight_scale
        for i in range(self.num_layers):
            self.params[f"b{i + 1}"] = np.zeros(sizes[i + 1])
        if self.normalization is not None:
            for i in range(self.num_layers - 1):
                self.params[f"beta{i + 1}"] = np.zeros(sizes[i + 1])
                self.params[f"gamma{i + 1}"] = np.ones(sizes[i + 1])

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {"mode": "train", "p": dropout_keep_ratio}
            if seed is not None:
                self.dropout_param["seed"] = seed
        self.bn_params = []
        if self.normalization == "batchnorm":
            self.bn_params = [{"mode": "train"} for i in range(self.num_layers - 1)]
        if self.normalization == "layernorm":
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = "test" if y is None else "train"
        if self.use_dropout:
            self.dropout_param["mode"] = mode
        if self.normalization == "batchnorm":
            for bn_param in self.bn_params:
                bn_param["mode"] = mode

        h = X
        stack = []
        for i in range(1, self.num_layers + 1):
            h, c = affine_forward(h, self.params[f"W{i}"], self.params[f"b{i}"])
            stack.append((affine_backward, c, (f"W{i}", f"b{i}")))
            if i == self.num_layers:
                break
            if self.normalization == "batchnorm":
                h, c = batchnorm_forward(h, self.params[f"gamma{i}"], self.params[f"beta{i}"], self.bn_params[i - 1])
                stack.append((batchnorm_backward, c, (f"gamma{i}", f"beta{i}")))
            if self.normalization == "layernorm":
                h, c = layernorm_forward(h, self.params[f"gamma{i}"], self.params[f"beta{i}"], self.bn_params[i - 1])
                stack.append((layernorm_backward, c, (f"gamma{i}", f"beta{i}")))
            h, c = relu_forward(h)
            stack.append((relu_backward, c, ()))
            if self.use_dropout:
                h, c = dropout_forward(h, self.dropout_param)
                stack.append((dropout_backward, c, ()))
        scores = h
        if mode == "test":
            return scores

        loss, grads = 0.0, {}
        loss, d = softmax_loss(scores, y)
        while stack:
            back, c, names = stack.pop()
            if names:
                d, *some = back(d, c)
                grads.update(zip(names, some))
            else:
                d = back(d, c)
        for i in range(1, self.num_layers + 1):
            W = self.params[f"W{i}"]
            loss += 0.5 * self.reg * np.sum(W ** 2)
            grads[f"W{i}"] = grads[f"W{i}"] + self.reg * W
        return loss, grads

    def save(self, fname):
        fpath = os.path.join(os.path.dirname(__file__), "../saved/", fname)
        np.save(fpath, self.params)
        print(fname, "saved.")

    def load(self, fname):
        fpath = os.path.join(os.path.dirname(__file__), "../saved/", fname)
        if not os.path.exists(fpath):
            print(fname, "not available.")
            return False
        self.params = np.load(fpath, allow_pickle=True).item()
        return True
