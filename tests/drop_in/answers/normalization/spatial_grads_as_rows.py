"""Spatial batch norm by hand over axes (0, 2, 3); gradients keep their axes: (1, C, 1, 1) in group norm."""
import numpy as np

def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    N, C, H, W = x.shape
    x_new = np.reshape(np.transpose(x, (0, 2, 3, 1)), (N * H * W, C))
    y, cache = batchnorm_forward(x_new, gamma, beta, bn_param)
    return np.transpose(np.reshape(y, (N, H, W, C)), (0, 3, 1, 2)), (cache, N, H, W, C)

def spatial_batchnorm_backward(dout, cache):
    cache, N, H, W, C = cache
    d = np.reshape(np.transpose(dout, (0, 2, 3, 1)), (N * H * W, C))
    dx, dgamma, dbeta = batchnorm_backward(d, cache)
    dx = np.transpose(np.reshape(dx, (N, H, W, C)), (0, 3, 1, 2))
    return dx, dgamma.reshape(1, -1), dbeta.reshape(1, -1)

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    size = (N * G, C // G * H * W)
    xT = x.reshape(size).T
    mean = xT.mean(axis=0)
    var = xT.var(axis=0)
    std = np.sqrt(var + eps)
    z = ((xT - mean) / std).T.reshape(N, C, H, W)
    out = gamma * z + beta
    return out, {'std': std, 'gamma': gamma, 'z': z, 'size': size}

def spatial_groupnorm_backward(dout, cache):
    N, C, H, W = dout.shape
    z, size, std = cache['z'], cache['size'], cache['std']
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    dgamma = (dout * z).sum(axis=(0, 2, 3), keepdims=True)
    d = (dout * cache['gamma']).reshape(size).T
    zt = z.reshape(size).T
    M = size[1]
    dx = (1. / (M * std)) * (M * d - d.sum(axis=0) - zt * np.sum(d * zt, axis=0))
    return dx.T.reshape(N, C, H, W), dgamma, dbeta
