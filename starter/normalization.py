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
        # TODO: Normalise by the running statistics, which stay as they are.
        raise NotImplementedError("batchnorm_forward is yours to write")
    # TODO: Normalise by the batch's own mean and variance. Then move the running
    # statistics towards them, and write these back into bn_param.
    raise NotImplementedError("batchnorm_forward is yours to write")


def batchnorm_backward(dout, cache):
    """Return the gradients of batch norm in training, one node of its graph after the other.

    dout: (N, D) gradient of the loss with respect to out; cache: from batchnorm_forward.
    Returns dx (N, D), dgamma (D,), dbeta (D,).
    """
    # TODO: Draw the graph: mean, centred, var, std, x_hat, out. Walk it backwards, a line
    # for each arrow. Where a number is used twice, its gradients add up.
    raise NotImplementedError("batchnorm_backward is yours to write")


def batchnorm_backward_alt(dout, cache):
    """Return the same gradients as batchnorm_backward, after simplification on paper.

        dx = gamma / std * (dout - mean of dout - x_hat * mean of (dout * x_hat))

    dout: (N, D) gradient of the loss with respect to out; cache: from batchnorm_forward.
    Returns dx (N, D), dgamma (D,), dbeta (D,).
    """
    # TODO: Two of the means are dbeta / N and dgamma / N. That leaves one line for dx.
    raise NotImplementedError("batchnorm_backward_alt is yours to write")


def layernorm_forward(x, gamma, beta, ln_param):
    """Normalise each example over its features, then scale and shift each feature.

    Ba, Kiros and Hinton, Layer normalization, arXiv:1607.06450 (2016). No example depends on
    another one, so training and test are the same.

    x: (N, D) a batch; gamma, beta: (D,) scale and shift.
    ln_param: dict of eps (1e-5), what the variance is raised by.
    Returns (out, cache), out (N, D).
    """
    eps = ln_param.get("eps", 1e-5)
    # TODO: Do what batch norm does in training, over the other axis. Which of the numbers
    # belong to an example now, and which to a feature?
    raise NotImplementedError("layernorm_forward is yours to write")


def layernorm_backward(dout, cache):
    """Return the gradients of layer norm.

    dout: (N, D) gradient of the loss with respect to out; cache: from layernorm_forward.
    Returns dx (N, D), dgamma (D,), dbeta (D,).
    """
    # TODO: Take batch norm's one line, and ask of each sum which axis it runs over: gamma
    # and beta are still a number for each feature, but each example has its own mean.
    raise NotImplementedError("layernorm_backward is yours to write")


def spatial_batchnorm_forward(x, gamma, beta, bn_param):
    """Normalise each channel over the batch and all pixels, then scale and shift it.

    Ioffe and Szegedy, Batch normalization, ICML 2015, section 3.2.

    x: (N, C, H, W) pictures; gamma, beta: (C,) scale and shift.
    bn_param: as in batchnorm_forward, with running statistics (C,).
    Returns (out, cache), out (N, C, H, W).
    """
    # TODO: Let every pixel of every picture be an example with C features, and use
    # batchnorm_forward. Mind the order of the axes, on the way there and on the way back.
    raise NotImplementedError("spatial_batchnorm_forward is yours to write")


def spatial_batchnorm_backward(dout, cache):
    """Return the gradients of spatial batch norm.

    dout: (N, C, H, W) gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W), dgamma (C,), dbeta (C,).
    """
    # TODO: Rearrange dout as forward rearranged x, and use a backward of batch norm.
    raise NotImplementedError("spatial_batchnorm_backward is yours to write")


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
    # TODO: Lay each group of each picture out as a row. Rows are what layernorm_forward
    # normalises: what must its gamma and beta be here? Then put all back in place.
    raise NotImplementedError("spatial_groupnorm_forward is yours to write")


def spatial_groupnorm_backward(dout, cache):
    """Return the gradients of spatial group norm.

    dout: (N, C, H, W) gradient of the loss with respect to out; cache: from the forward.
    Returns dx (N, C, H, W), dgamma (1, C, 1, 1), dbeta (1, C, 1, 1).
    """
    # TODO: Hand dout through scale and shift, then through the rows, each group a row.
    raise NotImplementedError("spatial_groupnorm_backward is yours to write")
