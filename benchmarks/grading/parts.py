"""Where the processor's seconds of a graded notebook go, part by part, on the solutions.

Run as `python -m benchmarks.grading.parts [RUNS] [NOTEBOOK …]`; prints the least of RUNS (default
3) runs of each notebook. A part is what is spent in it and in no part within it. Bubblewrap is
measured by itself, on a program that ends at once.
"""

import functools
import inspect
import io
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import nbval.kernel
from IPython.core.interactiveshell import InteractiveShell
from nbval.plugin import IPyNbCell

from course import paths
from course.intake.submission import files_of, read_submission
from course.judge import jobs, plugin, prefork, sandbox, stage
from course.judge.process import Process
from course.judge.student import Worker

READ, STAGE = "reading the package", "laying out the run"
PYTEST, NBVAL, KERNEL = "pytest and its report", "nbval and IPython", "the kernel's start"
CHECKS, TALK, START = "the checks", "asking the student", "starting their processes"
PROCESS, CODE, WALL = "their processes' start", "their code", "bubblewrap"
PARTS = (READ, STAGE, PYTEST, KERNEL, NBVAL, CHECKS, TALK, START, PROCESS, CODE, WALL)
COUNT = "processes, a number"

WITHIN = (
    (nbval.kernel, "start_new_kernel", KERNEL),
    (IPyNbCell, "runtest", NBVAL),
    (InteractiveShell, "run_code", CHECKS),
    (Worker, "request", TALK),
    (Process, "__init__", START),
)
"""Functions of the judge, and the part that what they do belongs to."""


class Clock:
    """CPU seconds of this process, each counted for the innermost part that it is spent in."""

    def __init__(self):
        self.spent, self.inside, self.since = Counter(), [], time.process_time()

    def tick(self):
        """Count what has passed for the present part."""
        now = time.process_time()
        if self.inside:
            self.spent[self.inside[-1]] += now - self.since
        self.since = now

    @contextmanager
    def part(self, name):
        """Count what is spent within for a part."""
        self.tick()
        self.inside.append(name)
        try:
            yield
        finally:
            self.tick()
            self.inside.pop()

    def watch(self, owner, attribute, name):
        """Count what a function spends, from here on, for a part."""
        function = getattr(owner, attribute)

        def counted(*args, **kwargs):
            with self.part(name):
                return function(*args, **kwargs)

        async def awaited(*args, **kwargs):
            with self.part(name):
                return await function(*args, **kwargs)

        setattr(owner, attribute, awaited if inspect.iscoroutinefunction(function) else counted)


def main(runs=3, *names):
    """Measure and print; the judges are forks of this process, which end as pytest returns."""
    os.environ.update(prefork.environment())
    prefork.import_everything()
    endings: list = []
    plugin.run(lambda: measure(int(runs), names, endings))
    endings.pop()()


def measure(runs, names, endings):
    """Fork the judges and print, and end; return in a judge alone what its run begins with.

    endings: gets what a judge does at its end.
    """
    least = {}
    for path in paths.notebooks():
        for _ in range(runs if not names or path.stem in names else 0):
            spent, begun = run(path, endings)
            if begun:
                return begun
            least[path.stem] = min(spent, least.get(path.stem, spent), key=total)
    print(table(least))
    bare, numpy = map(start_of, ("pass", "import numpy"))
    print(f"\na bare Python {bare:.0f} ms, with NumPy {numpy:.0f} ms", flush=True)
    os._exit(0)


def total(spent):
    """Return the seconds of all parts."""
    return sum(spent[part] for part in PARTS)


def run(path, endings):
    """Grade a notebook once; return ({part: CPU seconds and the number of processes}, None).

    In the judge that does it, return (None, what its run begins with).
    """
    clock, folder = Clock(), Path(tempfile.mkdtemp())
    with clock.part(READ):
        job = jobs.Job(read_submission(paths.SOLUTIONS, "all"), path, 7, "bwrap")
    with clock.part(STAGE):
        target = stage.stage(folder, files_of(job.submission), path)
    child = os.fork()
    if child == 0:
        endings.append(partial(end, clock, folder))
        return None, judge(clock, job, folder, target)
    os.waitpid(child, 0)
    spent = Counter(json.loads((folder / "spent").read_text(encoding="utf-8")))
    spent[WALL] = spent[COUNT] * seconds_of((*sandbox.isolation(), *sandbox.SEAL, "/usr/bin/true"))
    shutil.rmtree(folder)
    return spent, None


def judge(clock, job, folder, target):
    """Be the judge of a run; return what it begins with."""
    os.environ.update(jobs.variables(job, folder, jobs.CELL_SECONDS))
    log = os.open(folder / "log", os.O_CREAT | os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(log, stream)
    for function in WITHIN:
        clock.watch(*function)
    watch_processes(clock.spent)
    clock.tick()
    clock.inside.append(PYTEST)
    return target, io.StringIO(), folder / "prints", 120


def end(clock, folder):
    """Write what each part of a run took, and end its judge."""
    clock.tick()
    (folder / "spent").write_text(json.dumps(clock.spent), encoding="utf-8")
    os._exit(0)


def watch_processes(spent):
    """Count what the students' processes and the reference's use, from here on."""
    ready, stop = Process.await_ready, Process.stop

    def await_ready(process):
        was_ready = process.is_ready
        ready(process)
        if not was_ready:
            process.start = process.family.cpu_seconds()
            spent.update({PROCESS: process.start, COUNT: 1})

    def stopped(process, wait=False):
        spent[CODE] += process.cpu_seconds - process.start if process.is_ready else 0
        return stop(process, wait)

    Process.await_ready, Process.stop = await_ready, stopped


def table(spent):
    """Return the table of {notebook: {part: seconds}}, in milliseconds."""
    lines = [f"{'CPU milliseconds':26}" + "".join(f"{name:>17}" for name in spent)]
    for part in PARTS:
        lines.append(f"{part:26}" + "".join(f"{1000 * one[part]:17.0f}" for one in spent.values()))
    lines.append(f"{'all':26}" + "".join(f"{1000 * total(one):17.0f}" for one in spent.values()))
    lines.append(f"{COUNT:26}" + "".join(f"{one[COUNT]:17.0f}" for one in spent.values()))
    every = sum(map(total, spent.values()))
    return "\n".join([*lines, f"\nall notebooks of a submission: {every:.2f} CPU seconds"])


def start_of(statement):
    """Return the CPU milliseconds of a Python that runs a statement."""
    code = f"import sys; sys.path.append({str(sandbox.SITE)!r}); {statement}"
    return 1000 * seconds_of((str(sandbox.PYTHON), "-I", "-S", "-c", code))


@functools.cache
def seconds_of(command):
    """Return the CPU seconds that a command takes, the least of ten."""
    taken = []
    for _ in range(10):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, env=sandbox.ENVIRONMENT, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


if __name__ == "__main__":
    main(*sys.argv[1:])
