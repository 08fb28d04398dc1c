"""float64 inside, and outside as well."""
import numpy as np

def affine_forward(x, w, b):
    X = x.astype(np.float64).reshape(len(x), -1)
    return np.einsum('nd,dm->nm', X, w) + b, (X, w, x.shape)

def affine_backward(dout, cache):
    X, w, shape = cache
    dx = np.einsum('nm,dm->nd', dout, w)
    dx.shape = shape
    dw = np.einsum('nd,nm->dm', X, dout)
    db = np.einsum('nm->m', dout)
    return dx, dw, db
