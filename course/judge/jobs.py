"""Run jobs: one notebook on one package, each in a process and a folder of its own."""

import json
import queue
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from .. import notebook, paths
from ..intake.submission import Submission, files_of
from ..outcome import Outcome
from . import prefork, scratch
from .stage import stage

CALL_SECONDS = 10
"""A right answer to a check takes a small part of this; a loop that never ends takes it all."""
CELL_SECONDS = 60
"""For all calls of a cell together, so that slow calls cannot add up without end."""
FULL_SECONDS = 300
"""For a cell that trains, and for each call in it."""
CPU_SECONDS = 70
"""For a submission in a notebook: ten times what the solutions take, up to 1, and a minute."""
FULL_CPU_SECONDS = 500
"""The same where all cells are run: the solutions take up to 44 (notebook 5)."""
SEED_BITS = 53
"""Of a new seed: too many to try them all on the inputs that are seen, and exact in any JSON."""
SLACK = 60
"""Added to a cell's seconds for the judge's own work, before it is stopped as hung."""


@dataclass(frozen=True)
class Job:
    """One notebook to run on one submission; only: numbers of the checks to run, all if none."""

    submission: Submission
    notebook: Path
    seed: int
    sandbox: str
    full: bool = False
    only: frozenset = frozenset()


def new_seed():
    """Return a seed of a run's inputs that nobody can guess, not even who sees some of them."""
    return secrets.randbits(SEED_BITS)


def outcomes(job, judges):
    """Run a job and yield the Outcome of each check as it arrives.

    judges: what starts a judge, see course.judge.prefork.
    A check that the run did not reach is "not run", with the reason.
    """
    checks = {c.number: c for c in notebook.checks(job.notebook, job.full, job.only)}
    reason = job.submission.problem
    if not reason:
        try:
            with scratch.folder() as folder:
                for outcome in judged(job, folder, judges):
                    checks.pop(outcome.check, None)
                    yield labelled(job, outcome)
                reason = f"the run ended before this check; grade again. {log_tail(folder)}"
        except (OSError, ValueError) as error:
            reason = f"the run could not be made: {error}"
    for check in checks.values():
        yield labelled(job, not_run(check, reason))


def log_tail(folder):
    """Return the last lines of a run's log, which say why it ended."""
    lines = (folder / "log").read_text(encoding="utf-8", errors="replace").strip().split("\n")
    return "Its log ends: " + " / ".join(lines[-3:])[-500:]


def judged(job, folder, judges):
    """Stage a job in a folder, run it and yield the Outcomes that the judge prints."""
    target = stage(folder, files_of(job.submission), job.notebook, job.full, job.only)
    seconds = FULL_SECONDS if job.full else CELL_SECONDS
    arguments = [str(target), str(folder / "prints"), str(seconds + SLACK)]
    with (
        open(folder / "log", "wb") as log,
        judges.start(arguments, variables(job, folder, seconds), log) as lines,
    ):
        yield from map(Outcome.from_json, lines)


def variables(job, folder, seconds):
    """Return the environment variables that describe a job to the judge."""
    worker = {
        "package": str(folder / "package"),
        "reference": str(paths.SOLUTIONS) if paths.SOLUTIONS.is_dir() else None,
        "sandbox": job.sandbox,
        "prints": str(folder / "prints"),
        "call_seconds": seconds if job.full else CALL_SECONDS,
        "cpu_seconds": FULL_CPU_SECONDS if job.full else CPU_SECONDS,
        "cell_seconds": seconds,
    }
    return {
        "COURSE_SEED": str(job.seed),
        "COURSE_WORKER": json.dumps(worker),
        "IPYTHONDIR": str(folder / "ipython"),
        "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
    }


def labelled(job, outcome):
    """Return an outcome with its submission and notebook filled in."""
    return replace(outcome, submission=job.submission.id, notebook=job.notebook.stem)


def not_run(check, reason):
    """Return the outcome of a check that was not run."""
    return Outcome.of_check(check, points=0, verdict="not run", message=reason)


def collect(jobs, workers, show=lambda outcome: None):
    """Run jobs, `workers` at a time; return all outcomes, sorted by notebook and check.

    show: called with each outcome as it arrives.
    """
    found = []
    for _, outcome in run_all(jobs, workers):
        if outcome:
            show(outcome)
            found.append(outcome)
    return sorted(found, key=lambda outcome: (outcome.notebook, outcome.check))


def run_all(jobs, workers):
    """Run jobs, `workers` at a time, and yield (job, outcome) as outcomes arrive.

    After a job's last outcome comes (job, None). Whoever stops listening stops the runs.
    """
    arrived: queue.Queue = queue.Queue()

    def run(job):
        try:
            for outcome in outcomes(job, judges):
                arrived.put((job, outcome))
        finally:
            arrived.put((job, None))

    pool, judges = ThreadPoolExecutor(workers), prefork.judges()
    try:
        futures = [pool.submit(run, job) for job in jobs]
        left = len(jobs)
        while left:
            job, outcome = arrived.get()
            left -= outcome is None
            yield job, outcome
        for future in futures:
            future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        judges.close()
        pool.shutdown()
