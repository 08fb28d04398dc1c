"""Writes its mode into ln_param on the way, and keeps the summed axis: (1, D)."""
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    ln_param['mode'] = 'train'
    N, D = x.shape
    mean = np.sum(x, axis=1).reshape(N, 1) / D
    c = x - mean
    var = np.sum(c ** 2, axis=1).reshape(N, 1) / D
    ivar = 1 / np.sqrt(var + eps)
    return gamma * c * ivar + beta, (c, ivar, gamma)

def layernorm_backward(dout, cache):
    c, ivar, gamma = cache
    D = dout.shape[1]
    xh = c * ivar
    dgamma = np.sum(dout * xh, axis=0, keepdims=True)
    dbeta = np.sum(dout, axis=0, keepdims=True)
    dxh = dout * gamma
    dc = dxh * ivar - c * ivar ** 3 * np.sum(dxh * c, axis=1, keepdims=True) / D
    dx = dc - np.sum(dc, axis=1, keepdims=True) / D
    return dx, dgamma, dbeta
