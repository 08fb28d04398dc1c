"""An example at a time, into arrays of zeros, which are float64."""
import numpy as np

def affine_forward(x, w, b):
    N, M = x.shape[0], w.shape[1]
    out = np.zeros((N, M))
    for i in range(N):
        flat = x[i].flatten()
        for j in range(M):
            out[i, j] = np.sum(flat * w[:, j]) + b[j]
    return out, [x, w, b]

def affine_backward(dout, cache):
    [x, w, b] = cache
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(b.shape)
    for i in range(x.shape[0]):
        dx[i] = w.dot(dout[i]).reshape(x.shape[1:])
        dw += np.outer(x[i].ravel(), dout[i])
        db += dout[i]
    return dx, dw, db
