"""A training epoch of every net: 49,000 pictures in batches, beside the same net in PyTorch."""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context

import numpy as np

from benchmarks.table.contest import Contest, Row
from benchmarks.table.convolution import problem, products, torch
from solutions.cnn import ThreeLayerConvNet
from solutions.fc_net import FullyConnectedNet, TwoLayerNet
from solutions.lenet import LeNet5
from solutions.solver import Solver
from solutions.tuning import create_convolutional_solver_instance

PICTURES = 49_000
AIM = 1.0
"""The most that an epoch may take, in PyTorch's times."""
DRAWN = 1000
"""How many pictures steps are drawn from: what a step takes does not depend on it."""
MOST_MEGABYTES = 1500


@dataclass(frozen=True)
class Net:
    """A net of ours, and what is needed to build its twin.

    make: function of nothing that returns it, in float32.
    convs: (C, H, filters, K, stride, pad) of each convolution, all with a ReLU and a 2x2 pool.
    dims: the units that affine layers connect, from the first's inputs to the scores.
    """

    make: Callable
    convs: tuple
    dims: tuple
    batch: int = 100
    picture: tuple = (3, 32, 32)
    batchnorm: bool = False


NETS = {
    "TwoLayerNet": Net(
        lambda: TwoLayerNet(hidden_dim=200, dtype=np.float32), (), (3072, 200, 10), batch=200
    ),
    "FullyConnectedNet": Net(
        lambda: FullyConnectedNet([100] * 5), (), (3072, *[100] * 5, 10), batch=200
    ),
    "ThreeLayerConvNet": Net(ThreeLayerConvNet, ((3, 32, 32, 7, 1, 3),), (32 * 16 * 16, 100, 10)),
    "DeepConvNet": Net(
        lambda: recipe(DRAWN).model,
        ((3, 32, 16, 3, 1, 1), (16, 16, 32, 3, 1, 1), (32, 8, 64, 3, 1, 1), (64, 4, 64, 3, 1, 1)),
        (64 * 2 * 2, 10),
        batchnorm=True,
    ),
    "LeNet5": Net(
        lambda: LeNet5(activation="relu"),
        ((1, 28, 6, 5, 1, 2), (6, 14, 16, 5, 1, 0)),
        (400, 120, 84, 10),
        batch=50,
        picture=(1, 28, 28),
    ),
}


def contests():
    """Yield a Contest for each net."""
    yield from map(contest, NETS)


def contest(name):
    """Return the Contest of a net."""
    net = NETS[name]
    data = pictures(DRAWN, net.picture)
    solver = Solver(net.make(), data, "adam", batch_size=net.batch, verbose=False, seed=0)
    peer = torch and torch_step(net, data["X_train"], data["y_train"])
    steps = PICTURES / net.batch
    return Contest(f"epoch of {name}", solver.step, peer, AIM, gemms(net), steps)


def apart(function, *args):
    """Return what a function returns in a process of its own."""
    with ProcessPoolExecutor(1, get_context("spawn")) as other:
        return other.submit(function, *args).result()


def memory(name, clock):
    """Return the Row of a process that trains DeepConvNet on all pictures, beside its limit."""
    return Row(name, apart(megabytes_of_training), MOST_MEGABYTES, 1.0, unit="MB")


ROWS = {"memory to train DeepConvNet, beside a limit": memory}


def megabytes_of_training():
    """Train the recipe for some steps; return the megabytes that this process took at most."""
    solver = recipe(PICTURES)
    for _ in range(20):
        solver.step()
    solver.check_accuracy(solver.X_val, solver.y_val)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def recipe(number):
    """Return the Solver of the fourth notebook's recipe, on pictures of noise."""
    return create_convolutional_solver_instance(pictures(number), np.float32)


def pictures(number, shape=(3, 32, 32)):
    """Return pictures of noise as a Solver takes them, all ten classes among them."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((number + 1000, *shape), np.float32)
    y = np.arange(len(X)) % 10
    return {"X_train": X[1000:], "y_train": y[1000:], "X_val": X[:1000], "y_val": y[:1000]}


def gemms(net):
    """Return a function that does nothing but a step's matrix products: three for each layer."""
    rng = np.random.default_rng(0)
    convs = [products(*problem((net.batch, *conv), "float32")) for conv in net.convs]
    sizes = [(net.batch, *pair) for pair in pairwise(net.dims)]
    layers = [
        [rng.standard_normal(shape, np.float32) for shape in ((N, D), (D, M), (N, M))]
        for N, D, M in sizes
    ]

    def run():
        for conv in convs:
            conv()
        for k, (x, w, dout) in enumerate(layers):
            x @ w, x.T @ dout
            if k or convs:
                dout @ w.T

    return run


def torch_step(net, X, y):
    """Return a function that draws a batch and moves the same net in PyTorch once."""
    X, y = torch.from_numpy(X), torch.from_numpy(y)
    twin = torch.nn.Sequential(*twin_layers(net))
    optimizer = torch.optim.Adam(twin.parameters())

    def step():
        batch = torch.randint(len(y), (net.batch,))
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(twin(X[batch]), y[batch])
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


def twin_layers(net):
    """Yield the layers of a net's twin in PyTorch."""
    for C, _, filters, K, stride, pad in net.convs:
        yield torch.nn.Conv2d(C, filters, K, stride, pad)
        if net.batchnorm:
            yield torch.nn.BatchNorm2d(filters)
        yield from (torch.nn.ReLU(), torch.nn.MaxPool2d(2))
    yield torch.nn.Flatten()
    for k, pair in enumerate(pairwise(net.dims)):
        if k:
            yield torch.nn.ReLU()
        yield torch.nn.Linear(*pair)
