"""TwoLayerNet of 2025: it saves and loads its parameters; seeds np.random in __init__."""
import os
import numpy as np
from .layers import *

class TwoLayerNet(object):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        np.random.seed(0)
        self.params = {}
        self.reg = reg
        self.params["W1"] = np.random.normal(scale=weight_scale, size=(input_dim, hidden_dim))
        self.params["W2"] = np.random.normal(scale=weight_scale, size=(hidden_dim, num_classes))
        self.params["b1"] = np.zeros(hidden_dim)
        self.params["b2"] = np.zeros(num_classes)

    def loss(self, X, y=None):
        a, fc1 = affine_forward(X, self.params["W1"], self.params["b1"])
        h, act = relu_forward(a)
        scores, fc2 = affine_forward(h, self.params["W2"], self.params["b2"])
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        for name in ("W1", "W2"):
            loss += 0.5 * self.reg * np.sum(self.params[name] ** 2)
        dh, dW2, db2 = affine_backward(dout, fc2)
        dx, dW1, db1 = affine_backward(relu_backward(dh, act), fc1)
        return loss, {
            "W1": dW1 + self.reg * self.params["W1"], "W2": dW2 + self.reg * self.params["W2"],
            "b1": db1, "b2": db2,
        }

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
