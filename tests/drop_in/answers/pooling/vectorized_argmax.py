"""Flat windows of all channels at once; the first of equal numbers takes the gradient."""
import numpy as np

def max_pool_forward_naive(x, pool_param):
  N, C, H, W = x.shape
  hp, wp, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
  Ho, Wo = (H - hp) // s + 1, (W - wp) // s + 1
  out = np.zeros((N, C, Ho, Wo), dtype=x.dtype)
  idx = np.zeros((N, C, Ho, Wo), dtype=int)
  for i in range(Ho):
    for j in range(Wo):
      flat = x[:, :, i*s:i*s+hp, j*s:j*s+wp].reshape(N, C, hp * wp)
      idx[:, :, i, j] = flat.argmax(axis=2)
      out[:, :, i, j] = flat.max(axis=2)
  return out, (x.shape, x.dtype, idx, pool_param)

def max_pool_backward_naive(dout, cache):
  shape, dtype, idx, pool_param = cache
  hp, wp, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
  dx = np.zeros(shape, dtype=dtype)
  for n in range(dout.shape[0]):
    for c in range(dout.shape[1]):
      for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
          k = idx[n, c, i, j]
          dx[n, c, i*s + k // wp, j*s + k % wp] += dout[n, c, i, j]
  return dx
