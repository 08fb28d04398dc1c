"""The bias's gradient keeps its axis: (1, M)."""
import numpy as np

def affine_forward(x, w, b):
    x_flat = x.reshape((x.shape[0], -1))
    out = x_flat @ w + b.reshape(1, -1)
    return out, (x, w, b)

def affine_backward(dout, cache):
    x, w, b = cache
    dx = (dout @ w.T).reshape(*x.shape)
    dw = x.reshape((x.shape[0], -1)).T @ dout
    db = np.sum(dout, axis=0, keepdims=True)
    return dx, dw, db
