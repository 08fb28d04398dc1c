"""What the walls around a student's process cost: a call, a start, a class; and who else pays.

Run as `python -m benchmarks.grading.walls [RUNS]`, as root for the lines of `user`; prints medians
of RUNS (default 3) runs.
"""

import contextlib
import statistics
import sys
import tempfile
import time
from pathlib import Path
from unittest import mock

import numpy as np

from course import paths
from course.intake.submission import read_submission
from course.judge import jobs, sandbox
from course.judge.family import Family
from tests.attacks import test_attacks
from tests.helpers.student import Student

CODE = "import numpy as np\ndef f(x): return x\n"
CALLS = 500
FIRST = paths.notebooks()[0]
HOGS = ("burn_between_calls", "burn_to_the_end", "endless_loop")


def main(runs):
    """Measure and print."""
    python = Path(f"/usr/bin/python3.{sys.version_info.minor}")
    if python.exists():
        sandbox.PYTHON = python
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for title, kind, patch in WAYS:
            times = [start_and_calls(folder / f"{title}{n}", kind, patch) for n in range(runs)]
            start, call = map(statistics.median, zip(*times, strict=True))
            print(f"{title:36} start {1000 * start:5.0f} ms   a call {1e6 * call:5.0f} µs")
        for kind in ("none", "bwrap"):
            took = [class_of(twelve(folder, kind))[0] for _ in range(runs)]
            print(f"a class of twelve, {kind:17} {statistics.median(took):5.2f} s")
        hoggers(folder, runs)


WAYS = (
    ("no wall", "none", contextlib.nullcontext),
    ("bubblewrap", "bwrap", contextlib.nullcontext),
    ("bubblewrap, not stopped between", "bwrap", lambda: mock.patch.multiple(Family, **STILL)),
    ("another user", "user", contextlib.nullcontext),
    (
        "another user, without Landlock",
        "user",
        lambda: mock.patch.object(sandbox, "shown", lambda root: None),
    ),
)
STILL = {"stop": lambda self: None, "go_on": lambda self: None}


def start_and_calls(folder, kind, patch):
    """Return the seconds of a start with its first call, and of a call after it."""
    with patch():
        them = Student(folder / "package", CODE, kind=kind)
        x, times = np.ones((5, 4)), []
        for _ in range(CALLS):
            begun = time.perf_counter()
            them.call("f", x)
            times.append(time.perf_counter() - begun)
        them.worker.end()
    return times[0], statistics.median(times[1:])


def twelve(folder, kind):
    """Return the jobs of a class of twelve that handed in the solutions."""
    return [jobs.Job(read_submission(paths.SOLUTIONS, f"s{n}"), FIRST, 7, kind) for n in range(12)]


def class_of(todo):
    """Run jobs, two at a time; return the seconds in all, and {submission: of its checks}."""
    begun, each = time.perf_counter(), {}
    for job, outcome in jobs.run_all(todo, 2):
        if outcome:
            name = job.submission.id
            each[name] = each.get(name, 0) + outcome.seconds
    return time.perf_counter() - begun, each


def hoggers(folder, runs):
    """Print how much longer ten honest submissions take among ten that use all they may."""
    jobs.CALL_SECONDS = 2
    honest = twelve(folder, "bwrap")[:10]
    mixed = []
    for number, job in enumerate(honest):
        name = HOGS[number % len(HOGS)]
        test_attacks.hand_in(folder / f"hog{number}", name, name)
        hog = read_submission(folder / f"hog{number}" / name, f"hog{number}")
        mixed += [job, jobs.Job(hog, FIRST, 7, "bwrap", only=frozenset({1, 2}))]
    ratios = []
    for _ in range(runs):
        alone, among = class_of(honest)[1], class_of(mixed)[1]
        ratios.append([among[name] / alone[name] for name in alone])
    each = sorted(statistics.median(of) for of in zip(*ratios, strict=True))
    print(f"ten honest among ten hoggers: each takes {each[0]:.2f} to {each[-1]:.2f} times as long")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
