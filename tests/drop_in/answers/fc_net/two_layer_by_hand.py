"""TwoLayerNet without the layers, its parameters in another order."""
import numpy as np

class TwoLayerNet(object):
  def __init__(self, input_dim=3*32*32, hidden_dim=100, num_classes=10,
               weight_scale=1e-3, reg=0.0):
    self.reg = reg
    self.params = {}
    self.params['b2'] = np.zeros((num_classes,))
    self.params['b1'] = np.zeros((hidden_dim,))
    self.params['W2'] = np.random.normal(0, weight_scale, (hidden_dim, num_classes))
    self.params['W1'] = np.random.normal(0, weight_scale, (input_dim, hidden_dim))

  def loss(self, X, y=None):
    N = X.shape[0]
    Xr = X.reshape(N, -1)
    z1 = Xr.dot(self.params['W1']) + self.params['b1']
    a1 = np.maximum(0, z1)
    scores = a1.dot(self.params['W2']) + self.params['b2']
    if y is None: return scores
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(N), y]).sum() / N
    loss += 0.5 * self.reg * np.sum(self.params['W1']**2) + 0.5 * self.reg * np.sum(self.params['W2']**2)
    grads = {}
    p[np.arange(N), y] -= 1
    p /= N
    grads['b2'] = p.sum(axis=0)
    grads['W2'] = a1.T.dot(p) + self.reg * self.params['W2']
    da = p.dot(self.params['W2'].T)
    da[z1 <= 0] = 0
    grads['b1'] = da.sum(axis=0)
    grads['W1'] = Xr.T.dot(da) + self.reg * self.params['W1']
    return loss, grads
