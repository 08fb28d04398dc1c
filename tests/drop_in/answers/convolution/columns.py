"""Lays the windows out as rows of a matrix first; float64."""
import numpy as np

def rows_of(xp, HH, WW, s, Ho, Wo):
    rows = []
    for i in range(Ho):
        for j in range(Wo):
            rows.append(xp[:, :, i*s:i*s+HH, j*s:j*s+WW].reshape(xp.shape[0], -1))
    return np.stack(rows, axis=1)  # N, Ho*Wo, C*HH*WW

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    Ho, Wo = 1 + (H + 2*p - HH)//s, 1 + (W + 2*p - WW)//s
    xp = np.pad(x.astype(np.float64), ((0,), (0,), (p,), (p,)))
    cols = rows_of(xp, HH, WW, s, Ho, Wo)
    out = cols.dot(w.reshape(F, -1).T) + b
    out = out.transpose(0, 2, 1).reshape(N, F, Ho, Wo)
    return out, (x, w, b, conv_param, cols)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param, cols = cache
    s, p = conv_param['stride'], conv_param['pad']
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, Ho, Wo = dout.shape
    d = dout.reshape(N, F, -1).transpose(0, 2, 1)  # N, Ho*Wo, F
    db = d.sum(axis=(0, 1))
    dw = np.einsum('npf,npk->fk', d, cols).reshape(w.shape)
    dcols = d.dot(w.reshape(F, -1))
    dxp = np.zeros((N, C, H + 2*p, W + 2*p))
    for k in range(Ho * Wo):
        i, j = k // Wo, k % Wo
        dxp[:, :, i*s:i*s+HH, j*s:j*s+WW] += dcols[:, k].reshape(N, C, HH, WW)
    return dxp[:, :, p:p+H, p:p+W], dw, db
