"""Print how well four models do on the picture book, beside real photographs.

    python benchmarks/ladder.py [--cifar DIR] [--training 10000]

The drawn pictures stand in for CIFAR-10 where there is no download, so the same ladder should hold
on both: each model clearly better than the one before. All models are plain NumPy.
"""

import argparse
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import throwaway_models as models  # noqa: E402

from data_utils.datasets import get_CIFAR10_data, get_picture_book_data  # noqa: E402

SEED = 0
COUNTS = {"num_validation": 0, "num_test": 2000}


def fit_network(build, data, rng, **options):
    """Build and train a network; return a function from pictures to labels."""
    return models.train(build(rng), data, rng, **options)


LADDER = {
    "linear SVM on pixels": models.linear_svm,
    "two-layer net, 100 hidden": partial(
        fit_network, models.two_layer_net, epochs=12, learning_rate=1e-3, decay=2.0
    ),
    "three-layer conv net, 32 of 7x7": partial(
        fit_network, models.three_layer_conv_net, epochs=6, learning_rate=1e-3, decay=0.3
    ),
    "five-layer conv net, batch norm": partial(
        fit_network, models.deep_conv_net, epochs=6, learning_rate=1e-2, decay=0.01
    ),
}


def measure(fit, data):
    """Return the test accuracy of a model, and the seconds it took to train and test."""
    start = time.perf_counter()
    predict = fit(data=data, rng=np.random.default_rng(SEED))
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
