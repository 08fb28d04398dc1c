"""Sets x.shape and sets it back; the cache is a tuple in a tuple."""
import numpy as np

def affine_forward(x, w, b):
    old = x.shape
    N = old[0]
    rows = np.array([x[i].ravel() for i in range(N)])
    out = rows @ w
    out += b
    return out, ((old, rows), (w, b))

def affine_backward(dout, cache):
    (old, rows), (w, b) = cache
    dx = np.dot(dout, w.T)
    dx = np.reshape(dx, old)
    dw = np.zeros_like(w)
    dw += np.dot(rows.T, dout)
    db = np.zeros_like(b)
    for row in dout:
        db += row
    return dx, dw, db
