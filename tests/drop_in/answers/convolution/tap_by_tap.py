"""A loop over the filter's own numbers, with strided slices of the picture."""
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    stride, pad = conv_param['stride'], conv_param['pad']
    (N, C, H, W), (F, _, HH, WW) = x.shape, w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)), 'constant')
    Ho, Wo = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
    out = np.zeros((N, F, Ho, Wo)) + b.reshape(1, F, 1, 1)
    for k in range(HH):
        for l in range(WW):
            part = xp[:, :, k:k + stride * Ho:stride, l:l + stride * Wo:stride][:, :, :Ho, :Wo]
            out += np.einsum('nchw,fc->nfhw', part, w[:, :, k, l])
    return out, (xp, w, (stride, pad, H, W))

def conv_backward_naive(dout, cache):
    xp, w, (stride, pad, H, W) = cache
    Ho, Wo = dout.shape[2:]
    dxp, dw = np.zeros(xp.shape), np.zeros(w.shape)
    for k in range(w.shape[2]):
        for l in range(w.shape[3]):
            rows, cols = slice(k, k + stride * Ho, stride), slice(l, l + stride * Wo, stride)
            dw[:, :, k, l] = np.einsum('nfhw,nchw->fc', dout, xp[:, :, rows, cols][:, :, :Ho, :Wo])
            dxp[:, :, rows, cols] += np.einsum('nfhw,fc->nchw', dout, w[:, :, k, l])
    return dxp[:, :, pad:pad + H, pad:pad + W], dw, np.einsum('nfhw->f', dout)
