"""FullyConnectedNet in the signature of 2016: dropout=0 is none, and use_batchnorm."""
import numpy as np
from .layers import *
from .layer_utils import *

class FullyConnectedNet(object):
  def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10,
               dropout=0, use_batchnorm=False, reg=0.0,
               weight_scale=1e-2, dtype=np.float32, seed=None):
    self.use_batchnorm = use_batchnorm
    self.use_dropout = dropout > 0
    self.reg = reg
    self.num_layers = 1 + len(hidden_dims)
    self.dtype = dtype
    self.params = {}

    dims = [input_dim] + hidden_dims + [num_classes]
    for i in range(self.num_layers):
      self.params['W' + str(i+1)] = weight_scale * np.random.randn(dims[i], dims[i+1])
      self.params['b' + str(i+1)] = np.zeros(dims[i+1])
      if self.use_batchnorm and i < self.num_layers - 1:
        self.params['gamma' + str(i+1)] = np.ones(dims[i+1])
        self.params['beta' + str(i+1)] = np.zeros(dims[i+1])

    self.dropout_param = {}
    if self.use_dropout:
      self.dropout_param = {'mode': 'train', 'p': dropout}
      if seed is not None:
        self.dropout_param['seed'] = seed
    self.bn_params = []
    if self.use_batchnorm:
      self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
    for k, v in self.params.items():
      self.params[k] = v.astype(dtype)

  def loss(self, X, y=None):
    X = X.astype(self.dtype)
    mode = 'test' if y is None else 'train'
    if self.use_dropout:
      self.dropout_param['mode'] = mode
    if self.use_batchnorm:
      for bn_param in self.bn_params:
        bn_param['mode'] = mode

    caches = {}
    out = X
    for i in range(1, self.num_layers):
      out, caches['fc%d' % i] = affine_forward(out, self.params['W%d' % i], self.params['b%d' % i])
      if self.use_batchnorm:
        out, caches['bn%d' % i] = batchnorm_forward(out, self.params['gamma%d' % i],
                                                    self.params['beta%d' % i], self.bn_params[i-1])
      out, caches['relu%d' % i] = relu_forward(out)
      if self.use_dropout:
        out, caches['drop%d' % i] = dropout_forward(out, self.dropout_param)
    L = self.num_layers
    scores, caches['fc%d' % L] = affine_forward(out, self.params['W%d' % L], self.params['b%d' % L])
    if mode == 'test':
      return scores

    loss, dout = softmax_loss(scores, y)
    grads = {}
    for i in range(1, L + 1):
      loss += 0.5 * self.reg * np.sum(self.params['W%d' % i] ** 2)
    for i in range(L, 0, -1):
      if i < L:
        if self.use_dropout:
          dout = dropout_backward(dout, caches['drop%d' % i])
        dout = relu_backward(dout, caches['relu%d' % i])
        if self.use_batchnorm:
          dout, grads['gamma%d' % i], grads['beta%d' % i] = batchnorm_backward(dout, caches['bn%d' % i])
      dout, grads['W%d' % i], grads['b%d' % i] = affine_backward(dout, caches['fc%d' % i])
      grads['W%d' % i] += self.reg * self.params['W%d' % i]
    return loss, grads
