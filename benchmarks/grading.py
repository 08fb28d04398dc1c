"""What grading costs: seconds a submission, beside plain pytest --nbval, and a remote call.

Run as `python benchmarks/grading.py [RUNS]`; prints the median of RUNS (default 3) runs.
"""

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from course import paths, remote
from course.connect import connect
from course.run import CALL_SECONDS, CELL_SECONDS

CLASS = 6


def main(runs=3):
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_class(folder)
        print(f"grading {paths.notebooks()[0].name}, right submissions, median of {runs}\n")
        print(f"{'':44}  s/submission  CPU s/submission")
        for title, run, number in (
            ("course grade, sandboxed, 1 job", lambda: grade(folder, 1), CLASS),
            ("course grade, sandboxed, 2 jobs", lambda: grade(folder, 2), CLASS),
            ("pytest --nbval, the same cells", lambda: plain(folder, graded=True), 1),
            ("pytest --nbval, all cells", lambda: plain(folder), 1),
        ):
            wall, cpu = (statistics.median(t) for t in zip(*measured(run, runs), strict=True))
            print(f"{title:44}  {wall / number:12.2f}  {cpu / number:16.2f}")
        print()
        calls(folder)


def write_class(folder):
    """Write CLASS right submissions, and a tree in which plain nbval passes."""
    for number in range(CLASS):
        shutil.copytree(paths.SOLUTIONS, folder / "class" / f"s{number}" / "starter")
    shutil.copytree(paths.SOLUTIONS, folder / "tree" / "starter")
    shutil.copytree(paths.DATA_UTILS, folder / "tree" / "data_utils")
    (folder / "tree" / "assignments").mkdir()


def measured(run, runs):
    """Yield (wall seconds, CPU seconds of all children) of each run."""
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        run()
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
        yield wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def grade(folder, jobs):
    """Grade the class into a new report."""
    out = tempfile.mkdtemp(dir=folder)
    words = ["grade", folder / "class", "--out", out, "--notebook", "1_svm", "--jobs", jobs]
    quiet([sys.executable, "-m", "course.cli", *map(str, words)], folder)


def plain(folder, graded=False):
    """Run plain nbval once on the notebook, or on the cells of it that grading runs."""
    from course import notebook

    source, target = paths.notebooks()[0], folder / "tree" / "assignments" / "1_svm.ipynb"
    document = notebook.read(source)
    target.write_text(json.dumps(notebook.graded(document) if graded else document))
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-current-env", str(target)]
    quiet(command, folder / "tree")


def quiet(command, folder):
    """Run a command without its output; stop if it fails."""
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)


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
            "cell_seconds": CELL_SECONDS,
        }
    )
    worker = connect()
    there = remote.module(worker, "linear_svm")("svm_loss_vectorized")
    sys.path.insert(0, str(folder / "tree"))
    from starter.linear_svm import svm_loss_vectorized as here

    start = time.perf_counter()
    there(W, X, y, 0.1)
    print(f"start of a worker, with its first call: {time.perf_counter() - start:.2f} s")
    cost = [microseconds(function, (W, X, y, 0.1), number) for function in (here, there)]
    print(f"a call here {cost[0]:.0f} µs, in the student's process {cost[1]:.0f} µs")
    worker.stop()


def microseconds(function, args, number):
    """Return the microseconds that one call takes."""
    start = time.perf_counter()
    for _ in range(number):
        function(*args)
    return 1e6 * (time.perf_counter() - start) / number


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
