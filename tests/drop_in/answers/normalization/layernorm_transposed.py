"""Turns the batch on its side, as the hint says."""
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    xt = x.T
    m = xt.mean(axis=0)
    v = xt.var(axis=0)
    xh = ((xt - m) / np.sqrt(v + eps)).T
    out = xh * gamma + beta
    return out, {'xh': xh, 'v': v, 'eps': eps, 'gamma': gamma}

def layernorm_backward(dout, cache):
    xh, v, eps, gamma = cache['xh'], cache['v'], cache['eps'], cache['gamma']
    dgamma = (dout * xh).sum(axis=0)
    dbeta = dout.sum(axis=0)
    d, xt = (dout * gamma).T, xh.T
    n = d.shape[0]
    dx = (n * d - d.sum(axis=0) - xt * (d * xt).sum(axis=0)) / (n * np.sqrt(v + eps))
    return dx.T, dgamma, dbeta
