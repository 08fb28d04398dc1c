"""np.where, and a copy of dout."""
import numpy as np

def relu_forward(x):
    return np.where(x > 0, x, 0), x

def relu_backward(dout, cache):
    x = cache
    dx = np.array(dout, copy=True)
    dx[x <= 0] = 0
    return dx
