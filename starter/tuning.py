"""The choices that a student makes, as functions that the notebooks call."""


def svm_search_space():
    """Return (learning_rates, regularization_strengths), the values to search for a LinearSVM.

    Two lists of positive floats. The notebook trains a classifier for every pair of them.
    """
    # TODO: Choose values to try, at most 30 pairs in all. Nobody knows the right ones
    # beforehand: spread them wide, over powers of ten, and look closer where it pays.
    raise NotImplementedError("svm_search_space is yours to write")


def two_layer_search_space():
    """Return (learning_rates, regularization_strengths), the values to search for a TwoLayerNet.

    Two lists of floats: rates are positive, strengths may be 0. The notebook trains a net for
    every pair of them.
    """
    # TODO: Choose values to try, at most 20 pairs in all. Begin around a rate that you have
    # seen to work, and go far enough to either side to see that it gets worse.
    raise NotImplementedError("two_layer_search_space is yours to write")
