"""Filters in the outer loop; writes the padded picture back into the cache; db in a loop."""
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
  out = None
  N, C, H, W = x.shape
  F, _, HH, WW = w.shape
  S, P = conv_param['stride'], conv_param['pad']
  x = np.pad(x, ((0,), (0,), (P,), (P,)), 'constant')
  Hn = int(np.floor((H + 2 * P - HH) / S)) + 1
  Wn = int(np.floor((W + 2 * P - WW) / S)) + 1
  out = np.zeros((N, F, Hn, Wn))
  for f in range(F):
    kernel = w[f]
    for r, top in enumerate(range(0, Hn * S, S)):
      for c, left in enumerate(range(0, Wn * S, S)):
        out[:, f, r, c] = (x[:, :, top:top+HH, left:left+WW] * kernel).sum(axis=(1, 2, 3)) + b[f]
  return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
  x, w, b, conv_param = cache # x is padded
  S, P = conv_param['stride'], conv_param['pad']
  F, _, HH, WW = w.shape
  N, _, Hn, Wn = dout.shape
  dx, dw, db = np.zeros(x.shape), np.zeros(w.shape), np.zeros(b.shape)
  for f in range(F):
    db[f] = dout[:, f].sum()
    for r in range(Hn):
      for c in range(Wn):
        d = dout[:, f, r, c][:, None, None, None]
        dw[f] += (d * x[:, :, r*S:r*S+HH, c*S:c*S+WW]).sum(axis=0)
        dx[:, :, r*S:r*S+HH, c*S:c*S+WW] += d * w[f]
  dx = dx[:, :, P:dx.shape[2]-P, P:dx.shape[3]-P]
  return dx, dw, db
