"""A loop over examples and groups; float64."""
import numpy as np

def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    eps = gn_param.get('eps', 1e-5)
    N, C, H, W = x.shape
    k = C // G
    xh, stds = np.zeros(x.shape), np.zeros((N, G))
    for n in range(N):
        for g in range(G):
            part = x[n, g*k:(g+1)*k]
            stds[n, g] = np.sqrt(np.var(part) + eps)
            xh[n, g*k:(g+1)*k] = (part - np.mean(part)) / stds[n, g]
    return gamma.reshape(1, C, 1, 1) * xh + beta.reshape(1, C, 1, 1), (xh, stds, gamma, G)

def spatial_groupnorm_backward(dout, cache):
    xh, stds, gamma, G = cache
    N, C, H, W = dout.shape
    k = C // G
    dgamma = np.sum(np.sum(np.sum(dout * xh, axis=3), axis=2), axis=0).reshape(1, C, 1, 1)
    dbeta = np.sum(np.sum(np.sum(dout, axis=3), axis=2), axis=0).reshape(1, C, 1, 1)
    dxh = dout * gamma.reshape(1, C, 1, 1)
    dx = np.zeros(dout.shape)
    for n in range(N):
        for g in range(G):
            d, h = dxh[n, g*k:(g+1)*k], xh[n, g*k:(g+1)*k]
            dx[n, g*k:(g+1)*k] = (d - d.mean() - h * np.mean(d * h)) / stds[n, g]
    return dx, dgamma, dbeta
