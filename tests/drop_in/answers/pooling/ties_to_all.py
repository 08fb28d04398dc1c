"""A mask of what equals the maximum: all of equal numbers take the whole gradient."""
import numpy as np

def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    HH, WW, stride = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    H_out = int(1 + (H - HH) / stride)
    W_out = int(1 + (W - WW) / stride)
    out = np.zeros((N, C, H_out, W_out), dtype=x.dtype)
    for i in range(H_out):
        for j in range(W_out):
            out[:, :, i, j] = np.max(x[:, :, i*stride:i*stride+HH, j*stride:j*stride+WW], axis=(2, 3))
    return out, (x, pool_param)

def max_pool_backward_naive(dout, cache):
    x, pool_param = cache
    HH, WW, stride = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    dx = np.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            win = x[:, :, i*stride:i*stride+HH, j*stride:j*stride+WW]
            top = np.max(win, axis=(2, 3), keepdims=True)
            dx[:, :, i*stride:i*stride+HH, j*stride:j*stride+WW] += (win == top) * dout[:, :, i, j][:, :, None, None]
    return dx
