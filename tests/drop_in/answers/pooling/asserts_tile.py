"""Asserts that the windows tile the picture; ties to all, in loops."""
import numpy as np

def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    pool_height = pool_param['pool_height']
    pool_width = pool_param['pool_width']
    stride = pool_param['stride']
    assert (H - pool_height) % stride == 0
    assert (W - pool_width) % stride == 0
    Hp = (H - pool_height) // stride + 1
    Wp = (W - pool_width) // stride + 1
    out = np.zeros((N, C, Hp, Wp))
    for n in range(N):
        for k in range(Hp):
            for l in range(Wp):
                region = x[n, :, k*stride:k*stride+pool_height, l*stride:l*stride+pool_width]
                out[n, :, k, l] = region.reshape(C, -1).max(axis=1)
    return out, (x, pool_param, out)

def max_pool_backward_naive(dout, cache):
    x, pool_param, out = cache
    N, C, H, W = x.shape
    ph, pw = pool_param['pool_height'], pool_param['pool_width']
    stride = pool_param['stride']
    dx = np.zeros(x.shape)
    for n in range(N):
        for c in range(C):
            for k in range(dout.shape[2]):
                for l in range(dout.shape[3]):
                    mask = x[n, c, k*stride:k*stride+ph, l*stride:l*stride+pw] == out[n, c, k, l]
                    dx[n, c, k*stride:k*stride+ph, l*stride:l*stride+pw] += mask * dout[n, c, k, l]
    return dx
