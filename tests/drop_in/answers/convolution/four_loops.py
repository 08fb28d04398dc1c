"""Loops over examples, filters, rows and columns; cuts the padding off by sizes."""
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
  N, C, H, W = x.shape
  F, C, HH, WW = w.shape
  stride, pad = conv_param['stride'], conv_param['pad']
  H_out = 1 + (H + 2 * pad - HH) // stride
  W_out = 1 + (W + 2 * pad - WW) // stride
  out = np.zeros((N, F, H_out, W_out))
  xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
  for n in range(N):
    for f in range(F):
      for i in range(H_out):
        for j in range(W_out):
          win = xp[n, :, i*stride:i*stride+HH, j*stride:j*stride+WW]
          out[n, f, i, j] = np.sum(win * w[f]) + b[f]
  cache = (x, w, b, conv_param)
  return out, cache

def conv_backward_naive(dout, cache):
  x, w, b, conv_param = cache
  N, C, H, W = x.shape
  F, C, HH, WW = w.shape
  stride, pad = conv_param['stride'], conv_param['pad']
  _, _, H_out, W_out = dout.shape
  xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), mode='constant')
  dxp = np.zeros(xp.shape)
  dw = np.zeros(w.shape)
  db = np.zeros(b.shape)
  for n in range(N):
    for f in range(F):
      for i in range(H_out):
        for j in range(W_out):
          g = dout[n, f, i, j]
          dxp[n, :, i*stride:i*stride+HH, j*stride:j*stride+WW] += g * w[f]
          dw[f] += g * xp[n, :, i*stride:i*stride+HH, j*stride:j*stride+WW]
          db[f] += g
  dx = dxp[:, :, pad:pad+H, pad:pad+W]
  return dx, dw, db
