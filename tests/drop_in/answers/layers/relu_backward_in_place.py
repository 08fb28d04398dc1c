"""Only backward writes into its dout, the most frequent kind."""
import numpy as np

def relu_forward(x):
    out = np.copy(x)
    out[out < 0] = 0
    return out, x

def relu_backward(dout, cache):
    dx, x = dout, cache
    dx[x < 0] = 0
    return dx
