"""Means along axis 1, kept as columns."""
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    mu = np.mean(x, axis=1, keepdims=True)
    var = np.var(x, axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    xn = (x - mu) / std
    out = gamma * xn + beta
    cache = (xn, std, gamma, x, mu, eps)
    return out, cache

def layernorm_backward(dout, cache):
    xn, std, gamma, x, mu, eps = cache
    D = dout.shape[1]
    dgamma = np.sum(dout * xn, axis=0)
    dbeta = np.sum(dout, axis=0)
    dxn = dout * gamma
    dx = 1.0 / D / std * (D * dxn - np.sum(dxn, axis=1, keepdims=True) - xn * np.sum(dxn * xn, axis=1, keepdims=True))
    return dx, dgamma, dbeta
