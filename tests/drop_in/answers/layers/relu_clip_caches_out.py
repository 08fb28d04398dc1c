"""np.clip; the cache holds the output, whose sign tells as much."""
import numpy as np

def relu_forward(x):
    out = np.clip(x, 0, None)
    return out, out

def relu_backward(dout, cache):
    return dout * np.sign(cache)
