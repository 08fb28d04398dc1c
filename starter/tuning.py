"""The choices that a student makes, as functions that the notebooks call."""

import numpy as np

from .cnn import DeepConvNet
from .solver import Solver


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


def find_overfit_parameters():
    """Return (weight_scale, learning_rate) with which a deep net learns fifty pictures by heart.

    The net has six layers: DeepConvNet((3, 16, 16), max_pools=(0, 1)), which is five convolutions
    of 8 filters without batch norm, and an affine layer. The rule is Adam, with 60 steps in
    batches of 25.
    Returns (weight_scale, learning_rate), two positive floats.
    """
    # TODO: Try a few of both. Where the loss stays at log C, do the numbers that reach the
    # last layer still differ from picture to picture?
    raise NotImplementedError("find_overfit_parameters is yours to write")


def create_convolutional_solver_instance(data, dtype):
    """Return a Solver that trains a deep convolutional net, ready to train.

    data: dict of X_train (N, C, H, W), y_train (N,), X_val and y_val; C, H, W and the number of
        classes are the data's.
    dtype: of the net's parameters.
    """
    # TODO: Choose a DeepConvNet and how to train it, within the time that the notebook
    # gives you. What do batch norm and Kaiming's first weights change?
    raise NotImplementedError("create_convolutional_solver_instance is yours to write")


def lenet_recipe():
    """Return a design for a billion products: a dict for the contest of the fifth notebook.

    net: dict of LeNet5's options: widths, activation, batchnorm, dropout_keep_ratio,
        initializer, reg; what is left out stays as it is.
    update_rule: 'sgd', 'sgd_momentum', 'rmsprop' or 'adam'; optim_config: its settings, among
        them the learning_rate to begin with.
    batch_size: pictures a step.
    """
    # TODO: Choose a net and how to train it. A net of half the price is shown twice as many
    # pictures.
    raise NotImplementedError("lenet_recipe is yours to write")
