"""argmax: the first of equal numbers takes the gradient."""
import numpy as np

def max_pool_forward_naive(x, pool_param):
  N, C, H, W = x.shape
  ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
  Ho = 1 + (H - ph) // s
  Wo = 1 + (W - pw) // s
  out = np.zeros((N, C, Ho, Wo))
  for n in range(N):
    for c in range(C):
      for i in range(Ho):
        for j in range(Wo):
          out[n, c, i, j] = np.max(x[n, c, i*s:i*s+ph, j*s:j*s+pw])
  cache = (x, pool_param)
  return out, cache

def max_pool_backward_naive(dout, cache):
  x, pool_param = cache
  N, C, H, W = x.shape
  ph, pw, s = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
  dx = np.zeros(x.shape)
  for n in range(N):
    for c in range(C):
      for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
          win = x[n, c, i*s:i*s+ph, j*s:j*s+pw]
          a, b = np.unravel_index(np.argmax(win), win.shape)
          dx[n, c, i*s + a, j*s + b] += dout[n, c, i, j]
  return dx
