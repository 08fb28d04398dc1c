"""What grading costs: seconds a submission, ours beside other graders on the same tasks.

Run as `python -m benchmarks.grading [RUNS] [--nbgrader PYTHON] [--otter PYTHON]`; prints medians
of RUNS (default 3) runs. PYTHON is that of an environment which has nbgrader 0.9.6, or otter-grader
7.0.0; without it that line says that it was left out. CPU time is that of all processes.
"""

import argparse
import ctypes
import json
import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.grading import peers
from course import notebook, paths
from course.intake import apart
from course.intake.submission import read_submission
from course.judge import proxy
from course.judge.jobs import CALL_SECONDS, CELL_SECONDS, CPU_SECONDS, Job, run_all
from course.judge.session import connect
from solutions.linear_svm import svm_loss_vectorized

CLASS = 10
PR_SET_CHILD_SUBREAPER = 36


def main():
    """Measure and print."""
    options = parsed()
    adopt_orphans()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tree(folder)
        small = peers.write_for_us(folder / "tree" / "assignments")
        table(
            "12 cells, 4 graded functions, one picture",
            options.runs,
            [*ours(small), *nbvals(small), *others(options, folder)],
        )
        first = paths.notebooks()[0]
        cells = notebook.graded(notebook.read(first))
        copy = folder / "tree" / "assignments" / first.name
        copy.write_text(json.dumps(cells), encoding="utf-8")
        table(first.stem, options.runs, [*ours(first), *nbvals(copy)])
        calls(folder)


def parsed():
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("runs", nargs="?", type=int, default=3)
    for name in ("nbgrader", "otter"):
        parser.add_argument(f"--{name}", metavar="PYTHON", type=Path)
    return parser.parse_args()


def adopt_orphans():
    """Let processes whose parent has ended become ours, so that their CPU time counts."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def write_tree(folder):
    """Write a tree in which plain nbval passes."""
    shutil.copytree(paths.SOLUTIONS, folder / "tree" / "starter")
    shutil.copytree(paths.DATA_UTILS, folder / "tree" / "data_utils")
    (folder / "tree" / "assignments").mkdir()


def table(title, runs, rows):
    """Print a table of rows (name, function that grades, number of submissions it grades)."""
    print(f"{title}, right submissions, median of {runs}\n")
    print(f"{'':46} s/submission  CPU s/submission  times ours")
    first = None
    for name, grade, number in rows:
        if not number:
            print(f"{name:46} {grade}")
            continue
        wall, cpu = (
            statistics.median(t) / number for t in zip(*measured(grade, runs), strict=True)
        )
        first = first or wall
        print(f"{name:46} {wall:12.2f}  {cpu:16.2f}  {wall / first:10.1f}", flush=True)
    print()


def measured(run, runs):
    """Yield (wall seconds, CPU seconds of all descendants) of each run.

    The process that reads submissions outlives a run: it starts before, and nobody waits for it.
    """
    apart.parent()
    known = own_children()
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        run()
        wall = time.perf_counter() - start
        while own_children() - known:
            os.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        yield wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def own_children():
    """Return the numbers of this process's children, those that it adopted among them."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def ours(path):
    """Return the rows of our grader, for a class that hands in the solutions."""
    title = "ours, sandboxed, {} at a time"
    return [(title.format(jobs), partial(grade, path, jobs), CLASS) for jobs in (1, 2)]


def grade(path, jobs):
    """Grade a class as `course grade` does; stop if a check does not pass."""
    them = [read_submission(paths.SOLUTIONS, f"student{n}") for n in range(CLASS)]
    for _, outcome in run_all([Job(s, path, 7, "bwrap") for s in them], jobs):
        assert outcome is None or outcome.verdict == "passed", outcome


def nbvals(path):
    """Return the rows of plain nbval on a notebook that lies in the tree; no sandbox."""
    command = [sys.executable, "-m", "pytest", "-q", "--nbval-lax", "--nbval-current-env"]
    one, all_ = ([*command, *map(str, them)] for them in ([path], copies(path)))
    return [
        ("pytest --nbval, a process for each, no sandbox", partial(peers.run, one, paths.ROOT), 1),
        ("pytest --nbval, one process for all", partial(peers.run, all_, paths.ROOT), CLASS),
    ]


def copies(path):
    """Write a notebook once for each of the class; return the paths."""
    for number in range(CLASS):
        copy = path.parent / f"{path.stem}_{number}.ipynb"
        shutil.copy(path, copy)
        yield copy


def others(options, folder):
    """Return the rows of the other graders, or why they are left out."""
    rows = []
    for name, prepare in (("nbgrader", peers.nbgrader), ("otter", peers.otter)):
        python = getattr(options, name)
        if python:
            command, where = prepare(python, folder / name, CLASS)
            run = partial(peers.run, command, where)
            rows.append((f"{name}, one process for all, no sandbox", run, CLASS))
        else:
            rows.append((name, f"left out: --{name} names no Python that has it", 0))
    return rows


def calls(folder, number=2000):
    """Print what one call of svm_loss_vectorized costs, here and in the student's process."""
    random = np.random.default_rng(0)
    W, X, y = random.normal(size=(5, 4)), random.normal(size=(6, 5)), np.arange(6) % 4
    os.environ["COURSE_WORKER"] = json.dumps(
        {
            "package": str(folder / "tree"),
            "sandbox": "bwrap",
            "prints": str(folder / "prints"),
            "call_seconds": CALL_SECONDS,
            "cpu_seconds": CPU_SECONDS,
            "cell_seconds": CELL_SECONDS,
        }
    )
    start = time.perf_counter()
    worker = connect()
    there = proxy.module(worker, "linear_svm")("svm_loss_vectorized")
    there(W, X, y, 0.1)
    print(f"start of a worker, with its first call: {time.perf_counter() - start:.2f} s")
    cost = [
        microseconds(function, (W, X, y, 0.1), number) for function in (svm_loss_vectorized, there)
    ]
    print(f"a call here {cost[0]:.0f} µs, in the student's process {cost[1]:.0f} µs (medians)")
    worker.stop()


def microseconds(function, args, number):
    """Return the microseconds that one call takes, the median."""
    times = []
    for _ in range(number):
        start = time.perf_counter()
        function(*args)
        times.append(time.perf_counter() - start)
    return 1e6 * statistics.median(times)


if __name__ == "__main__":
    main()
