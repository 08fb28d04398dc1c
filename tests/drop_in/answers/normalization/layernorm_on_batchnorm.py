"""Uses batch norm in training on the transposed batch, with gamma 1 and beta 0."""
import numpy as np

def layernorm_forward(x, gamma, beta, ln_param):
    ln_param = dict(ln_param, mode='train')
    N = x.shape[0]
    ones, zeros = np.ones(N), np.zeros(N)
    xhat, bn = batchnorm_forward(x.T, ones, zeros, ln_param)
    xhat = xhat.T
    return xhat * gamma + beta, (xhat, bn, gamma)

def layernorm_backward(dout, cache):
    xhat, bn, gamma = cache
    dx, _, _ = batchnorm_backward((dout * gamma).T, bn)
    return dx.T, np.sum(dout * xhat, axis=0), np.sum(dout, axis=0)
