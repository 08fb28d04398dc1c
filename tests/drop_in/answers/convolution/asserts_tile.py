"""Asserts that the filters tile the picture, in both directions."""
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    stride = conv_param['stride']
    pad = conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    assert (H + 2 * pad - HH) % stride == 0, 'height does not work'
    assert (W + 2 * pad - WW) % stride == 0, 'width does not work'
    Ho = int((H + 2 * pad - HH) / stride) + 1
    Wo = int((W + 2 * pad - WW) / stride) + 1
    x_pad = np.zeros((N, C, H + 2 * pad, W + 2 * pad), dtype=x.dtype)
    x_pad[:, :, pad:H + pad, pad:W + pad] = x
    out = np.zeros((N, F, Ho, Wo), dtype=x.dtype)
    for i in range(Ho):
        for j in range(Wo):
            patch = x_pad[:, :, i * stride:i * stride + HH, j * stride:j * stride + WW]
            for f in range(F):
                out[:, f, i, j] = np.sum(patch * w[f, :, :, :], axis=(1, 2, 3)) + b[f]
    return out, (x, w, b, conv_param, x_pad)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param, x_pad = cache
    stride, pad = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, Ho, Wo = dout.shape
    dx_pad = np.zeros_like(x_pad)
    dw = np.zeros_like(w)
    db = np.sum(dout, axis=(0, 2, 3))
    for i in range(Ho):
        for j in range(Wo):
            h0, w0 = i * stride, j * stride
            patch = x_pad[:, :, h0:h0 + HH, w0:w0 + WW]
            for f in range(F):
                dw[f] += np.sum(patch * dout[:, f, i, j].reshape(N, 1, 1, 1), axis=0)
            for n in range(N):
                dx_pad[n, :, h0:h0 + HH, w0:w0 + WW] += np.sum(w * dout[n, :, i, j].reshape(F, 1, 1, 1), axis=0)
    dx = dx_pad[:, :, pad:H + pad, pad:W + pad]
    return dx, dw, db
