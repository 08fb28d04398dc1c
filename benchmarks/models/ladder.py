"""Print how well the course's four models do on the picture book, beside real photographs.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.models.ladder [--cifar DIR] [--training 10000]

The drawn pictures stand in for CIFAR-10 where there is no download, so the same ladder should hold
on both: each model clearly better than the one before.
"""

import argparse
import time

import numpy as np

from data_utils.datasets import get_CIFAR10_data, get_picture_book_data
from solutions.cnn import ThreeLayerConvNet
from solutions.fc_net import TwoLayerNet
from solutions.linear_classifier import LinearSVM
from solutions.solver import Solver
from solutions.tuning import create_convolutional_solver_instance

COUNTS = {"num_validation": 500, "num_test": 2000}
QUIET = {"verbose": False, "seed": 0}


def linear_svm(data):
    """Train a linear SVM on raw pixels; return a function from pictures to labels."""
    model = LinearSVM(seed=0)
    model.train(as_rows(data["X_train"]), data["y_train"], 1e-7, 2.5e4, num_iters=2500)
    return lambda X: model.predict(as_rows(X))


def as_rows(X):
    """Return pictures as rows of pixels and a 1."""
    return np.hstack([X.reshape(len(X), -1), np.ones((len(X), 1), X.dtype)])


def two_layer(data):
    """Train the two-layer net of the second assignment."""
    net = TwoLayerNet(reg=0.5, dtype=np.float32, seed=0)
    momentum = {"learning_rate": 2e-4, "momentum": 0.9}
    return trained(Solver(net, data, "sgd_momentum", momentum, 0.9, num_epochs=12, **QUIET))


def three_layer(data):
    """Train the convolutional net of the third assignment."""
    net = ThreeLayerConvNet(reg=1e-3, seed=0)
    return trained(Solver(net, data, "adam", {"learning_rate": 1e-3}, 0.8, num_epochs=6, **QUIET))


def deep(data):
    """Train by the recipe of the fourth assignment: a deep net with batch norm."""
    solver = create_convolutional_solver_instance(data, np.float32)
    solver.verbose, solver.num_epochs, solver.lr_decay = False, 8, 0.7
    return trained(solver)


def trained(solver):
    """Let a solver train; return a function from pictures to labels."""
    solver.train()
    scores = solver.model.loss
    return lambda X: np.concatenate([scores(part) for part in np.split(X, 10)]).argmax(axis=1)


LADDER = {
    "linear SVM on pixels": linear_svm,
    "two-layer net, 100 hidden": two_layer,
    "three-layer conv net, 32 of 7x7": three_layer,
    "five-layer conv net, batch norm": deep,
}


def measure(fit, data):
    """Return the test accuracy of a model, and the seconds it took to train and test."""
    start = time.perf_counter()
    predict = fit(data)
    accuracy = np.mean(predict(data["X_test"]) == data["y_test"])
    return accuracy, time.perf_counter() - start


def main():
    """Measure and print the table, a row as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cifar", metavar="DIR", help="a folder with cifar-10-batches-py")
    parser.add_argument("--training", type=int, default=10000, help="pictures to train on")
    args = parser.parse_args()

    start = time.perf_counter()
    sets = {"drawn": get_picture_book_data(args.training, **COUNTS)}
    print(f"pictures drawn in {time.perf_counter() - start:.1f} s")
    if args.cifar:
        sets["CIFAR-10"] = get_CIFAR10_data(args.training, **COUNTS, root=args.cifar)
    print(
        f"{args.training:,} training and {COUNTS['num_test']:,} test pictures of each set; "
        "test accuracy, seconds to train and test\n"
    )
    print(f"{'model':32s}" + "".join(f" | {name:>16s}" for name in sets))
    for name, fit in LADDER.items():
        print(f"{name:32s}", end="", flush=True)
        for data in sets.values():
            accuracy, seconds = measure(fit, data)
            print(f" | {accuracy:7.1%} {seconds:6.1f} s", end="", flush=True)
        print()


if __name__ == "__main__":
    main()
