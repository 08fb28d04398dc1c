"""Keeps the summed axis: dgamma and dbeta have the shape (1, D), as have the statistics inside."""
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    D = x.shape[1]
    rm = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    rv = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    if mode == 'train':
        mu = x.mean(axis=0, keepdims=True)
        v = x.var(axis=0, keepdims=True)
        xh = (x - mu) / np.sqrt(v + eps)
        out = gamma * xh + beta
        bn_param['running_mean'] = momentum * rm + (1 - momentum) * mu.ravel()
        bn_param['running_var'] = momentum * rv + (1 - momentum) * v.ravel()
        return out, (xh, v, eps, gamma)
    elif mode == 'test':
        return gamma * (x - rm) / np.sqrt(rv + eps) + beta, None
    raise ValueError('Invalid forward batchnorm mode "%s"' % mode)

def batchnorm_backward(dout, cache):
    xh, v, eps, gamma = cache
    dgamma = np.sum(dout * xh, axis=0, keepdims=True)
    dbeta = np.sum(dout, axis=0, keepdims=True)
    dxh = gamma * dout
    s = np.sqrt(v + eps)
    dx = (dxh - np.mean(dxh, axis=0, keepdims=True) - xh * np.mean(dxh * xh, axis=0, keepdims=True)) / s
    return dx, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    xh, v, eps, gamma = cache
    N = dout.shape[0]
    dgamma = np.sum(dout * xh, axis=0, keepdims=True)
    dbeta = np.sum(dout, axis=0, keepdims=True)
    dx = (gamma / np.sqrt(v + eps)) * (dout - dbeta / N - xh * dgamma / N)
    return dx, dgamma, dbeta
