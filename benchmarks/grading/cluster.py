"""What a large class costs the coordinator of a cluster: memory and seconds, with no code run.

Run as `python -m benchmarks.grading.cluster [NUMBER]`: hands NUMBER submissions (default 50,000)
of the size of the solutions to a Dask cluster of two workers on this machine, who pass every check
of the first notebook unseen, and keeps each outcome in a gradebook.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from course import paths
from course.intake.submission import Submission, read_submission
from course.judge import cluster
from course.judge.jobs import Job
from course.judge.version import version
from course.report.gradebook import Gradebook
from tests.helpers import cluster_stubs

STEPS = 10


def main(number=50_000):
    """Grade and print, at each tenth of the way."""
    cluster.grade = cluster_stubs.pass_all
    cluster.AHEAD = 50
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))
    processes, address = started()
    print("submissions   outcomes kept   memory, MB   seconds")
    try:
        with tempfile.TemporaryDirectory() as folder:
            grade(number, address, Gradebook(Path(folder) / "gradebook.sqlite", version()))
    finally:
        for process in processes:
            process.kill()
            process.wait()


def started():
    """Start a scheduler and two workers; return (processes, address)."""
    scheduler, address = program("scheduler", "--host", "127.0.0.1", "--port", "0")
    words = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny")
    workers = [program("worker", address, *words)[0] for _ in range(2)]
    return [scheduler, *workers], address


def program(name, *words):
    """Start one of Dask's programs; return it, and the address by which it goes."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *words, "--no-dashboard"]
    where = str(paths.ROOT)
    quiet = {"DASK_LOGGING__DISTRIBUTED": "info", "PYTHONPATH": where}
    process = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={**os.environ, **quiet}
    )
    for line in process.stderr:
        found = re.search(r"(?:Scheduler|worker) at: +(tcp://\S+)", line)
        if found:
            return process, found[1]
    raise OSError(f"{command} ended")


def grade(number, address, book):
    """Run a class of stubs on the cluster; print how far it is and what it takes."""
    first, files = paths.notebooks()[0], read_submission(paths.SOLUTIONS, "all").files
    jobs = (Job(Submission(f"s{n}", files), first, 7, "none") for n in range(number))
    begun, done, kept = time.monotonic(), 0, 0
    for job, outcome in cluster.run_all(jobs, address, "none"):
        if outcome:
            book.keep(job, outcome)
            kept += 1
            continue
        done += 1
        if done % max(number // STEPS, 1) == 0:
            seconds = time.monotonic() - begun
            print(f"{done:11,}{kept:16,}{memory():13.0f}{seconds:10.0f}", flush=True)
    print(f"\nmost memory of the coordinator: {memory('VmHWM'):.0f} MB")


def memory(what="VmRSS"):
    """Return the megabytes of memory that this process holds, or has held at most (VmHWM)."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(rf"{what}:\s+(\d+) kB", status)[1]) / 1024


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
