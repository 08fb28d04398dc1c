"""A loop over features, into arrays of zeros, which are float64."""
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode, eps, momentum = bn_param['mode'], bn_param.get('eps', 1e-5), bn_param.get('momentum', 0.9)
    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D))
    running_var = bn_param.get('running_var', np.zeros(D))
    out, xh, std = np.zeros((N, D)), np.zeros((N, D)), np.zeros(D)
    new_mean, new_var = np.zeros(D), np.zeros(D)
    if mode not in ('train', 'test'):
        raise ValueError(mode)
    for d in range(D):
        if mode == 'train':
            m = np.mean(x[:, d].astype(np.float64))
            v = np.mean((x[:, d].astype(np.float64) - m) ** 2)
            new_mean[d] = momentum * running_mean[d] + (1 - momentum) * m
            new_var[d] = momentum * running_var[d] + (1 - momentum) * v
        else:
            m, v = running_mean[d], running_var[d]
            new_mean[d], new_var[d] = m, v
        std[d] = np.sqrt(v + eps)
        xh[:, d] = (x[:, d] - m) / std[d]
        out[:, d] = gamma[d] * xh[:, d] + beta[d]
    bn_param['running_mean'], bn_param['running_var'] = new_mean, new_var
    return out, (xh, std, gamma)

def batchnorm_backward(dout, cache):
    xh, std, gamma = cache
    N, D = dout.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for d in range(D):
        g = dout[:, d]
        dbeta[d] = np.sum(g)
        dgamma[d] = np.sum(g * xh[:, d])
        dx[:, d] = gamma[d] / std[d] * (g - dbeta[d] / N - xh[:, d] * dgamma[d] / N)
    return dx, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    xh, std, gamma = cache
    N = dout.shape[0]
    J = np.eye(N) - 1.0 / N
    dgamma, dbeta = np.sum(xh * dout, 0), np.sum(dout, 0)
    dx = gamma / std * (J.dot(dout) - xh * dgamma / N)
    return dx, dgamma, dbeta
