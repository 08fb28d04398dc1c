"""Where the time of a layer or a training step goes, function by function.

    OPENBLAS_NUM_THREADS=1 python -m benchmarks.table.spent [--only WORD]

On one thread, in processor time: the milliseconds a call that each function of `solutions` spends
itself, with the products and passes over memory that it asks NumPy for, and how often it is called.
"""

import argparse
import cProfile
import pstats
import time
from pathlib import Path

from benchmarks.table import layers, nets
from solutions.given.fast import threads

CALLS = 10
SHOWN = 8
"""Functions of each item, those that take longest."""


def main():
    """Print the items' profiles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="WORD", default="", help="items with this in their name")
    only = parser.parse_args().only
    threads.THREADS = 1
    for contest in (*layers.contests(), *map(nets.contest, nets.NETS)):
        name = contest.name.replace("epoch", "step")
        if only in name:
            show(name, contest.ours)


def show(name, run):
    """Print what a call takes, and what each function has of it."""
    spent = profile(run)
    whole = sum(own for own, _ in spent.values())
    print(f"\n{name}: {1e3 * whole:.2f} ms")
    for function, (own, calls) in sorted(spent.items(), key=lambda item: -item[1][0])[:SHOWN]:
        print(f"{1e3 * own:10.2f} ms {own / whole:5.0%} {calls:7.0f} x  {function}")


def profile(run):
    """Return {function: (seconds of its own, times it is called)}, for one call of run."""
    run()
    profiler = cProfile.Profile(time.thread_time, builtins=False)
    for _ in range(CALLS):
        profiler.runcall(run)
    spent = {}
    for (file, _, name), (_, calls, own, _, _) in pstats.Stats(profiler).stats.items():
        ours = "solutions" in Path(file).parts
        function = f"{Path(file).stem}.{name}" if ours else "Python and NumPy's own functions"
        seconds, times = spent.get(function, (0, 0))
        spent[function] = seconds + own / CALLS, times + calls / CALLS
    return spent


if __name__ == "__main__":
    main()
