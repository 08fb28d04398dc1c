"""Normalise numbers to mean 0 and variance 1, then let the net choose a scale and a shift.

    x_hat = (x - mean) / sqrt(var + eps),    out = gamma * x_hat + beta

What differs is over which numbers mean and variance run: over the batch, for each feature
(batch norm); over the features, for each example (layer norm); over batch and pixels, for each
channel (spatial batch norm); over some channels and all pixels, for each example (group norm).
"""

import numpy as np

from .given.arguments import is_training


def batchnorm_forward(x, gamma, beta, bn_param):
    """Normalise each feature over the batch, then scale and shift it.

    Ioffe and Szegedy, Batch normalization, ICML 2015, algorithm 1; with the biased variance,
    the mean of the squared distances from the mean. At test, running statistics take the place
    of the batch's: an answer must not depend on who else is asked about.

    x: (N, D) a batch; gamma, beta: (D,) scale and shift.
    bn_param: dict of mode, 'train' or 'test'; eps (1e-5), what the variance is raised by;
        momentum (0.9), the share of the running statistics that each step keeps; running_mean
        and running_var (D,), 0 before the first step, which training writes back here:
        running = momentum * running + (1 - momentum) * the batch's.
    Returns (out, cache), out (N, D). Raises ValueError for an unknown mode.
    """
    eps, momentum = bn_param.get("eps", 1e-5), bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1], x.dtype))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1], x.dtype))
    if not is_training(bn_param):
        # SOLUTION: Normalise by the running statistics, which stay as they are.
        x_hat = (x - running_mean) / np.sqrt(running_var + eps)
        return gamma * x_hat + beta, None
    # SOLUTION: Normalise by the batch's own mean and variance. Then move the running
    # statistics towards them, and write these back into bn_param.
    mean, var = x.mean(axis=0), x.var(axis=0)
    bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
    bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    std = np.sqrt(var + eps)
    x_hat = (x - mean) / std
    return gamma * x_hat + beta, (x_hat, std, gamma)


def batchnorm_backward(dout, cache):
    """Return the gradients of batch norm in training, one node of its graph after the other.

    dout: (N, D) gradient of the loss with respect to out; cache: from batchnorm_forward.
    Returns dx (N, D), dgamma (D,), dbeta (D,).
    """
    # SOLUTION: Draw the graph: mean, centred, var, std, x_hat, out. Walk it backwards, a line
    # for each arrow. Where a number is used twice, its gradients add up.
    x_hat, std, gamma = cache
    N, centred = len(dout), x_hat * std

    # out = gamma * x_hat + beta
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx_hat = dout * gamma
    # x_hat = centred / std
    dcentred = dx_hat / std
    dstd = -(dx_hat * centred).sum(axis=0) / std**2
    # std = sqrt(var + eps)
    dvar = dstd / (2 * std)
    # var = mean of centred**2
    dcentred += dvar * 2 / N * centred
    # centred = x - mean
    dmean = -dcentred.sum(axis=0)
    # mean = sum of x / N
    dx = dcentred + dmean / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    """Return the same gradients as batchnorm_backward, after simplification on paper.

        dx = gamma / std * (dout - mean of dout - x_hat * mean of (dout * x_hat))

    dout: (N, D) gradient of the loss with respect to out; cache: from batchnorm_forward.
    Returns dx (N, D), dgamma (D,), dbeta (D,).
    """
    # SOLUTION: Two of the means are dbeta / N and dgamma / N. That leaves one line for dx.
    x_hat, std, gamma = cache
    dbeta, dgamma = dout.sum(axis=0), (dout * x_hat).sum(axis=0)
    dx = gamma / std * (dout - (dbeta + x_hat * dgamma) / len(dout))
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    """Normalise each example over its features, then scale and shift each feature.

    Ba, Kiros and Hinton, Layer normalization, arXiv:1607.06450 (2016). No example depends on
    another one, so training and test are the same.

    x: (N, D) a batch; gamma, beta: (D,) scale and shift.
    ln_param: dict of eps (1e-5), what the variance is raised by.
    Returns (out, cache), out (N, D).
    """
    eps = ln_param.get("eps", 1e-5)
    # SOLUTION: Do what batch norm does in training, over the other axis. Which of the numbers
    # belong to an example now, and which to a feature?
    std = np.sqrt(x.var(axis=1, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=1, keepdims=True)) / std
    return gamma * x_hat + beta, (x_hat, std, gamma)


def layernorm_backward(dout, cache):
    """Return the gradients of layer norm.

    dout: (N, D) gradient of the loss with respect to out; cache: from layernorm_forward.
    Returns dx (N, D), dgamma (D,), dbeta (D,).
    """
    # SOLUTION: Take batch norm's one line, and ask of each sum which axis it runs over: gamma
    # and beta are still a number for each feature, but each example has its own mean.
    x_hat, std, gamma = cache
    dx_hat = dout * gamma
    along = x_hat * (dx_hat * x_hat).mean(axis=1, keepdims=True)
    dx = (dx_hat - dx_hat.mean(axis=1, keepdims=True) - along) / std
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    """Normalise each channel over the batch and all pixels, then scale and shift it.

    Ioffe and Szegedy, Batch normalization, ICML 2015, section 3.2.

    x: (N, C, H, W) pictures; gamma, beta: (C,) scale and shift.
    bn_param: as in batchnorm_forward, with running statistics (C,).
    Returns (out, cache), out (N, C, H, W).
    """
    # SOLUTION: Let every pixel of every picture be an example with C features, and use
    # batchnorm_forward. Mind the order of the axes, on the way there and on the way back.
    N, C, H, W = x.shape
    pixels = x.transpose(0, 2, 3, 1).reshape(-1, C)
    out, cache = batchnorm_forward(pixels, gamma, beta, bn_param)
    return out.reshape(N, H, W, C).transpose(0, 3, 1, 2), cache


def spatial_batchnorm_backward(dout, cache):
    """Return the gradients of spatial batch norm.

    dout: (N, C, H, W) gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    # SOLUTION: Rearrange dout as forward rearranged x, and use a backward of batch norm.
    N, C, H, W = dout.shape
    pixels = dout.transpose(0, 2, 3, 1).reshape(-1, C)
    dx, dgamma, dbeta = batchnorm_backward_alt(pixels, cache)
    return dx.reshape(N, H, W, C).transpose(0, 3, 1, 2), dgamma, dbeta


def spatial_groupnorm_forward(x, gamma, beta, G, gn_param):
    """Normalise each group of channels of each picture, then scale and shift each channel.

    Wu and He, Group normalization, ECCV 2018, section 3. The first C / G channels are the first
    group, and so on.

    x: (N, C, H, W) pictures; gamma, beta: (1, C, 1, 1) scale and shift.
    G: number of groups, a divisor of C.
    gn_param: dict of eps (1e-5), what the variance is raised by.
    Returns (out, cache), out (N, C, H, W). Raises ValueError if G does not divide C.
    """
    N, C = x.shape[:2]
    if G < 1 or C % G:
        raise ValueError(f"{C} channels cannot be put into G = {G} groups of the same size")
    # SOLUTION: Lay each group of each picture out as a row. Rows are what layernorm_forward
    # normalises: what must its gamma and beta be here? Then put all back in place.
    x_hat, cache = layernorm_forward(x.reshape(N * G, -1), 1, 0, gn_param)
    x_hat = x_hat.reshape(x.shape)
    return gamma * x_hat + beta, (x_hat, gamma, G, cache)


def spatial_groupnorm_backward(dout, cache):
    """Return the gradients of spatial group norm.

    dout: (N, C, H, W) gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    # SOLUTION: Hand dout through scale and shift, then through the rows, each group a row.
    x_hat, gamma, G, rows_cache = cache
    dgamma = (dout * x_hat).sum(axis=(0, 2, 3), keepdims=True)
    dbeta = dout.sum(axis=(0, 2, 3), keepdims=True)
    rows = (dout * gamma).reshape(len(dout) * G, -1)
    dx, _, _ = layernorm_backward(rows, rows_cache)
    return dx.reshape(dout.shape), dgamma, dbeta
