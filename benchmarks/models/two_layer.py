"""What the second assignment's nets reach on real pictures, and their speed beside PyTorch.

Run as `python -m benchmarks.models.two_layer --cifar DIR --mnist DIR`; DIR of CIFAR-10 holds
cifar-10-batches-py, DIR of MNIST the two t10k files as distributed (8,000 digits train, 2,000
test). PyTorch is timed when it can be imported; epochs alternate, so that both meet the same
machine. Exits 1 when a target is missed.
"""

import argparse
import gzip
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from data_utils.datasets import get_CIFAR10_data
from solutions.fc_net import TwoLayerNet
from solutions.modules import ModularTwoLayerNet
from solutions.solver import Solver

try:
    import torch
except ImportError:
    torch = None

CIFAR = {"hidden_dim": 200, "reg": 0.5, "weight_scale": 1e-3}
RECIPE = {"lr_decay": 0.9, "num_epochs": 12, "batch_size": 200}
STEP = {"learning_rate": 2e-4, "momentum": 0.9}
MNIST = {"hidden": 50, "batch_size": 100, "learning_rate": 0.1, "iterations": 10_000}
SEEDS = (0, 1, 2)
ROUNDS = 5


def main():
    """Train both nets, then time them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cifar", required=True, help="folder that holds cifar-10-batches-py")
    parser.add_argument("--mnist", required=True, help="folder that holds the t10k files")
    args = parser.parse_args()
    cifar, mnist = get_CIFAR10_data(root=args.cifar, num_test=10_000), load_digits(args.mnist)
    missed = reached(train_cifar(cifar)) + reached(train_mnist(mnist))
    if torch is None:
        print("PyTorch is not installed: no times beside it.")
    else:
        show_times(cifar, mnist)
    sys.exit(1 if missed else 0)


def load_digits(folder):
    """Return (x_train, y_train, x_test, y_test) of MNIST's test files, x (N, 784) float32.

    The first 8,000 digits train; their mean picture is subtracted from all, 0 to 1 before that.
    """
    images = gzip.decompress((Path(folder) / "t10k-images-idx3-ubyte.gz").read_bytes())
    labels = gzip.decompress((Path(folder) / "t10k-labels-idx1-ubyte.gz").read_bytes())
    x = np.frombuffer(images, np.uint8, offset=16).reshape(-1, 784) / np.float32(255)
    y = np.frombuffer(labels, np.uint8, offset=8).astype(np.int64)
    x -= x[:8000].mean(axis=0)
    return x[:8000], y[:8000], x[8000:], y[8000:]


def cifar_solver(data):
    """Return a Solver with the recipe, and its TwoLayerNet in float32."""
    net = TwoLayerNet(**CIFAR, dtype=np.float32, seed=0)
    return Solver(net, data, "sgd_momentum", STEP, **RECIPE, verbose=False, seed=0)


def train_cifar(data):
    """Return [(what, value, target, holds)] of the recipe on CIFAR-10."""
    solver = cifar_solver(data)
    seconds = timed(solver.train)
    test = solver.check_accuracy(data["X_test"], data["y_test"])
    first = solver.check_accuracy(data["X_test"][:1000], data["y_test"][:1000])
    print(f"CIFAR-10, TwoLayerNet {CIFAR}, sgd_momentum {STEP}, {RECIPE}")
    return [
        ("validation, 1,000 pictures", solver.best_val_acc, 0.52, solver.best_val_acc >= 0.52),
        ("test, 10,000 pictures", test, 0.51, test >= 0.51),
        ("test, the first 1,000", first, 0.51, first >= 0.51),
        ("seconds", seconds, 60, seconds <= 60),
    ]


def train_mnist(data):
    """Return [(what, value, target, holds)] of the modular net on MNIST, from SEEDS."""
    x, y, x_test, y_test = data
    accuracies, seconds = [], []
    for seed in SEEDS:
        net = digits_net(seed)
        step = digits_step(net, x, y)
        seconds.append(timed(lambda step=step: [step() for _ in range(MNIST["iterations"])]))
        accuracies.append(net.accuracy(x_test, y_test))
    print(f"MNIST, ModularTwoLayerNet 784-{MNIST['hidden']}-10, {MNIST}, seeds {SEEDS}")
    middle = statistics.median(accuracies)
    return [
        ("test, 2,000 digits, median", middle, 0.95, middle >= 0.95),
        ("lowest", min(accuracies), np.nan, True),
        ("highest", max(accuracies), np.nan, True),
        ("seconds, median", statistics.median(seconds), np.nan, True),
    ]


def digits_net(seed=0):
    """Return the modular net for MNIST."""
    return ModularTwoLayerNet(784, MNIST["hidden"], 10, dtype=np.float32, seed=seed)


def digits_step(net, x, y):
    """Return a function that draws a batch and moves the modular net's parameters once."""
    rng = np.random.default_rng(0)

    def step():
        batch = rng.integers(len(y), size=MNIST["batch_size"])
        for name, grad in net.gradient(x[batch], y[batch]).items():
            net.params[name] -= MNIST["learning_rate"] * grad

    return step


def reached(rows):
    """Print results beside their targets, and return the names of those missed."""
    for what, value, target, holds in rows:
        wanted = "" if np.isnan(target) else f"target {target:g}"
        print(f"  {what:28} {value:8.3f}   {wanted} {'' if holds else 'MISSED'}".rstrip())
    return [what for what, _, _, holds in rows if not holds]


def show_times(cifar, mnist):
    """Print seconds per epoch here and in PyTorch, and how often ours fits into theirs."""
    threads = torch.get_num_threads()
    print(f"\nseconds per epoch in float32, median of {ROUNDS}, PyTorch on {threads} threads")
    print(f"{'':24} {'here':>8} {'PyTorch':>8} {'ratio':>7}")
    solver = cifar_solver(cifar)
    X, y = cifar["X_train"].reshape(len(cifar["y_train"]), -1), cifar["y_train"]
    peer = torch_step(X, y, CIFAR["hidden_dim"], CIFAR["reg"], RECIPE["batch_size"], **STEP)
    compare("CIFAR-10 3072-200-10", solver.step, peer, len(y) // RECIPE["batch_size"])

    x, y, _, _ = mnist
    peer = torch_step(x, y, MNIST["hidden"], 0, MNIST["batch_size"], MNIST["learning_rate"], 0)
    steps = len(y) // MNIST["batch_size"]
    compare("MNIST 784-50-10", digits_step(digits_net(), x, y), peer, steps)


def compare(name, ours, theirs, steps):
    """Print the seconds that an epoch of so many steps takes, after one epoch to warm up."""
    rounds = [[epoch(step, steps) for step in (ours, theirs)] for _ in range(ROUNDS + 1)]
    here, there = (statistics.median(times) for times in zip(*rounds[1:], strict=True))
    print(f"{name:24} {here:8.3f} {there:8.3f} {there / here:6.2f}x")


def epoch(step, steps):
    """Return the seconds that so many steps take."""
    return timed(lambda: [step() for _ in range(steps)])


def torch_step(X, y, hidden, reg, batch_size, learning_rate, momentum):
    """Return a function that draws a batch and moves the same net in PyTorch once."""
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    net = torch.nn.Sequential(
        torch.nn.Linear(X.shape[1], hidden), torch.nn.ReLU(), torch.nn.Linear(hidden, 10)
    )
    weights = [p for p in net.parameters() if p.ndim == 2]
    biases = [p for p in net.parameters() if p.ndim == 1]
    groups = [{"params": weights, "weight_decay": reg}, {"params": biases}]
    optimizer = torch.optim.SGD(groups, lr=learning_rate, momentum=momentum)

    def step():
        batch = torch.randint(len(y), (batch_size,))
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(X[batch]), y[batch])
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def timed(run):
    """Return the seconds that a call takes."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
