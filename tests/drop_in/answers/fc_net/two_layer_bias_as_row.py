"""TwoLayerNet whose bias gradients have the shape (1, M), by hand."""
import numpy as np
from .layers import softmax_loss

class TwoLayerNet(object):
    def __init__(self, input_dim=3 * 32 * 32, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
        self.params = dict(W1=np.random.randn(input_dim, hidden_dim) * weight_scale, b1=np.zeros(hidden_dim),
                           W2=np.random.randn(hidden_dim, num_classes) * weight_scale, b2=np.zeros(num_classes))
        self.reg = reg

    def loss(self, X, y=None):
        p = self.params
        x = X.reshape(X.shape[0], -1)
        hidden = np.maximum(x @ p['W1'] + p['b1'], 0)
        scores = hidden @ p['W2'] + p['b2']
        if y is None:
            return scores
        loss, d = softmax_loss(scores, y)
        loss += 0.5 * self.reg * (np.sum(p['W1'] ** 2) + np.sum(p['W2'] ** 2))
        dh = (d @ p['W2'].T) * (hidden > 0)
        grads = {'W2': hidden.T @ d + self.reg * p['W2'], 'b2': np.sum(d, axis=0, keepdims=True),
                 'W1': x.T @ dh + self.reg * p['W1'], 'b1': np.sum(dh, axis=0, keepdims=True)}
        return loss, grads
