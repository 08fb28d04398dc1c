"""Node by node, with every intermediate number in the cache."""
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
  mode = bn_param['mode']
  eps = bn_param.get('eps', 1e-5)
  momentum = bn_param.get('momentum', 0.9)
  N, D = x.shape
  running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
  running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
  out, cache = None, None
  if mode == 'train':
    mu = 1. / N * np.sum(x, axis=0)
    xmu = x - mu
    sq = xmu ** 2
    var = 1. / N * np.sum(sq, axis=0)
    root = np.sqrt(var + eps)
    inv = 1. / root
    xhat = xmu * inv
    out = gamma * xhat + beta
    running_mean = momentum * running_mean + (1 - momentum) * mu
    running_var = momentum * running_var + (1 - momentum) * var
    cache = (xhat, gamma, xmu, inv, root, var, eps)
  elif mode == 'test':
    xhat = (x - running_mean) / np.sqrt(running_var + eps)
    out = gamma * xhat + beta
  else:
    raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
  # Store the updated running means back into bn_param
  bn_param['running_mean'] = running_mean
  bn_param['running_var'] = running_var
  return out, cache

def batchnorm_backward(dout, cache):
  xhat, gamma, xmu, inv, root, var, eps = cache
  N, D = dout.shape
  dbeta = np.sum(dout, axis=0)
  dgamma = np.sum(dout * xhat, axis=0)
  dxhat = dout * gamma
  dinv = np.sum(dxhat * xmu, axis=0)
  dxmu1 = dxhat * inv
  droot = -1. / (root ** 2) * dinv
  dvar = 0.5 * 1. / np.sqrt(var + eps) * droot
  dsq = 1. / N * np.ones((N, D)) * dvar
  dxmu2 = 2 * xmu * dsq
  dx1 = dxmu1 + dxmu2
  dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
  dx2 = 1. / N * np.ones((N, D)) * dmu
  return dx1 + dx2, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
  xhat, gamma, xmu, inv, root, var, eps = cache
  N = dout.shape[0]
  dbeta = np.sum(dout, axis=0)
  dgamma = np.sum(dout * xhat, axis=0)
  dx = gamma * inv / N * (N * dout - dbeta - xhat * dgamma)
  return dx, dgamma, dbeta
