"""What the fourth assignment's recipe reaches on CIFAR-10, its speed beside PyTorch, its memory.

Run as `OPENBLAS_NUM_THREADS=1 python -m benchmarks.models.deep_convnet --cifar DIR`; DIR holds
cifar-10-batches-py. The variable leaves the cores to the fast layers, see given/fast/threads.py.
PyTorch is timed when it can be imported: the same net and batches of the same size, on as many
threads; both take turns. Exits 1 when a target is missed.
"""

import argparse
import os
import resource
import statistics
import sys
import time

import numpy as np

from data_utils.datasets import get_CIFAR10_data
from solutions.tuning import create_convolutional_solver_instance

try:
    import torch
except ImportError:
    torch = None

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
STEPS = 40
ROUNDS = 7


def main():
    """Train with each seed and print the table; then time steps beside PyTorch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cifar", required=True, help="folder that holds cifar-10-batches-py")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0], help="one run for each")
    args = parser.parse_args()
    data = get_CIFAR10_data(root=args.cifar, num_test=10_000)
    print(f"{'seed':>4} {'validation':>10} {'test':>7} {'seconds':>8} {'peak MB':>8}")
    runs = [trained(data, seed) for seed in args.seeds]
    if torch is None:
        print("PyTorch is not installed: no times beside it.")
    else:
        show_times(data)
    fine = all(val >= 0.71 and test >= 0.70 and took < 360 for val, test, took in runs)
    sys.exit(0 if fine else 1)


def trained(data, seed):
    """Train by the recipe, print how it went, and return (validation, test, seconds)."""
    solver = recipe(data, seed)
    start = time.perf_counter()
    solver.train()
    took = time.perf_counter() - start
    test = solver.check_accuracy(data["X_test"], data["y_test"])
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{seed:4} {solver.best_val_acc:10.3f} {test:7.4f} {took:8.1f} {megabytes:8.0f}")
    return solver.best_val_acc, test, took


def recipe(data, seed):
    """Return the recipe's Solver, which draws its batches from a seed and keeps silent."""
    solver = create_convolutional_solver_instance(data, np.float32)
    solver.seed, solver.verbose = seed, False
    solver.reset()
    return solver


def show_times(data):
    """Print the milliseconds that a step takes here and in PyTorch."""
    torch.set_num_threads(CORES)
    solver = recipe(data, 0)
    rounds = []
    peer = torch_step(solver, data)
    for _ in range(ROUNDS + 1):
        rounds.append([timed(step) for step in (solver.step, peer)])
    ours, theirs = (statistics.median(times) for times in zip(*rounds[1:], strict=True))
    print(f"\na step of {solver.batch_size} pictures, median of {ROUNDS} rounds of {STEPS}:")
    print(f"here {ours:.1f} ms, PyTorch on {CORES} threads {theirs:.1f} ms", end="")
    print(f": ours / PyTorch {ours / theirs:.2f}")


def timed(step):
    """Return the milliseconds that one of many steps takes."""
    start = time.perf_counter()
    for _ in range(STEPS):
        step()
    return 1e3 * (time.perf_counter() - start) / STEPS


def torch_step(solver, data):
    """Return a function that draws a batch and moves the same net in PyTorch once."""
    X, y = torch.from_numpy(data["X_train"]), torch.from_numpy(data["y_train"])
    net = torch_net(solver.model)
    optimizer = torch.optim.Adam(net.parameters(), lr=solver.optim_config["learning_rate"])

    def step():
        batch = torch.randint(len(y), (solver.batch_size,))
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(net(X[batch]), y[batch]).backward()
        optimizer.step()

    return step


def torch_net(model):
    """Return a DeepConvNet's twin in PyTorch."""
    blocks = []
    for i in range(1, model.num_layers):
        F, C, HH, WW = model.params[f"W{i}"].shape
        blocks += [torch.nn.Conv2d(C, F, (HH, WW), padding="same"), torch.nn.BatchNorm2d(F)]
        blocks.append(torch.nn.ReLU())
        if i - 1 in model.max_pools:
            blocks.append(torch.nn.MaxPool2d(2))
    last = model.params[f"W{model.num_layers}"].shape
    return torch.nn.Sequential(*blocks, torch.nn.Flatten(), torch.nn.Linear(*last))


if __name__ == "__main__":
    main()
