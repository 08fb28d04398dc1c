"""Two ways to do one thing, run in turn; and what the machine allows at best."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from benchmarks.table.convolution import IN_TURN, fastest, peak_megabytes
from solutions.given.fast import threads

SECONDS = 2.5
"""What one contest may take, about."""
ROUNDS = 10


@dataclass(frozen=True)
class Contest:
    """Something to do, as functions of nothing.

    ours: our way; peer: the usual way, or None.
    aim: the most that ours may take, in the peer's times.
    bound: what no way can do without, such as the matrix products alone.
    times: how often `ours` is done in what the name says, as steps in an epoch.
    """

    name: str
    ours: Callable
    peer: Callable | None = None
    aim: float | None = None
    bound: Callable | None = None
    times: float = 1


@dataclass(frozen=True)
class Row:
    """A line of the table: what ours, the peer and the bound take, in `unit`."""

    name: str
    ours: float
    peer: float | None = None
    aim: float | None = None
    bound: float | None = None
    megabytes: float | None = None
    unit: str = "s"

    @property
    def ratio(self):
        """Return ours in the peer's times, or None."""
        return self.peer and self.ours / self.peer

    @property
    def verdict(self):
        """Return 'met' or 'missed', or '' where nothing is aimed at."""
        if None in (self.ratio, self.aim):
            return ""
        return "met" if self.ratio <= self.aim else "missed"


def held(contest, clock=time.perf_counter):
    """Hold a contest, and return its Row: the fastest call of each counts."""
    ways = {"ours": contest.ours, "peer": contest.peer, "bound": contest.bound}
    runs = {name: run for name, run in ways.items() if run}
    best = in_turn(runs, clock)
    took = {name: contest.times * seconds for name, seconds in best.items()}
    most = peak_megabytes(contest.ours)
    return Row(contest.name, aim=contest.aim, megabytes=most, **took)


def in_turn(runs, clock):
    """Return {name: the least seconds that a call takes}; what is slow is called only twice."""
    once = {name: seconds(run, clock) for name, run in runs.items()}
    turn = IN_TURN * sum(once.values())
    if turn > SECONDS:
        return {name: min(once[name], seconds(run, clock)) for name, run in runs.items()}
    return fastest(min(ROUNDS, 1 + int(SECONDS / turn)), clock, **runs)


def seconds(run, clock=time.perf_counter):
    """Return the seconds that a call takes."""
    start = clock()
    run()
    return clock() - start


def moving(size):
    """Return a function that reads `size / 2` bytes and writes as many, on our threads."""
    source, target = np.ones((2, max(size // 2, 1)), np.uint8)
    edges = [len(source) * k // threads.THREADS for k in range(threads.THREADS + 1)]
    pieces = [slice(*pair) for pair in zip(edges, edges[1:], strict=False)]
    copy = lambda piece: np.copyto(target[piece], source[piece])  # noqa: E731
    return lambda: threads.in_parallel(copy, pieces)
