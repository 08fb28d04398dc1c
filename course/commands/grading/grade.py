"""The command `course grade`: from a folder of submissions to marks and pages."""

import os
import sys
import zipfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from ...judge import sandbox
from ...judge.jobs import Job, new_seed, run_all
from ...judge.version import version
from ...report import claim, code, exports, manual_book, manual_marks, similarity
from ...report.exports import FORMATS
from ...report.gradebook import Gradebook
from ...report.live import LivePage
from ...report.pages import write_pairs, write_report
from ...report.rows import class_rows
from ..arguments import FULL, chosen_notebooks
from ..terminal import console, fail, progress, show_marks, show_remarks, show_roster
from . import classroom

CORES = os.cpu_count() or 1
CANNOT_WRITE = 3
"""The exit code where the report's folder cannot be written to."""


@click.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="Folder for the report."
)
@click.option("--notebook", "names", multiple=True, help="Grade this notebook only (repeatable).")
@click.option(
    "--jobs",
    default=CORES,
    show_default=True,
    type=click.IntRange(1, CORES),
    help="How many to run at a time.",
)
@click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster: tcp://HOST:PORT.")
@click.option(
    "--seed", type=int, help="Seed of the checks' inputs; default: that of --out, or a new one."
)
@click.option(
    "--sandbox",
    "kind",
    type=click.Choice(["bwrap", "user", "none"]),
    default="bwrap",
    show_default=True,
    help="bwrap: bubblewrap; user: another user (needs root); none: no sandbox.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(sorted(FORMATS)),
    help="Also write the marks in this format (repeatable).",
)
@click.option(
    "--class",
    "class_path",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The file with the roster and the rules; default: class.toml among or beside SUBMISSIONS.",
)
@click.option(
    "--detail", type=click.Choice(["checks"]), help="Give marks.csv a column for each check."
)
@click.option("--only", multiple=True, metavar="ID", help="Run this student again (repeatable).")
@click.option("--since", metavar="TIME", help="Run only what was handed in since then.")
@FULL
def grade(submissions, out, names, jobs, cluster, seed, kind, full, **wishes):
    """Grade a folder of submissions: folders, git clones, .zip, .tar.gz, .7z.

    Or what Canvas, Moodle or Gradescope gives for a whole class, unpacked or not.

    The gradebook keeps each outcome as it arrives. After a stop, run the same command again.

    A submission's code may take 10 seconds in a call, 60 in a check, and 70 seconds of the
    processor in a notebook (with --full 300, 300 and 500). What comes later is "not run: out of
    time"; what was checked before keeps its points. A function that was stopped after its 10
    seconds gets a fifth of them in later calls, until it answers.
    """
    runner = on_cluster(cluster, kind) if cluster else here(jobs, kind)
    refuse_folders(submissions, out)
    chosen = chosen_notebooks(names)
    try:
        with claim.claimed(out):
            report(submissions, out, chosen, runner, seed, kind, full, **wishes)
    except claim.Busy:
        fail(f"another run writes into {out}; wait until it ends, or name another --out")
    except claim.CannotWrite as error:
        kept = "what has arrived is kept; make room there, and run the same command again"
        click.echo(f"course: {error}; {kept}", err=True)
        sys.exit(CANNOT_WRITE)


def report(submissions, out, chosen, runner, seed, kind, full, class_path, only, since, **shown):
    """Grade the submissions that are not graded yet, and write the report."""
    book = Gradebook(out / "gradebook.sqlite", version())
    seed = book.seed(seed, new_seed())
    handed_in, room = classroom.read(submissions, class_path)
    wanted = classroom.wanted(room, only, since)
    keep_manual_marks(book, out, handed_in)
    jobs_of = [Job(s, n, seed, kind, full) for s in handed_in for n in chosen]
    todo = left_to_run(book, [job for job in jobs_of if job.submission.id in wanted], bool(only))
    page = LivePage(out / "index.html", seed, len(todo))
    rows_now = lambda: map(room.applied, class_rows(book, handed_in, jobs_of))  # noqa: E731
    try:
        grade_jobs(book, todo, runner, lambda done: page.show(done, rows_now))
    except KeyboardInterrupt:
        fail("stopped. What has arrived is kept: run the same command again to go on")
    about = {"compared": similarity.compare(handed_in), "missing": room.missing}
    rows = write_report(out, rows_now(), seed, code=code.of_class(handed_in), **about, **shown)
    write_pairs(out, about["compared"], handed_in)
    show_marks(rows)
    show_remarks(rows)
    show_roster(room, rows, exports.remarks(shown["formats"], rows))
    console.print(f"Report: {out / 'index.html'}    seed {seed}", soft_wrap=True)


def keep_manual_marks(book, out, handed_in):
    """Record what an instructor marked by hand, or fail where a line cannot be read."""
    try:
        marks, remarks = manual_marks.read(out, {submission.id for submission in handed_in})
    except manual_marks.ManualError as error:
        fail(str(error))
    ids = {
        (s.id, one["notebook"], one["question"]): manual_marks.answer_id(one["answer"])
        for s in handed_in
        for one in s.answers
    }
    manual_book.keep(book.db, marks, ids)
    for remark in remarks:
        console.print(remark, markup=False, soft_wrap=True)


def left_to_run(book, jobs, again):
    """Return the jobs with the checks that are left to run, all of them where `again` is asked."""
    left = [(job, frozenset() if again else frozenset(book.left(job))) for job in jobs]
    return [replace(job, only=only) for job, only in left if again or only]


def refuse_folders(submissions, out):
    """Fail where a class cannot be read, or a report cannot be written."""
    if not submissions.is_dir() and not zipfile.is_zipfile(submissions):
        fail(f"{submissions} is not a folder or a zip; give the folder that holds the submissions")
    if out.resolve().is_relative_to(submissions.resolve()):
        fail(f"{out} lies within {submissions}; the report would be graded as a submission")
    if out.exists() and not out.is_dir():
        fail(f"{out} is a file; --out names the folder of the report")


def here(workers, kind):
    """Return a function that runs jobs on this machine, or fail."""
    try:
        sandbox.require(kind)
    except sandbox.SandboxError as error:
        fail(str(error))
    return partial(run_all, workers=workers)


def on_cluster(address, kind):
    """Return a function that runs jobs on a Dask cluster, or fail."""
    try:
        from ...judge import cluster
    except ImportError:
        fail("--cluster needs Dask; install distributed as requirements.txt names it")

    def runner(jobs):
        try:
            yield from cluster.run_all(jobs, address, kind)
        except cluster.ClusterError as error:
            fail(str(error))

    return runner


def grade_jobs(book, todo, runner, show):
    """Run jobs, keep each outcome as it arrives, and show the progress.

    runner: a function of a list of jobs that yields what course.judge.jobs.run_all yields;
    show: a function of how many jobs are done.
    """
    done = 0
    if todo:
        show(done)
    with progress(len(todo)) as step:
        for job, outcome in runner(todo):
            show(done)
            if outcome:
                book.keep(job, outcome)
            else:
                done += 1
                step()


COMMANDS = (grade,)
