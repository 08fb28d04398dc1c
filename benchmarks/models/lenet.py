"""What LeNet-5 reaches on handwritten digits and on drawn letters, and how long it takes.

Run as `python -m benchmarks.models.lenet --mnist DIR`; DIR holds the two t10k files of MNIST as
distributed, of which the first 8,000 digits train and the last 2,000 are held back. The letters
need no files. Exits 1 when a target is missed.
"""

import argparse
import os
import sys
import time

import numpy as np

from data_utils.datasets import get_drawn_letters_data, load_mnist_part
from solutions.lenet import LeNet5
from solutions.solver import Solver

NET = {"activation": "relu", "batchnorm": True, "dropout_keep_ratio": 0.7}
RECIPE = {"batch_size": 50, "lr_decay": 0.7, "num_train_samples": 1000}
STEP = {"learning_rate": 2e-3}
EPOCHS = {"digits": 8, "letters": 3}
TARGETS = {"digits": 0.975, "letters": 0.90}
MOST_SECONDS = 120


def main():
    """Train on both sets and print what was reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mnist", required=True, help="folder that holds the t10k files")
    args = parser.parse_args()
    print(f"LeNet5 {NET}, adam {STEP}, {RECIPE}, {os.cpu_count()} cores")
    sets = {"digits": digits(args.mnist), "letters": letters()}
    missed = [name for name, data in sets.items() if not reached(name, data)]
    sys.exit(1 if missed else 0)


def digits(folder):
    """Return the digits as a Solver takes them: 7,500 to train, 500 to choose, 2,000 held back."""
    X, y = load_mnist_part(folder, "t10k")
    X = X / np.float32(255)
    return {
        "X_train": X[:7500],
        "y_train": y[:7500],
        "X_val": X[7500:8000],
        "y_val": y[7500:8000],
        "X_test": X[8000:],
        "y_test": y[8000:],
    }


def letters():
    """Return drawn letters: 8,000 to train, 500 to choose, 2,000 held back."""
    return get_drawn_letters_data(8000, 500, 2000)


def reached(name, data):
    """Train, print the accuracy beside its target, and tell whether all targets are met."""
    start, work = time.perf_counter(), time.process_time()
    solver = Solver(
        LeNet5(**NET, seed=0),
        data,
        "adam",
        STEP,
        num_epochs=EPOCHS[name],
        **RECIPE,
        verbose=False,
        seed=0,
    )
    solver.train()
    seconds, work = time.perf_counter() - start, time.process_time() - work
    accuracy = solver.check_accuracy(data["X_test"], data["y_test"])
    good = accuracy >= TARGETS[name] and seconds <= MOST_SECONDS
    print(
        f"  {name:8} {EPOCHS[name]} epochs of {len(data['y_train']):,}: {accuracy:.4f} of "
        f"{len(data['y_test']):,} right (target {TARGETS[name]}), {seconds:.1f} s "
        f"(at most {MOST_SECONDS}), {work:.1f} s of processor{'' if good else '  MISSED'}"
    )
    return good


if __name__ == "__main__":
    main()
