"""Dropout: switch units off at random while the net learns.

Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, Dropout: a simple way to prevent
neural networks from overfitting, JMLR 15 (2014); the inverted form, which scales while it
trains, so that nothing is left to do at test.
"""

import numpy as np

from .given.arguments import is_training, keep_ratio


def dropout_forward(x, dropout_param):
    """Keep each number with probability p and divide it by p; turn the others into 0.

    So every number keeps its mean. At test all of them pass as they are.

    x: an array of any shape.
    dropout_param: dict of p, the probability to keep, in (0, 1]; mode, 'train' or 'test'; and
        seed, optional, to draw the same mask each time, as a numeric gradient needs it.
    Returns (out, cache), out shaped like x.
    Raises ValueError for another mode or p.
    """
    training, p = is_training(dropout_param), keep_ratio(dropout_param["p"])
    rng = np.random.default_rng(dropout_param.get("seed"))
    # TODO: In training, draw a mask with rng that is 1 / p with probability p, and else 0:
    # an entry for each number of x. At test nothing is dropped and nothing is scaled.
    raise NotImplementedError("dropout_forward is yours to write")


def dropout_backward(dout, cache):
    """Return the gradient of dropout.

    dout: gradient of the loss with respect to out; cache: from dropout_forward.
    Returns dx, shaped like dout.
    """
    # TODO: Let the gradient take the way that the numbers took.
    raise NotImplementedError("dropout_backward is yours to write")
