"""Update rules: how a gradient moves a parameter.

Each is called as next_w, config = rule(w, dw, config). The dict config holds the rule's settings
and what it remembers from step to step; settings that it lacks are filled in. Formulas here are
for each entry on its own, and w has any shape.
"""

import numpy as np


def sgd(w, dw, config=None):
    """Step down the gradient: w <- w - learning_rate dw.

    w: parameter, dw: gradient of the loss with respect to w, of the same shape.
    config: learning_rate (1e-2).
    Returns (next_w, config).
    """
    config = with_defaults(config, learning_rate=1e-2)
    return w - config["learning_rate"] * dw, config


def sgd_momentum(w, dw, config=None):
    """Step with a velocity that gradients push and friction slows.

    v <- momentum v - learning_rate dw;  w <- w + v
    (Polyak 1964, "Some methods of speeding up the convergence of iteration methods"; in this
    form Sutskever et al. 2013, "On the importance of initialization and momentum", section 2.)

    w: parameter, dw: gradient of the loss with respect to w, of the same shape.
    config: learning_rate (1e-2), momentum (0.9); kept: velocity, v above, 0 before the first step.
    Returns (next_w, config).
    """
    config = with_defaults(config, learning_rate=1e-2, momentum=0.9, velocity=0.0)
    # SOLUTION: Find the new velocity, keep it in config for the next step, and move w by it.
    v = config["momentum"] * config["velocity"] - config["learning_rate"] * dw
    config["velocity"] = v
    return w + v, config


def rmsprop(w, dw, config=None):
    """Step by the gradient divided by its own recent size.

    cache <- decay_rate cache + (1 - decay_rate) dw²
    w <- w - learning_rate dw / (sqrt(cache) + epsilon)
    (Tieleman & Hinton 2012, "Neural Networks for Machine Learning", lecture 6.5.)

    w: parameter, dw: gradient of the loss with respect to w, of the same shape.
    config: learning_rate (1e-2), decay_rate (0.99), epsilon (1e-8); kept: cache, the running mean
    of dw², 0 before the first step.
    Returns (next_w, config).
    """
    config = with_defaults(config, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8, cache=0.0)
    # SOLUTION: Bring the running mean of the squared gradient up to date, keep it in config,
    # and take a step that is the same length for small gradients as for large ones.
    decay = config["decay_rate"]
    cache = decay * config["cache"] + (1 - decay) * dw**2
    config["cache"] = cache
    return w - config["learning_rate"] * dw / (np.sqrt(cache) + config["epsilon"]), config


def adam(w, dw, config=None):
    """Step by the running mean of the gradient, divided by its recent size.

    t <- t + 1
    m <- beta1 m + (1 - beta1) dw;   v <- beta2 v + (1 - beta2) dw²
    w <- w - learning_rate m' / (sqrt(v') + epsilon)
    where m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t) make up for m and v starting at 0.
    (Kingma & Ba 2015, "Adam: a method for stochastic optimization", algorithm 1.)

    w: parameter, dw: gradient of the loss with respect to w, of the same shape.
    config: learning_rate (1e-3), beta1 (0.9), beta2 (0.999), epsilon (1e-8); kept: m and v, as
    above, and t, the number of steps taken; all 0 before the first step.
    Returns (next_w, config).
    """
    config = with_defaults(
        config, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8, m=0.0, v=0.0, t=0
    )
    # SOLUTION: Count this step first. Bring both running means up to date and keep all three
    # in config: the means as they are, before they are corrected for their start.
    beta1, beta2 = config["beta1"], config["beta2"]
    t = config["t"] + 1
    m = beta1 * config["m"] + (1 - beta1) * dw
    v = beta2 * config["v"] + (1 - beta2) * dw**2
    config.update(t=t, m=m, v=v)

    mean, size = m / (1 - beta1**t), np.sqrt(v / (1 - beta2**t))
    return w - config["learning_rate"] * mean / (size + config["epsilon"]), config


def with_defaults(config, **defaults):
    """Fill in the settings that the dict config lacks, and return it; None is an empty one.

    NumPy's numbers become Python's: a step by np.float64(0.1) would turn float32 into float64.
    """
    config = {} if config is None else config
    for name, value in {**defaults, **config}.items():
        config[name] = value.item() if isinstance(value, np.generic) else value
    return config
