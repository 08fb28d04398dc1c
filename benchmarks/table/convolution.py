"""Convolution and max pooling beside PyTorch, CS231n's way, and what the matrix products take.

Run as `OPENBLAS_NUM_THREADS=1 python -m benchmarks.table.convolution`: then our own threads do what
NumPy's matrix product would do with its own. All take turns, so that they meet the same machine,
with several calls a turn, as in training: the first of a turn pays for what the others left behind,
such as threads that still wait for work. The fastest counts; on a busy machine, `--cpu` counts the
processor's time of one thread each instead. PyTorch is timed when it can be imported. Exits 1 when
a target is missed.
"""

import argparse
import sys
import time
import tracemalloc
from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from solutions.convolution import conv_backward_naive, conv_forward_naive
from solutions.fast_layers import (
    conv_backward_fast,
    conv_forward_fast,
    max_pool_backward_fast,
    max_pool_forward_fast,
)
from solutions.given.fast import threads
from solutions.im2col import conv_forward_im2col

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    torch = None

SHAPES = (
    (100, 3, 31, 25, 3, 2, 1),
    (100, 3, 32, 32, 7, 1, 3),
    (64, 32, 16, 64, 3, 1, 1),
    (128, 16, 32, 32, 3, 1, 1),
)
"""Pictures N, channels C, height and width H, filters F, taps K to a side, stride, pad."""
POOLS = ((100, 32, 32, 2, 2), (100, 32, 32, 3, 2), (64, 64, 16, 2, 2), (64, 64, 16, 3, 2))
"""Pictures N, channels C, height and width H, window K to a side, stride."""
IN_TURN = 5
SMALL = (1, 1, 3, 16, 3, 1, 1)
TARGETS = {"float32": 1.3, "float64": 0.8}
"""The most that a convolution may take, in PyTorch's times."""


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=8, help="turns of each, of five calls")
    parser.add_argument("--cpu", action="store_true", help="processor time, one thread each")
    args = parser.parse_args()
    if args.cpu:
        threads.THREADS = 1
        torch and torch.set_num_threads(1)
    best_of = partial(fastest, args.rounds, time.thread_time if args.cpu else time.perf_counter)
    print(f"threads: {threads.THREADS} of ours, {torch and torch.get_num_threads()} of PyTorch's")
    if torch is None:
        print("PyTorch is not installed: no times beside it.")
    missed = [show_convolution(s, t, best_of) for t in TARGETS for s in SHAPES]
    show_pools(best_of)
    show_small(best_of)
    sys.exit(1 if any(missed) else 0)


def fastest(rounds, clock, **runs):
    """Return {name: the least seconds that a call takes}, several calls of each in turn."""
    seconds = dict.fromkeys(runs, np.inf)
    for _ in range(rounds):
        for name, run in runs.items():
            for _ in range(IN_TURN):
                start = clock()
                run()
                seconds[name] = min(seconds[name], clock() - start)
    return seconds


def peak_megabytes(run):
    """Return the memory that a call takes at most, with what it returns, in megabytes."""
    tracemalloc.start()
    run()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def problem(shape, dtype):
    """Return x, w, b, conv_param and dout of random numbers."""
    N, C, H, filters, K, stride, pad = shape
    rng = np.random.default_rng(0)
    side = 1 + (H + 2 * pad - K) // stride
    shapes = (N, C, H, H), (filters, C, K, K), filters, (N, filters, side, side)
    x, w, b, dout = (rng.normal(size=shape).astype(dtype) for shape in shapes)
    return x, w, b, {"stride": stride, "pad": pad}, dout


def here(forward, backward, x, w, b, conv_param, dout):
    """Return a function that runs a pair of ours, forward and backward."""
    return lambda: backward(dout, forward(x, w, b, conv_param)[1])


def whole(x, w, b, conv_param, dout):
    """Convolve forward and backward as CS231n's fast layers do, written anew.

    The windows of the whole batch are one matrix of columns, which the backward pass finds in the
    cache; its gradient, of the same size, is added to the padded pictures tap by tap.
    """
    stride, pad = conv_param["stride"], conv_param["pad"]
    (N, C, H, W), (filters, _, K, _), (_, _, rows, columns) = x.shape, w.shape, dout.shape
    padded = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    windows = sliding_window_view(padded, (K, K), (2, 3))[:, :, ::stride, ::stride]
    cols = np.ascontiguousarray(windows.transpose(1, 4, 5, 0, 2, 3)).reshape(C * K * K, -1)
    out = w.reshape(filters, -1) @ cols + b[:, None]
    out = np.ascontiguousarray(out.reshape(filters, N, rows, columns).transpose(1, 0, 2, 3))

    flat = dout.transpose(1, 0, 2, 3).reshape(filters, -1)
    dw = (flat @ cols.T).reshape(w.shape)
    dcols = (w.reshape(filters, -1).T @ flat).reshape(C, K, K, N, rows, columns)
    dpadded = np.zeros((C, N, H + 2 * pad, W + 2 * pad), x.dtype)
    for i, j in np.ndindex(K, K):
        dpadded[:, :, i : i + stride * rows : stride, j : j + stride * columns : stride] += dcols[
            :, i, j
        ]
    dx = dpadded[:, :, pad : pad + H, pad : pad + W].transpose(1, 0, 2, 3)
    return out, np.ascontiguousarray(dx), dw, dout.sum(axis=(0, 2, 3))


def there(x, w, b, conv_param, dout):
    """Return a function that does the same in PyTorch."""
    leaves = [torch.from_numpy(array).requires_grad_() for array in (x, w, b)]
    stride, padding, dout = conv_param["stride"], conv_param["pad"], torch.from_numpy(dout)

    def run():
        out = F.conv2d(*leaves, stride=stride, padding=padding)
        return torch.autograd.grad(out, leaves, dout)

    return run


def products(x, w, b, conv_param, dout):
    """Return a function that does nothing but im2col's three matrix products, in cache, picture by
    picture, on our threads: out, dw and the columns' gradient. Only fewer products are faster.
    """
    filters, positions = dout.shape[1], dout.shape[2] * dout.shape[3]
    rows = w.reshape(filters, -1)
    parts, size = threads.strips(len(x), rows.shape[1] * positions * x.itemsize)

    @threads.one_a_thread
    def room_of_mine():
        columns = np.zeros((size, rows.shape[1], positions), x.dtype)
        return columns, np.zeros((size, filters, positions), x.dtype)

    def work(strip):
        columns, douts = room_of_mine()
        for block in strip:
            n = block.stop - block.start
            np.matmul(rows, columns[:n], out=douts[:n])
            np.matmul(douts[:n], columns[:n].transpose(0, 2, 1))
            np.matmul(rows.T, douts[:n], out=columns[:n])

    return lambda: threads.in_parallel(work, parts)


def show_convolution(shape, dtype, best_of):
    """Print a line about forward and backward; return whether the target is missed."""
    if shape == SHAPES[0]:
        print(f"\n{dtype}: milliseconds forward and backward (out, dx, dw, db)")
        print(f"{'N, C, H, F, K, stride, pad':28}    fast  CS231n PyTorch  ratio   GEMMs "
              "GFLOP/s  MB fast  CS231n  naive")  # fmt: skip
    inputs = problem(shape, dtype)
    fast = here(conv_forward_fast, conv_backward_fast, *inputs)
    naive, parts = loops(*inputs)
    runs = {
        "fast": fast,
        "naive": naive,
        "gemms": products(*inputs),
        "cs231n": lambda: whole(*inputs),
    }
    if torch is not None:
        runs["torch"] = there(*inputs)
    best = best_of(**runs)
    ratio = best["fast"] / best.get("torch", np.nan)
    milliseconds = {name: 1e3 * seconds for name, seconds in best.items()}
    operations = 6 * inputs[-1].size * inputs[1][0].size
    memory = peak_megabytes(fast), peak_megabytes(lambda: whole(*inputs))
    missed = ratio > TARGETS[dtype]
    print(
        f"{str(shape):28} {milliseconds['fast']:7.2f} {milliseconds['cs231n']:7.2f} "
        f"{milliseconds.get('torch', np.nan):7.2f} {ratio:5.2f}x {milliseconds['gemms']:7.2f} "
        f"{operations / best['fast'] / 1e9:7.0f} {memory[0]:8.1f} {memory[1]:7.1f} "
        f"{parts * best['naive'] / best['fast']:5.0f}x {'MISSED' if missed else ''}".rstrip(),
        flush=True,
    )
    return missed


def loops(x, w, b, conv_param, dout):
    """Return a function that runs the loops on a picture, and how often that fits into all."""
    few = slice(min(4, len(w)))
    part = x[:1], w[few], b[few], conv_param, dout[:1, few]
    return here(conv_forward_naive, conv_backward_naive, *part), len(x) * len(w) / len(w[few])


def show_pools(best_of):
    """Print the times of max pooling, forward and backward, after a ReLU."""
    if torch is None:
        return
    print(f"\n{'max pool: N, C, H, K, stride':28}   dtype    fast PyTorch  ratio")
    for N, C, H, K, stride in POOLS:
        for dtype in TARGETS:
            x = np.maximum(0, np.random.default_rng(0).normal(size=(N, C, H, H))).astype(dtype)
            side = 1 + (H - K) // stride
            dout = np.ones((N, C, side, side), dtype)
            ours, theirs = (run(x, dout, K, stride) for run in (pool_here, pool_there))
            best = best_of(fast=ours, torch=theirs)
            print(
                f"{str((N, C, H, K, stride)):28} {dtype} {1e3 * best['fast']:7.2f} "
                f"{1e3 * best['torch']:7.2f} {best['fast'] / best['torch']:5.2f}x",
                flush=True,
            )


def pool_here(x, dout, K, stride):
    """Return a function that pools forward and backward."""
    pool_param = {"pool_height": K, "pool_width": K, "stride": stride}
    return lambda: max_pool_backward_fast(dout, max_pool_forward_fast(x, pool_param)[1])


def pool_there(x, dout, K, stride):
    """Return a function that does the same in PyTorch."""
    x, dout = torch.from_numpy(x).requires_grad_(), torch.from_numpy(dout)
    return lambda: torch.autograd.grad(F.max_pool2d(x, K, stride), x, dout)


def show_small(best_of):
    """Print the seconds that 100 forward passes of the classic small case take."""
    *arrays, conv_param, _ = problem(SMALL, "float64")
    ways = {"loops": conv_forward_naive, "im2col": conv_forward_im2col, "fast": conv_forward_fast}
    runs = {name: hundred(run, *arrays, conv_param) for name, run in ways.items()}
    if torch is not None:
        tensors = [torch.from_numpy(array) for array in arrays]
        runs["PyTorch"] = hundred(F.conv2d, *tensors, 1, 1)
    best = best_of(**runs)
    print(f"\n{SMALL}, forward, seconds for 100 calls")
    print(", ".join(f"{name} {seconds:.4f}" for name, seconds in best.items()))


def hundred(run, *args):
    """Return a function that calls another a hundred times."""
    return lambda: [run(*args) for _ in range(100)]


if __name__ == "__main__":
    main()
