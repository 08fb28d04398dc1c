"""Shared by the lessons: the inputs of a case, and sentences that fit several tasks.

A sentence is a function that makes a Mistake of what it gives: sum_of_w(6 * W.sum() + 0 * W).
"""

from copy import deepcopy
from functools import partial

import numpy as np

from ..expected import Mistake


class Case:
    """The inputs of a check under the names of the prose, and the expected values.

    Arrays and plain dicts are handed out as copies, so that a function which writes into its
    arguments does not spoil what comes after; a case itself stays as it was made.
    """

    def __getattribute__(self, name):
        """Return a field, or a copy of it."""
        value = super().__getattribute__(name)
        if isinstance(value, np.ndarray):
            return value.copy(order="K")
        return deepcopy(value) if type(value) is dict and name[0] != "_" else value


l2_without_half = partial(
    Mistake,
    "l2-without-half",
    "This is the regulariser reg * sum(W * W) of linear classifiers; networks take half "
    "of it, so that its slope is reg * W.",
)
sum_of_w = partial(
    Mistake,
    "sum-of-w",
    "This is the sum of all weights; each weight has a slope of its own.",
)
norm_of_w = partial(
    Mistake,
    "norm-of-w",
    "This takes the norm of W; the regulariser is made of its square.",
)
plain_sum = partial(
    Mistake,
    "plain-sum",
    "This takes the plain sum of the weights; a regulariser takes their squares.",
)
mean_of_squares = partial(
    Mistake,
    "mean-of-squares",
    "This is a mean of squares; the regulariser is their sum.",
)
probabilities = partial(
    Mistake,
    "probabilities",
    "These are probabilities; return the scores that they are made from.",
)
no_relu = partial(
    Mistake,
    "no-relu",
    "That is what comes out if no ReLU lies between the layers.",
)
absolute = partial(
    Mistake,
    "absolute",
    "Negative numbers lose their sign; they should become 0.",
)
no_mask = partial(
    Mistake,
    "no-mask",
    "This is dout, and nothing was stopped.",
)
mask_of_dout = partial(
    Mistake,
    "mask-of-dout",
    "It is 0 where dout is negative; the question is where the input was.",
)
no_dout = partial(
    Mistake,
    "no-dout",
    "This is the slope alone; the gradient is the slope times dout.",
)
tanh = partial(
    Mistake,
    "tanh",
    "This is tanh.",
)
turned = partial(
    Mistake,
    "turned",
    "The margins are turned round: here it costs when the right class leads.",
)
squared_margins = partial(
    Mistake,
    "squared-margins",
    "The margins are squared; they count as they are.",
)
not_cut = partial(
    Mistake,
    "not-cut",
    "Margins that hold are counted too, with their minus; they cost nothing.",
)
whole = partial(
    Mistake,
    "whole",
    "That is a whole number, as // makes one, or int: is the sum of all costs divided by N with /?",
)
all_pushed = partial(
    Mistake,
    "all-pushed",
    "Every margin counts as violated: a margin that is negative, or was cut to 0, pushes nothing.",
)
by_margin = partial(
    Mistake,
    "margins",
    "The slope is counted in margins; a violated margin pushes by 1, whatever its size.",
)
over_examples = partial(
    Mistake,
    "over-examples",
    "The probabilities sum to 1 over the examples; those of one example should: along "
    "which axis do its classes lie?",
)
over_all = partial(
    Mistake,
    "over-all",
    "All probabilities together sum to 1; those of each example should.",
)
shift_by_class = partial(
    Mistake,
    "shift-by-class",
    "Each class is shifted by a number of its own, which changes probabilities; shift "
    "each example: which axis is that?",
)
every_class = partial(
    Mistake,
    "every-class",
    "This is the mean over all classes; an example pays for its right class alone.",
)
likeliest = partial(
    Mistake,
    "likeliest",
    "This is the cost of the likeliest class; the right one is asked for.",
)
no_log = partial(
    Mistake,
    "no-log",
    "The logarithm is missing: this is 1 less the probability of the right class.",
)
guarded = partial(
    Mistake,
    "guarded",
    "A small number guards the logarithm against 0, and spoils it for small "
    "probabilities: can the logarithm be taken before anything is divided?",
)
swapped = partial(
    Mistake,
    "swapped",
    "The two shares of the running mean are swapped.",
)
mean = partial(
    Mistake,
    "mean",
    "This is what average pooling gives.",
)
batch_statistics = partial(
    Mistake,
    "batch-statistics",
    "This is normalised by the batch's own mean and variance; at test the running ones "
    "take their place.",
)
not_divided = partial(
    Mistake,
    "not-divided",
    "What is kept is as it was; it should be divided by the share that is kept.",
)
scaled_at_test = partial(
    Mistake,
    "scaled-at-test",
    "It is scaled at test; division in training has made up for all that.",
)
dropped_at_test = partial(
    Mistake,
    "dropped-at-test",
    "Numbers are dropped at test; then all of them take part.",
)
nothing_dropped = partial(
    Mistake,
    "nothing-dropped",
    "Nothing is dropped.",
)
no_norm = partial(
    Mistake,
    "no-norm",
    "That is what comes out if nothing is normalised.",
)
gamma_for_beta = partial(
    Mistake,
    "gamma-for-beta",
    "gamma and beta are exchanged.",
)
exchanged = partial(
    Mistake,
    "exchanged",
    "The gradients of gamma and beta are exchanged.",
)


def as_numbers(values):
    """Return numbers to try from the smallest to the largest; nan where it is not a list."""
    try:
        tried = np.sort(np.array(values, float).ravel())
    except (TypeError, ValueError):
        tried = np.array([])
    return tried if len(tried) else np.array([np.nan])


def rates_first(rates):
    """Tell whether most numbers of the first list are as small as learning rates: see check.that.

    Pairs (rate, strength), and lists in the other order, can be right in all but that.
    """
    small = bool(np.mean(as_numbers(rates) < 0.1) > 0.5)
    sentence = (
        f"They are {rates}. Two lists are due, first all rates, then all strengths: are they "
        "exchanged, or is each a pair of a rate and a strength?"
    )
    return small, sentence, "choice"
