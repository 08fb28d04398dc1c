"""FullyConnectedNet in the signature of 2018: dropout=1 is none, and normalization."""
from builtins import range
from builtins import object
import numpy as np
from .layers import *
from .layer_utils import *

class FullyConnectedNet(object):
    def __init__(self, hidden_dims, input_dim=3*32*32, num_classes=10,
                 dropout=1, normalization=None, reg=0.0,
                 weight_scale=1e-2, dtype=np.float32, seed=None):
        self.normalization = normalization
        self.use_dropout = dropout != 1
        self.reg = reg
        self.num_layers = 1 + len(hidden_dims)
        self.dtype = dtype
        self.params = {}
        last = input_dim
        for idx, h in enumerate(hidden_dims):
            self.params['W%d' % (idx + 1)] = np.random.normal(0.0, weight_scale, (last, h))
            self.params['b%d' % (idx + 1)] = np.zeros(h)
            if self.normalization:
                self.params['gamma%d' % (idx + 1)] = np.ones(h)
                self.params['beta%d' % (idx + 1)] = np.zeros(h)
            last = h
        self.params['W%d' % self.num_layers] = np.random.normal(0.0, weight_scale, (last, num_classes))
        self.params['b%d' % self.num_layers] = np.zeros(num_classes)

        self.dropout_param = {}
        if self.use_dropout:
            self.dropout_param = {'mode': 'train', 'p': dropout}
            if seed is not None:
                self.dropout_param['seed'] = seed
        self.bn_params = []
        if self.normalization == 'batchnorm':
            self.bn_params = [{'mode': 'train'} for i in range(self.num_layers - 1)]
        if self.normalization == 'layernorm':
            self.bn_params = [{} for i in range(self.num_layers - 1)]
        for k, v in self.params.items():
            self.params[k] = v.astype(dtype)

    def loss(self, X, y=None):
        X = X.astype(self.dtype)
        mode = 'test' if y is None else 'train'
        if self.use_dropout:
            self.dropout_param['mode'] = mode
        if self.normalization == 'batchnorm':
            for bn_param in self.bn_params:
                bn_param['mode'] = mode
        out, caches = X, []
        for l in range(self.num_layers - 1):
            W, b = self.params['W' + str(l + 1)], self.params['b' + str(l + 1)]
            out, fc = affine_forward(out, W, b)
            bn, dr = None, None
            if self.normalization == 'batchnorm':
                out, bn = batchnorm_forward(out, self.params['gamma' + str(l + 1)], self.params['beta' + str(l + 1)], self.bn_params[l])
            elif self.normalization == 'layernorm':
                out, bn = layernorm_forward(out, self.params['gamma' + str(l + 1)], self.params['beta' + str(l + 1)], self.bn_params[l])
            out, re = relu_forward(out)
            if self.use_dropout:
                out, dr = dropout_forward(out, self.dropout_param)
            caches.append((fc, bn, re, dr))
        n = str(self.num_layers)
        scores, final = affine_forward(out, self.params['W' + n], self.params['b' + n])
        if mode == 'test':
            return scores
        loss, grads = 0.0, {}
        loss, dout = softmax_loss(scores, y)
        dout, grads['W' + n], grads['b' + n] = affine_backward(dout, final)
        for l in reversed(range(self.num_layers - 1)):
            fc, bn, re, dr = caches.pop()
            if self.use_dropout:
                dout = dropout_backward(dout, dr)
            dout = relu_backward(dout, re)
            k = str(l + 1)
            if self.normalization == 'batchnorm':
                dout, grads['gamma' + k], grads['beta' + k] = batchnorm_backward_alt(dout, bn)
            elif self.normalization == 'layernorm':
                dout, grads['gamma' + k], grads['beta' + k] = layernorm_backward(dout, bn)
            dout, grads['W' + k], grads['b' + k] = affine_backward(dout, fc)
        for key in self.params:
            if key[0] == 'W':
                loss += 0.5 * self.reg * np.sum(self.params[key] * self.params[key])
                grads[key] += self.reg * self.params[key]
        return loss, grads
