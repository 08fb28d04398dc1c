"""Channels last, flat, and back; group norm by hand over axes (2, 3, 4)."""
import numpy as np

def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    flat = x.transpose(0, 2, 3, 1).reshape(-1, C)
    out, cache = batchnorm_forward(flat, gamma, beta, bn_param)
    out = out.reshape(N, H, W, C).transpose(0, 3, 1, 2)
    return out, cache

def spatial_batchnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    flat = dout.transpose(0, 2, 3, 1).reshape(-1, C)
    dx, dgamma, dbeta = batchnorm_backward_alt(flat, cache)
    return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    xg = x.reshape(N, G, C // G, H, W)
    mean = xg.mean(axis=(2, 3, 4), keepdims=True)
    var = xg.var(axis=(2, 3, 4), keepdims=True)
    xn = ((xg - mean) / np.sqrt(var + eps)).reshape(N, C, H, W)
    out = gamma * xn + beta
    return out, (G, x, xn, mean, var, gamma, beta, eps)

def spatial_groupnorm_backward(dout, cache):
    G, x, xn, mean, var, gamma, beta, eps = cache
    N, C, H, W = dout.shape
    dbeta = np.sum(dout, axis=(0, 2, 3), keepdims=True)
    dgamma = np.sum(dout * xn, axis=(0, 2, 3), keepdims=True)
    dxn = (dout * gamma).reshape(N, G, C // G, H, W)
    xg = x.reshape(N, G, C // G, H, W)
    m = C // G * H * W
    dvar = np.sum(dxn * (xg - mean) * -0.5 * (var + eps) ** -1.5, axis=(2, 3, 4), keepdims=True)
    dmean = np.sum(-dxn / np.sqrt(var + eps), axis=(2, 3, 4), keepdims=True) + dvar * np.mean(-2 * (xg - mean), axis=(2, 3, 4), keepdims=True)
    dx = dxn / np.sqrt(var + eps) + dvar * 2 * (xg - mean) / m + dmean / m
    return dx.reshape(N, C, H, W), dgamma, dbeta
