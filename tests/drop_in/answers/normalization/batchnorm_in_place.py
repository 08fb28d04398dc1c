"""Backward scales dout where it lies; forward centres a copy."""
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    bn_param.setdefault('running_mean', np.zeros(D, dtype=x.dtype))
    bn_param.setdefault('running_var', np.zeros(D, dtype=x.dtype))
    if mode == 'train':
        mean, var = x.mean(0), x.var(0)
        bn_param['running_mean'] *= momentum
        bn_param['running_mean'] += (1 - momentum) * mean
        bn_param['running_var'] *= momentum
        bn_param['running_var'] += (1 - momentum) * var
    elif mode == 'test':
        mean, var = bn_param['running_mean'], bn_param['running_var']
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    istd = 1 / np.sqrt(var + eps)
    xhat = x.copy()
    xhat -= mean
    xhat *= istd
    return xhat * gamma + beta, [xhat, istd, gamma]

def batchnorm_backward(dout, cache):
    xhat, istd, gamma = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dout *= gamma
    dx = istd * (dout - dout.mean(axis=0) - xhat * (dout * xhat).mean(axis=0))
    return dx, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    xhat, istd, gamma = cache
    dbeta = dout.sum(axis=0)
    dgamma = (dout * xhat).sum(axis=0)
    dout *= gamma * istd
    dout -= dout.mean(axis=0) + xhat * (dout * xhat).mean(axis=0)
    return dout, dgamma, dbeta
