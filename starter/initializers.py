"""First weights, of a size that keeps the spread of the numbers from layer to layer.

A sum of fan_in products of independent numbers of mean 0 has fan_in times the variance of one.
So the weights need the variance 1 / fan_in, and twice that where a ReLU halves the square.
"""

import numpy as np


def kaiming_initializer(Din, Dout, K=None, relu=True, dtype=np.float32, rng=None):
    """Return normally distributed weights of variance gain / fan_in.

    He, Zhang, Ren and Sun, Delving deep into rectifiers, ICCV 2015, section 2.2.

    Din, Dout: inputs and outputs, or channels in and filters; K: height and width of a filter,
        None for a fully connected layer. fan_in: numbers that one output is a sum of.
    relu: whether a ReLU follows: the gain is 2, else 1.
    dtype: of the weights.
    rng: a Generator, or the seed of a new one.
    Returns w, (Din, Dout) or (Dout, Din, K, K). Raises ValueError for sizes below 1.
    """
    require_positive(Din, Dout, K)
    rng = np.random.default_rng(rng)
    # TODO: Count fan_in, and draw weights of the right shape with rng. Mind what the
    # formula names: a variance, not yet a standard deviation.
    raise NotImplementedError("kaiming_initializer is yours to write")


def xavier_initializer(Din, Dout, K=None, dtype=np.float32, rng=None):
    """Return weights of variance 2 / (fan_in + fan_out), uniformly distributed around 0.

    Forward, 1 / fan_in would keep the variance; backward, 1 / fan_out: this is in between.
    Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
    networks, AISTATS 2010, formula 16.

    Din, Dout, K, dtype, rng: as for kaiming_initializer. fan_out: sums that one input is in.
    Returns w, (Din, Dout) or (Dout, Din, K, K). Raises ValueError for sizes below 1.
    """
    require_positive(Din, Dout, K)
    rng = np.random.default_rng(rng)
    # TODO: Numbers spread evenly over (-a, a) have the variance a * a / 3. Find the a
    # that gives the variance above, and draw with rng.
    raise NotImplementedError("xavier_initializer is yours to write")


def fans(Din, Dout, K):
    """Return (shape, fan_in, fan_out) of a layer's weights."""
    # TODO: Say how the weights are shaped, how many numbers one output is a sum of, and
    # how many sums one input is in.
    raise NotImplementedError("fans is yours to write")


def require_positive(Din, Dout, K):
    """Raise ValueError unless all sizes that are given are 1 or more."""
    if min(Din, Dout, 1 if K is None else K) < 1:
        raise ValueError(f"sizes are 1 or more, not Din={Din}, Dout={Dout}, K={K}")
