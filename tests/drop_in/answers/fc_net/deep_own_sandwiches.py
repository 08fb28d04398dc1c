"""FullyConnectedNet on sandwiches of its own; parameters from the last layer to the first."""
import numpy as np
from .layers import *

def fc_norm_relu_forward(x, w, b, gamma, beta, norm, param):
    a, c1 = affine_forward(x, w, b)
    c2 = None
    if norm == 'batchnorm': a, c2 = batchnorm_forward(a, gamma, beta, param)
    if norm == 'layernorm': a, c2 = layernorm_forward(a, gamma, beta, param)
    out, c3 = relu_forward(a)
    return out, (c1, c2, c3, norm)

def fc_norm_relu_backward(dout, cache):
    c1, c2, c3, norm = cache
    dgamma = dbeta = None
    d = relu_backward(dout, c3)
    if norm == 'batchnorm': d, dgamma, dbeta = batchnorm_backward(d, c2)
    if norm == 'layernorm': d, dgamma, dbeta = layernorm_backward(d, c2)
    dx, dw, db = affine_backward(d, c1)
    return dx, dw, db, dgamma, dbeta

class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10, dropout_keep_ratio=1,
                 normalization=None, reg=0.0, weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout_keep_ratio != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}
        D = [input_dim, *hidden_dims, num_classes]
        for i in range(self.num_layers, 0, -1):
            if normalization and i != self.num_layers:
                self.params['beta%i' % i] = np.zeros(D[i])
                self.params['gamma%i' % i] = np.ones(D[i])
            self.params['b%i' % i] = np.zeros(D[i])
            self.params['W%i' % i] = np.random.normal(scale=weight_scale, size=(D[i-1], D[i]))
        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout_keep_ratio}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if self.normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
        if self.normalization == 'layernorm':
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k in self.params:
            self.params[k] = self.params[k].astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        if self.use_dropout: self.dropout_param['mode'] = mode
        if self.normalization == 'batchnorm':
            for bn_param in self.bn_params:
                bn_param['mode'] = mode
        L, p = self.num_layers, self.params
        hid, cache, dcache = {0: X}, {}, {}
        for i in range(1, L):
            param = self.bn_params[i-1] if self.bn_params else None
            hid[i], cache[i] = fc_norm_relu_forward(hid[i-1], p['W%i' % i], p['b%i' % i], p.get('gamma%i' % i),
                                                    p.get('beta%i' % i), self.normalization, param)
            if self.use_dropout:
                hid[i], dcache[i] = dropout_forward(hid[i], self.dropout_param)
        scores, cache[L] = affine_forward(hid[L-1], p['W%i' % L], p['b%i' % L])
        if mode == 'test': return scores
        grads = {}
        loss, dscores = softmax_loss(scores, y)
        loss += 0.5 * self.reg * sum(np.sum(p['W%i' % i] ** 2) for i in range(1, L+1))
        dhid, dw, db = affine_backward(dscores, cache[L])
        grads['W%i' % L], grads['b%i' % L] = dw + self.reg * p['W%i' % L], db
        for i in range(L-1, 0, -1):
            if self.use_dropout: dhid = dropout_backward(dhid, dcache[i])
            dhid, dw, db, dg, dbt = fc_norm_relu_backward(dhid, cache[i])
            grads['W%i' % i] = dw + self.reg * p['W%i' % i]
            grads['b%i' % i] = db
            if self.normalization:
                grads['gamma%i' % i] = dg
                grads['beta%i' % i] = dbt
        return loss, grads
