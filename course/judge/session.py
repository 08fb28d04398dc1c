"""The first steps of a graded notebook: limit its memory, and reach the student's process."""

import contextlib
import json
import os
from functools import cache

from IPython import get_ipython

from .reference import Reference
from .student import Worker

MEMORY = 4 * 2**30
"""Bytes for the kernel that judges: twice those of a student's process, whose answers it reads."""


def connect():
    """Return the worker of this process; from now on it is told of each new cell."""
    shell = get_ipython()
    if shell:
        shell.events.register("pre_run_cell", worker().new_cell)
    return worker()


@cache
def worker():
    """Return the worker that COURSE_WORKER describes, and let its process start meanwhile."""
    limit_memory()
    config = json.loads(os.environ["COURSE_WORKER"])
    solved = config.pop("reference", None)
    reference = Reference({**config, "package": solved}) if solved else None
    found = Worker(config, reference)
    found.start()
    return found


def limit_memory():
    """Limit the judge's own memory: two small arrays can broadcast to 20 GB."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, most))
