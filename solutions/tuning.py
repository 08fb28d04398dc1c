"""The choices that a student makes, as functions that the notebooks call."""

import numpy as np

from .cnn import DeepConvNet
from .solver import Solver


def svm_search_space():
    """Return (learning_rates, regularization_strengths), the values to search for a LinearSVM.

    Two lists of positive floats. The notebook trains a classifier for every pair of them.
    """
    # SOLUTION: Choose values to try, at most 30 pairs in all. Nobody knows the right ones
    # beforehand: spread them wide, over powers of ten, and look closer where it pays.
    return [1e-4, 3e-4, 1e-3, 3e-3], [0.1, 1.0, 10.0, 100.0]


def two_layer_search_space():
    """Return (learning_rates, regularization_strengths), the values to search for a TwoLayerNet.

    Two lists of floats: rates are positive, strengths may be 0. The notebook trains a net for
    every pair of them.
    """
    # SOLUTION: Choose values to try, at most 20 pairs in all. Begin around a rate that you have
    # seen to work, and go far enough to either side to see that it gets worse.
    return [1e-4, 3e-4, 1e-3, 3e-3], [0.0, 0.3, 3.0, 30.0]


def find_overfit_parameters():
    """Return (weight_scale, learning_rate) with which a deep net learns fifty pictures by heart.

    The net has six layers: DeepConvNet((3, 16, 16), max_pools=(0, 1)), which is five convolutions
    of 8 filters without batch norm, and an affine layer. The rule is Adam, with 60 steps in
    batches of 25.
    Returns (weight_scale, learning_rate), two positive floats.
    """
    # SOLUTION: Try a few of both. Where the loss stays at log C, do the numbers that reach the
    # last layer still differ from picture to picture?
    return 0.1, 2e-3


def create_convolutional_solver_instance(data, dtype):
    """Return a Solver that trains a deep convolutional net, ready to train.

    data: dict of X_train (N, C, H, W), y_train (N,), X_val and y_val; C, H, W and the number of
        classes are the data's.
    dtype: of the net's parameters.
    """
    # SOLUTION: Choose a DeepConvNet and how to train it, within the time that the notebook
    # gives you. What do batch norm and Kaiming's first weights change?
    model = DeepConvNet(
        input_dim=data["X_train"].shape[1:],
        num_filters=(16, 32, 64, 64),
        max_pools=(0, 1, 2, 3),
        batchnorm=True,
        num_classes=1 + int(np.max(data["y_train"])),
        weight_scale="kaiming",
        dtype=dtype,
    )
    rate = {"learning_rate": 3e-3}
    return Solver(model, data, "adam", rate, lr_decay=0.5, batch_size=100, num_epochs=4)


def lenet_recipe():
    """Return a design for a billion products: a dict for the contest of the fifth notebook.

    net: dict of LeNet5's options: widths, activation, batchnorm, dropout_keep_ratio,
        initializer, reg; what is left out stays as it is.
    update_rule: 'sgd', 'sgd_momentum', 'rmsprop' or 'adam'; optim_config: its settings, among
        them the learning_rate to begin with.
    batch_size: pictures a step.
    """
    # SOLUTION: Choose a net and how to train it. A net of half the price is shown twice as many
    # pictures.
    return {
        "net": {"widths": (3, 12, 80, 60), "activation": "relu", "batchnorm": True},
        "update_rule": "adam",
        "optim_config": {"learning_rate": 8e-3},
        "batch_size": 12,
    }
