"""np.mean and np.var, a dict for a cache, and the paper's formulas backward."""
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    N, D = x.shape
    running_mean = bn_param.get("running_mean", np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get("running_var", np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == "train":
        sample_mean = np.mean(x, axis=0)
        sample_var = np.var(x, axis=0)
        x_norm = (x - sample_mean) / np.sqrt(sample_var + eps)
        out = x_norm * gamma + beta
        running_mean = momentum * running_mean + (1 - momentum) * sample_mean
        running_var = momentum * running_var + (1 - momentum) * sample_var
        cache = {"x": x, "mean": sample_mean, "var": sample_var, "xn": x_norm, "gamma": gamma, "eps": eps, "beta": beta}
    elif mode == "test":
        out = (x - running_mean) * gamma / np.sqrt(running_var + eps) + beta
        cache = bn_param
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, cache

def batchnorm_backward(dout, cache):
    x, mean, var, xn, gamma, eps = [cache[k] for k in ("x", "mean", "var", "xn", "gamma", "eps")]
    m = x.shape[0]
    dxn = dout * gamma
    dvar = np.sum(dxn * (x - mean) * -0.5 * (var + eps) ** (-1.5), axis=0)
    dmean = np.sum(-dxn / np.sqrt(var + eps), axis=0) + dvar * np.sum(-2 * (x - mean), axis=0) / m
    dx = dxn / np.sqrt(var + eps) + dvar * 2 * (x - mean) / m + dmean / m
    dgamma = np.sum(dout * xn, axis=0)
    dbeta = np.sum(dout, axis=0)
    return dx, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    xn, gamma, var, eps = cache["xn"], cache["gamma"], cache["var"], cache["eps"]
    dbeta = dout.sum(0)
    dgamma = (dout * xn).sum(0)
    dxn = dout * gamma
    dx = (dxn - dxn.mean(0) - xn * (dxn * xn).mean(0)) / np.sqrt(var + eps)
    return dx, dgamma, dbeta
