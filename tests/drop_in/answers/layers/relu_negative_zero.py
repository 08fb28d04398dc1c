"""A product with a mask, so that negative numbers become -0; a loop backward."""
import numpy as np

def relu_forward(x):
  out = x * (x > 0)
  cache = x
  return out, cache

def relu_backward(dout, cache):
  dx, x = None, cache
  dx = np.zeros_like(x)
  for idx in np.ndindex(*x.shape):
    if x[idx] > 0:
      dx[idx] = dout[idx]
  return dx
