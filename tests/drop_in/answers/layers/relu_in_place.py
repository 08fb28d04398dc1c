"""Both directions write into what they are given."""
import numpy as np

def relu_forward(x):
    cache = x.copy()
    x[x < 0] = 0
    out = x
    return out, cache

def relu_backward(dout, cache):
    dx, x = None, cache
    dout[x <= 0] = 0
    dx = dout
    return dx
