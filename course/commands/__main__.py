"""The command `course`."""

import json
import os
import secrets
import sys
from functools import partial
from pathlib import Path

import click

from .. import hints, paths, stubs
from ..intake.submission import read_class
from ..judge import sandbox
from ..judge.jobs import Job, collect, run_all
from ..judge.version import version
from ..outcome import marks_of
from ..report import manual_marks, similarity
from ..report.exports import FORMATS
from ..report.gradebook import Gradebook
from ..report.pages import write_report
from ..report.rows import class_rows
from . import notebook_text
from .release import chosen_notebooks, release_group, require_solutions
from .student import read_package, status, submit, watch
from .terminal import console, fail, progress, show_hint, show_marks, show_outcome, show_remarks

CORES = os.cpu_count() or 1
FULL = click.option("--full", is_flag=True, help="Run the cells that explore and train, too.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main():
    """Give and grade the course Deep learning from scratch."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # for Windows


@main.command()
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if anything is not as derived.")
def derive(check):
    """Write starter/, and the hints in the notebooks, anew from solutions/."""
    require_solutions()
    treat = stubs.differences if check else stubs.write
    try:
        found = [difference for part in derived() for difference in treat(*part) or []]
    except (stubs.DeriveError, hints.HintError) as error:
        raise click.ClickException(str(error)) from None
    for difference in found:
        click.echo(difference)
    sys.exit(1 if found else 0)


def derived():
    """Yield all that is derived: {file name: text}, the folder it belongs in, the kind of file."""
    source = paths.SOLUTIONS / "hints"
    yield stubs.derive_package(paths.SOLUTIONS), paths.STARTER, "*.py"
    yield hints.files(source), paths.STARTER / "hints", "*.toml"
    told, notebooks = hints.read(source), paths.ASSIGNMENTS.glob("*.ipynb")
    yield {p.name: hints.filled(p, told) for p in notebooks}, paths.ASSIGNMENTS, "*.ipynb"


@main.command()
@click.argument("words", metavar="[TASK] [N]", nargs=-1)
def hint(words):
    """Print hint number N for a task, the first if there is no N; or list each notebook's tasks.

    For example: course hint svm_loss_naive 2
    """
    known = hints.read(paths.STARTER / "hints")
    number = int(words[-1]) if words and words[-1].isdecimal() else 1
    task = " ".join(word for word in words if not word.isdecimal())
    if not task:
        for name, tasks in hints.by_notebook(paths.STARTER / "hints").items():
            click.echo("\n  ".join([name, *tasks]))
        return
    try:
        found = hints.of_task(task, known)
    except hints.HintError as error:
        fail(str(error))
    if not 1 <= number <= len(found):
        fail(f"{task} has {len(found)} hints; there is no number {number}")
    show_hint(task, number, found)


@main.command()
@click.argument("names", metavar="[NOTEBOOK]...", nargs=-1)
@click.option(
    "--package",
    type=click.Path(path_type=Path),
    default=paths.STARTER,
    show_default="starter",
    help="The package to check.",
)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write outcomes there.")
@FULL
def check(names, package, json_file, full):
    """Check one package, your own: no sandbox.

    NOTEBOOK is a name such as 1_svm or a path; without any, all are run. Exits 0 when every
    check passed, 1 when not, 2 when some could not be run.
    """
    chosen = chosen_notebooks(names)
    submission = read_package(package)
    if json_file and not json_file.resolve().parent.is_dir():
        fail(f"{json_file.resolve().parent} is no folder; --json writes a file into one")
    outcomes = []
    for path in chosen:
        console.print(f"\n{path.stem}", style="bold")
        outcomes += collect([Job(submission, path, 0, "none", full)], 1, show_outcome)
    if not paths.SOLUTIONS.is_dir() and any(o.diagnosis == "comes-first" for o in outcomes):
        console.print("\nTasks that rest on others were run on yours; in grading, on ours as well.")
    total = marks_of(outcomes)
    console.print(f"\n{total.points} of {total.max_points} points")
    if json_file:
        found = [outcome.published() for outcome in outcomes]
        json_file.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    verdicts = {outcome.verdict for outcome in outcomes}
    sys.exit(2 if "not run" in verdicts else 0 if verdicts <= {"passed"} else 1)


@main.command()
@click.argument("submissions", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the report.")
@click.option("--notebook", "names", multiple=True, help="Grade this notebook only (repeatable).")
@click.option(
    "--jobs", default=CORES, show_default=True, type=click.IntRange(1, CORES), help="At a time."
)
@click.option("--cluster", metavar="ADDRESS", help="Run on a Dask cluster: tcp://HOST:PORT.")
@click.option("--seed", type=int, help="Seed of the checks' inputs; else that of --out, or new.")
@click.option(
    "--sandbox",
    "kind",
    type=click.Choice(["bwrap", "user", "none"]),
    default="bwrap",
    show_default=True,
    help="user: as root, in a container; none: with your rights.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(sorted(FORMATS)),
    help="Write the marks in this shape, too (repeatable).",
)
@FULL
def grade(submissions, out, names, jobs, cluster, seed, kind, formats, full):
    """Grade a folder of submissions: folders, .zip or .tar.gz.

    Outcomes are kept as they arrive: run the same command again to go on after a stop.
    """
    runner = on_cluster(cluster, kind) if cluster else here(jobs, kind)
    if not submissions.is_dir():
        fail(f"{submissions} is not a folder; give the folder that holds the submissions")
    if out.resolve().is_relative_to(submissions.resolve()):
        fail(f"{out} lies within {submissions}; the report would be graded as a submission")
    if out.exists() and not out.is_dir():
        fail(f"{out} is a file; --out names the folder of the report")
    out.mkdir(parents=True, exist_ok=True)
    book = Gradebook(out / "gradebook.sqlite", version())
    seed = book.seed(seed, secrets.randbelow(2**31))
    chosen = chosen_notebooks(names)
    handed_in = read_class(submissions)
    try:
        book.keep_written(manual_marks.read(out / "manual.csv", {s.id for s in handed_in}))
    except manual_marks.ManualError as error:
        fail(str(error))
    jobs_of = [Job(s, n, seed, kind, full) for s in handed_in for n in chosen]
    todo = [job for job in jobs_of if not book.is_done(job)]
    try:
        grade_jobs(book, todo, runner)
    except KeyboardInterrupt:
        fail("stopped. What has arrived is kept: run the same command again to go on")
    rows, pairs = class_rows(book, handed_in, jobs_of), similarity.pairs(handed_in)
    rows = write_report(out, rows, seed, pairs, formats)
    show_marks(rows)
    show_remarks(rows)
    console.print(f"Report: {out / 'index.html'}    seed {seed}", soft_wrap=True)


def here(workers, kind):
    """Return what runs jobs on this machine, or fail."""
    try:
        sandbox.require(kind)
    except sandbox.SandboxError as error:
        fail(str(error))
    return partial(run_all, workers=workers)


def on_cluster(address, kind):
    """Return what runs jobs on a Dask cluster, or fail."""
    try:
        from ..judge import cluster
    except ImportError:
        fail("--cluster needs Dask; install distributed as requirements.txt names it")

    def runner(jobs):
        try:
            yield from cluster.run_all(jobs, address, kind)
        except cluster.ClusterError as error:
            fail(str(error))

    return runner


def grade_jobs(book, todo, runner):
    """Run jobs, keep each outcome as it arrives and show how far it is.

    runner: as course.judge.jobs.run_all, for jobs alone.
    """
    with progress(len(todo)) as step:
        for job, outcome in runner(todo):
            if outcome:
                book.keep(job, outcome)
            else:
                step()


@main.command()
@click.argument("dest", type=click.Path(path_type=Path))
def demo(dest):
    """Write a sample class of twelve submissions into DEST."""
    require_solutions()
    from ..release import sample_class as sample

    for name in sample.write_class(dest):
        click.echo(f"  {name}")


for command in (status, watch, submit, release_group, notebook_text.text, notebook_text.build):
    main.add_command(command)


if __name__ == "__main__":
    main()
