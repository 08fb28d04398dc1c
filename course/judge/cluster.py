"""Run jobs on a Dask cluster, as judge.jobs runs them on this machine.

Every worker brings the course along, in the very version that is here. With a job travel the
submission's bytes; what comes back are Outcomes, as lines of JSON. Dask gives the jobs of a worker
that died to another.
"""

import contextlib
from concurrent.futures import CancelledError
from functools import cache
from itertools import islice

import dask
from distributed import Client, KilledWorker, as_completed, get_worker
from distributed.comm import CommClosedError

from .. import notebook, paths
from ..intake.submission import Submission, files_of
from ..outcome import Outcome
from . import jobs as run
from . import prefork, sandbox
from .version import version

AHEAD = 2
"""Jobs that wait on the cluster or run there, for each thread of its workers."""

CONNECT_SECONDS = 20
"""A scheduler that runs answers within a second, even across a slow network."""
CANNOT_GO_ON = "the cluster cannot go on: {}. What has arrived is kept: run the same command again"
GONE = CANNOT_GO_ON.format("its scheduler has gone")
FORGETFUL = {"distributed.admin.low-level-log-length": 1}
"""By default a client keeps the last thousand messages, and with them submissions."""


class ClusterError(Exception):
    """The cluster cannot run jobs; the message says what to do."""


def run_all(jobs, address, kind):
    """Run jobs on the cluster at `address` and yield (job, outcome), as jobs.run_all does.

    jobs: any iterable; each is taken when a worker is free for it, so that few are in memory.
    kind: of their sandbox.
    """
    jobs, wanted = iter(jobs), version()
    running: dict = {}
    with connected(address) as client:
        greet(client, wanted, kind)
        arrived = as_completed(loop=client.loop, with_results=True, raise_errors=False)
        while True:
            for job in islice(jobs, capacity(client, running)):
                future = client.submit(grade, described(job), wanted, pure=False)
                running[future.key] = job
                arrived.add(future)
            if not running:
                return
            future, result = next(arrived)
            job = running.pop(future.key)
            for outcome in outcomes(job, future, result):
                yield job, outcome
            yield job, None


@contextlib.contextmanager
def connected(address):
    """Yield a client of the cluster at `address`."""
    try:
        with dask.config.set(FORGETFUL):
            client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no Dask scheduler answers at {address}: {error}") from None
    try:
        with client:
            yield client
    except (CommClosedError, CancelledError):
        raise ClusterError(GONE) from None


def greet(client, wanted, kind):
    """Raise ClusterError unless there are workers, and all of them can run our jobs."""
    found = client.run(unfit, wanted, kind, on_error="return")
    if not found:
        address = client.scheduler.address
        raise ClusterError(f"the cluster has no worker yet; start some: dask worker {address}")
    for address, reason in found.items():
        if reason:
            raise ClusterError(f"the worker {address} cannot run jobs: {reason}")


def capacity(client, running):
    """Return how many more jobs the cluster can take; it may have no worker for a while."""
    try:
        threads = client.nthreads().values()
    except OSError:  # also when it went while we were about to ask, and nobody listens any more
        raise ClusterError(GONE) from None
    return max(AHEAD * max(sum(threads), 1) - len(running), 0)


def described(job):
    """Return a job as plain data, to send to a worker."""
    try:
        files, problem = files_of(job.submission), job.submission.problem
    except OSError as error:
        files, problem = {}, f"it can no longer be read: {error}"
    return {
        "submission": {"id": job.submission.id, "files": files, "problem": problem},
        "notebook": job.notebook.name,
        "only": sorted(job.only),
        **{key: getattr(job, key) for key in ("seed", "sandbox", "full")},
    }


def outcomes(job, future, result):
    """Return a job's outcomes, once it is done; raise ClusterError if the cluster is at fault.

    result: of the future, if all went well.
    """
    try:
        lines = result if future.status == "finished" else future.result()
        return [Outcome.from_json(line) for line in lines]
    except KilledWorker:
        reason = "each worker that ran this died, several times over; grade again"
        checks = notebook.checks(job.notebook, job.full, job.only)
        return [run.labelled(job, run.not_run(check, reason)) for check in checks]
    except CancelledError:
        raise
    except Exception as error:
        raise ClusterError(CANNOT_GO_ON.format(str(error) or type(error).__name__)) from error


def grade(job, wanted):
    """On a worker: run a job, as described, and return its outcomes as lines of JSON."""
    reason = known(wanted, job["sandbox"])
    if reason:
        raise ClusterError(f"the worker {get_worker().address} cannot run jobs: {reason}")
    described = {
        **job,
        "submission": Submission(**job["submission"]),
        "notebook": paths.ASSIGNMENTS / job["notebook"],
        "only": frozenset(job["only"]),
    }
    return [outcome.to_json() for outcome in run.outcomes(run.Job(**described), judges())]


def unfit(wanted, kind):
    """On a worker: return why it cannot run jobs in a sandbox of this kind, or None.

    wanted: the version of the course, as it is on disk and as it was when this process began.
    """
    if {begun(), version()} != {wanted}:
        return "it has another version of the course; update it and restart the worker"
    try:
        return sandbox.require(kind)
    except sandbox.SandboxError as error:
        return str(error)


known = cache(unfit)


@cache
def begun():
    """Return the version of the course with which this process began."""
    return version()


@cache
def judges():
    """Return this process's prefork.judges()."""
    return prefork.judges()
