"""The choices that a student makes, as functions that the notebooks call."""


def svm_search_space():
    """Return (learning_rates, regularization_strengths), the values to search for a LinearSVM.

    Two lists of positive floats. The notebook trains a classifier for every pair of them.
    """
    # SOLUTION: Choose values to try, at most 30 pairs in all. Nobody knows the right ones
    # beforehand: spread them wide, over powers of ten, and look closer where it pays.
    return [3e-8, 1e-7, 3e-7, 1e-6], [1e3, 1e4, 1e5, 1e6]


def two_layer_search_space():
    """Return (learning_rates, regularization_strengths), the values to search for a TwoLayerNet.

    Two lists of floats: rates are positive, strengths may be 0. The notebook trains a net for
    every pair of them.
    """
    # SOLUTION: Choose values to try, at most 20 pairs in all. Begin around a rate that you have
    # seen to work, and go far enough to either side to see that it gets worse.
    return [1e-4, 3e-4, 1e-3, 3e-3], [0.0, 0.3, 3.0, 30.0]
