"""A mask of float64 in the cache; half of x plus its size."""
import numpy as np

def relu_forward(x):
    out = (np.abs(x) + x) / 2
    mask = np.zeros(x.shape)
    mask[x > 0] = 1
    cache = (mask, x)
    return out, cache

def relu_backward(dout, cache):
    mask, x = cache
    return np.multiply(mask, dout)
