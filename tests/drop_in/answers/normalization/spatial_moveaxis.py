"""moveaxis and swapaxes; group norm on rows of groups."""
import numpy as np

def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    moved = np.moveaxis(x, 1, -1)
    out, cache = batchnorm_forward(moved.reshape(-1, x.shape[1]), gamma, beta, bn_param)
    return np.moveaxis(out.reshape(moved.shape), -1, 1), cache

def spatial_batchnorm_backward(dout, cache):
    d = np.moveaxis(dout, 1, -1)
    dx, dgamma, dbeta = batchnorm_backward(d.reshape(-1, d.shape[-1]), cache)
    return np.moveaxis(dx.reshape(d.shape), -1, 1), dgamma, dbeta

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    rows = x.reshape(N * G, -1)
    rows = rows - rows.mean(axis=1)[:, None]
    std = np.sqrt((rows ** 2).mean(axis=1) + eps)[:, None]
    rows = rows / std
    xh = rows.reshape(x.shape)
    return xh * gamma + beta, dict(rows=rows, std=std, gamma=gamma, xh=xh)

def spatial_groupnorm_backward(dout, cache):
    rows, std = cache['rows'], cache['std']
    dbeta = dout.sum(axis=(0, 2, 3))[None, :, None, None]
    dgamma = (dout * cache['xh']).sum(axis=(0, 2, 3))[None, :, None, None]
    d = (dout * cache['gamma']).reshape(rows.shape)
    K = rows.shape[1]
    dx = (d * K - d.sum(axis=1, keepdims=True) - rows * (d * rows).sum(axis=1, keepdims=True)) / K / std
    return dx.reshape(dout.shape), dgamma, dbeta
