"""All that a student waits for, in one table: ours, the usual way, and what the machine allows.

Run as `make bench`, or `OPENBLAS_NUM_THREADS=1 python -m benchmarks.table`; the variable leaves the
cores to the fast layers, as the notebooks about them do, see given/fast/threads.py. The peer of
layers and nets is PyTorch, where it can be imported; of gradients and loading it is CS231n's way,
written anew. Contenders take turns, several calls a turn, and the fastest call of each counts. The
bound is what nothing can do without: the same matrix products, or as many bytes copied.
"""

import argparse
import json
import os
import platform
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np

from benchmarks.table import (
    course,
    gradients,
    layers,
    lessons,
    loading,
    nets,
)
from benchmarks.table.contest import held, moving, seconds
from benchmarks.table.convolution import torch
from solutions.given.fast import threads

PARTS = (layers, nets, gradients, loading, lessons, course)


def main():
    """Print the table, a line as soon as it is known, and write it if asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the table there, too")
    parser.add_argument("--only", metavar="WORD", default="", help="lines with this in their name")
    parser.add_argument("--cpu", action="store_true", help="processor time, one thread each")
    args = parser.parse_args()
    if args.cpu:
        keep_to_one_thread()
    keep_memory()
    known = machine()
    print("\n".join(f"{name:8} {value}" for name, value in known.items()))
    print(f"\n{'':46}{'ours':>10}{'peer':>10}{'ratio':>7}{'aim':>6}{'':8}{'bound':>10}{'MB':>7}")
    table = []
    for row in rows(args.only, time.thread_time if args.cpu else time.perf_counter):
        table.append(row)
        print(line(row), flush=True)
    if args.json:
        kept = [asdict(row) | {"ratio": row.ratio, "verdict": row.verdict} for row in table]
        args.json.write_text(json.dumps({"machine": known, "rows": kept}, indent=1) + "\n")


def keep_memory():
    """Free an array of 30 MB, after which the C library keeps smaller ones when they are freed.

    So it is in training, too. To ask the system for memory again costs more than a small layer.
    """
    np.empty(30 * 2**20, np.uint8)


def keep_to_one_thread():
    """Let our layers and PyTorch work on one thread each: its processor time can be read."""
    threads.THREADS = 1
    if torch:
        torch.set_num_threads(1)


def rows(only, clock):
    """Yield the Rows of all parts whose names hold a word; nothing else is run."""
    for part in PARTS:
        for contest in getattr(part, "contests", tuple)():
            if only in contest.name:
                yield held(contest, clock)
        for name, row in getattr(part, "ROWS", {}).items():
            if only in name:
                yield row(name, clock)


def machine():
    """Return {what: value} of the machine and the libraries, its GEMM and its copying measured."""
    blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    return {
        "machine": f"{processor()}, {os.cpu_count()} cores, {platform.platform(terse=True)}",
        "versions": f"Python {platform.python_version()}, NumPy {np.__version__}, "
        f"{blas['name']} {blas['version']}, PyTorch {torch.__version__ if torch else 'not there'}",
        "kernels": os.environ.get("OPENBLAS_CORETYPE", "OpenBLAS's own choice"),
        "threads": f"{threads.THREADS} of ours, {torch and torch.get_num_threads()} of PyTorch's",
        "GEMM": ", ".join(f"{gemm_rate(t):.0f} GFLOP/s {t}" for t in ("float32", "float64")),
        "copying": f"{copy_rate():.1f} GB/s read and as many written",
    }


def processor():
    """Return what the processor is called, as well as it can be known."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def gemm_rate(dtype, side=768):
    """Return the billions of operations a second that matrix products reach on our threads."""
    left, right = np.ones((2, side, side), dtype)
    outs = np.empty((threads.THREADS, side, side), dtype)
    work = lambda out: np.matmul(left, right, out=out)  # noqa: E731
    took = min(seconds(lambda: threads.in_parallel(work, outs)) for _ in range(5))
    return 2e-9 * len(outs) * side**3 / took


def copy_rate(size=2**28):
    """Return the billions of bytes a second that are copied on our threads, out of cache."""
    run = moving(size)
    return 1e-9 * (size // 2) / min(seconds(run) for _ in range(5))


def line(row):
    """Return a Row as a line of text; what is not known stays empty."""
    ratio = f"{row.ratio:.2f}x" if row.ratio else ""
    aim = f"{row.aim:.2f}" if row.aim and row.ratio else ""
    most = f"{row.megabytes:.1f}" if row.megabytes is not None else ""
    values = [amount(value, row.unit) for value in (row.ours, row.peer, row.bound)]
    return (
        f"{row.name:46}{values[0]:>10}{values[1]:>10}{ratio:>7}{aim:>6}"
        f"  {row.verdict:6}{values[2]:>10}{most:>7}"
    ).rstrip()


def amount(value, unit):
    """Return a number with its unit: small times as milliseconds."""
    if value is None:
        return ""
    if unit == "s" and value < 1:
        return f"{1e3 * value:.3g} ms"
    return f"{value:.1f} s" if unit == "s" else f"{value:.0f} {unit}"


if __name__ == "__main__":
    main()
