"""Remembers where each maximum was: the last of equal ones, found by comparing."""
import numpy as np

def max_pool_forward_naive(x, pool_param):
    N, C, H, W = x.shape
    PH, PW, S = pool_param['pool_height'], pool_param['pool_width'], pool_param['stride']
    H1 = 1 + (H - PH) // S
    W1 = 1 + (W - PW) // S
    out = np.full((N, C, H1, W1), -np.inf)
    places = {}
    for n in range(N):
        for c in range(C):
            for i in range(H1):
                for j in range(W1):
                    for k in range(i * S, i * S + PH):
                        for l in range(j * S, j * S + PW):
                            if x[n, c, k, l] >= out[n, c, i, j]:
                                out[n, c, i, j] = x[n, c, k, l]
                                places[n, c, i, j] = (k, l)
    return out, (places, x.shape)

def max_pool_backward_naive(dout, cache):
    places, shape = cache
    dx = np.zeros(shape)
    for (n, c, i, j), (k, l) in places.items():
        dx[n, c, k, l] += dout[n, c, i, j]
    return dx
