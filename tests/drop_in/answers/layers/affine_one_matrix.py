"""The bias as one more row of weights."""
import numpy as np

def affine_forward(x, w, b):
    N = x.shape[0]
    ext = np.hstack((x.reshape(N, -1), np.ones((N, 1))))
    W = np.vstack((w, b))
    return ext.dot(W), (x.shape, ext, W)

def affine_backward(dout, cache):
    shape, ext, W = cache
    dext = dout.dot(W.T)
    dW = ext.T.dot(dout)
    return dext[:, :-1].reshape(shape), dW[:-1], dW[-1]
