"""A Dask cluster of real processes, on this machine."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager

from course import paths

ENVIRONMENT = {
    **{k: v for k, v in os.environ.items() if not k.startswith("DASK")},
    "PYTHONPATH": str(paths.ROOT),
    "OPENBLAS_NUM_THREADS": "1",
}


def started(program, *words, python=sys.executable):
    """Start one of Dask's programs; return it, and its address, once it can be given work.

    A worker tells its address before the scheduler knows of it, and later that it is registered.
    """
    command = [python, "-m", f"distributed.cli.dask_{program}", *words]
    process = subprocess.Popen(
        [*command, "--no-dashboard"], stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    )
    log = ""
    for line in process.stderr:
        log += line
        if re.search("Scheduler at:|Registered to:", line):
            return process, re.search(r"(?:Scheduler|worker) at: +(tcp://\S+)", log)[1]
    raise OSError(f"{command} ended: {log}")


@contextmanager
def ended_after(*processes):
    """Kill processes in the end."""
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()
            process.stderr.close()


@contextmanager
def worker(scheduler, *more, python=sys.executable):
    """A worker of one thread for the scheduler at that address, (process, address)."""
    words = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--death-timeout", "60", *more)
    process, address = started("worker", scheduler, *words, python=python)
    with ended_after(process):
        yield process, address
