"""Several pieces of work at a time, on the machine's cores.

Python runs one thread at a time, but NumPy lets go of Python while it copies, adds and multiplies
large arrays; so threads that do little else really share the work.
"""

import os
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import pairwise

BLAS_SETTINGS = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS")


def cores():
    """Return how many threads to use.

    The library behind NumPy's matrix products starts threads of its own, unless one of
    BLAS_SETTINGS told it to keep to one: only then are the other cores free for ours. Two kinds
    of threads at a time would wait for each other.
    """
    if not any(os.environ.get(name) == "1" for name in BLAS_SETTINGS):
        return 1
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


THREADS = cores()

BLOCK = 2**21
"""Bytes to have in hand at a time: a core's caches keep them, and threads seldom meet in Python."""

STRIPS = 8
"""Parts of a batch that threads share. Fixed, so that sums over them do not depend on threads."""


pool = ThreadPoolExecutor()
"""Threads that stay: to start one for each call takes 0.05 ms."""

working = threading.local()
"""Has `now`, True, in a thread that does a piece of work."""


def start_anew():
    """Make a pool without threads and without work."""
    global pool
    pool = ThreadPoolExecutor()


def after_fork():
    """Forget threads that are not in the new process."""
    start_anew()
    working.now = False


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=after_fork)


def in_parallel(work, pieces):
    """Return [work(piece) for piece in pieces], several pieces at a time where that is possible.

    The caller works too, so that all gets done where no thread can be started, and waits for none
    that comes too late. Work that calls in_parallel itself does so on its own thread.
    Raises what a piece of work raised.
    """
    results, failures, waiting = [None] * len(pieces), [], iter(range(len(pieces)))

    def help_out():
        outside, working.now = getattr(working, "now", False), True
        try:
            for k in waiting:
                results[k] = work(pieces[k])
        except BaseException as failure:
            failures.append(failure)
        finally:
            working.now = outside

    alone = getattr(working, "now", False)
    helpers = [] if alone else submitted(help_out, min(THREADS, len(pieces)) - 1)
    help_out()
    wait([helper for helper in helpers if not helper.cancel()])
    if failures:
        raise failures[0]
    return results


def submitted(run, count):
    """Return up to `count` futures of a function: as many as the system allows threads."""
    futures = []
    try:
        for _ in range(count):
            futures.append(pool.submit(run))
    except RuntimeError:
        start_anew()  # the old pool keeps the work that nobody came for
    return futures


def one_a_thread(make):
    """Return a function that returns make(), and always the same object to the same thread.

    So buffers are made once a thread, and used for all the pieces of work that it takes.
    """
    kept = threading.local()

    def mine():
        if not hasattr(kept, "made"):
            kept.made = make()
        return kept.made

    return mine


def strips(pictures, bytes_each, bytes_fixed=0):
    """Return (strips, size): a batch cut into at most STRIPS strips, each a list of blocks.

    Blocks are slices of the batch, about as large as each other and none larger than size.
    bytes_each: what a picture takes; bytes_fixed: what any block takes besides. A block's pictures
    take about BLOCK bytes, or bytes_fixed where that is more; but there is one at least. Where
    there are few blocks, they are 1, 2, 4 or 8, which threads can share. (A batch of none is cut
    like a batch of one, whose block is empty.)
    """
    pictures = max(1, pictures)
    count = -(-pictures // max(1, max(BLOCK, bytes_fixed) // bytes_each))
    if count < STRIPS:
        count = 2 ** (count - 1).bit_length()
    blocks = evenly(pictures, min(count, pictures))
    size = max(block.stop - block.start for block in blocks)
    return [blocks[strip] for strip in evenly(len(blocks), min(STRIPS, len(blocks)))], size


def evenly(count, parts):
    """Return slices that cut so many things into parts, about as large as each other."""
    edges = [count * k // parts for k in range(parts + 1)]
    return [slice(*pair) for pair in pairwise(edges)]
