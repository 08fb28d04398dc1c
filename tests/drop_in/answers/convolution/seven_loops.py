"""A number at a time, no padded copy."""
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    stride = conv_param.get('stride', 1)
    pad = conv_param.get('pad', 0)
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    H2 = int(1 + (H + 2*pad - HH) / stride)
    W2 = int(1 + (W + 2*pad - WW) / stride)
    out = np.zeros((N, F, H2, W2))
    for n in range(N):
        for f in range(F):
            for i in range(H2):
                for j in range(W2):
                    total = 0.0
                    for c in range(C):
                        for k in range(HH):
                            for l in range(WW):
                                row, col = i*stride + k - pad, j*stride + l - pad
                                if row < 0 or col < 0 or row >= H or col >= W:
                                    continue
                                total += x[n, c, row, col] * w[f, c, k, l]
                    out[n, f, i, j] = total + b[f]
    return out, (x, w, b, conv_param)

def conv_backward_naive(dout, cache):
    x, w, b, conv_param = cache
    stride = conv_param.get('stride', 1)
    pad = conv_param.get('pad', 0)
    dx, dw, db = np.zeros_like(x), np.zeros_like(w), np.zeros_like(b)
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    for n in range(N):
        for f in range(F):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    db[f] += dout[n, f, i, j]
                    for c in range(C):
                        for k in range(HH):
                            for l in range(WW):
                                row, col = i*stride + k - pad, j*stride + l - pad
                                if 0 <= row < H and 0 <= col < W:
                                    dx[n, c, row, col] += dout[n, f, i, j] * w[f, c, k, l]
                                    dw[f, c, k, l] += dout[n, f, i, j] * x[n, c, row, col]
    return dx, dw, db
