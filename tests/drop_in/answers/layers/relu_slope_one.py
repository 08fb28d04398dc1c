"""The derivative at 0 is 1."""
import numpy as np

def relu_forward(x):
    out = x * (x >= 0)
    return out, x

def relu_backward(dout, cache):
    x = cache
    grad = (x >= 0).astype(float)
    return grad * dout
