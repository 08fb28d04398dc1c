"""The command `check`: run checks on one's own package."""

import json
import sys
from contextlib import closing
from pathlib import Path

import click

from .. import paths
from ..judge import prefork
from ..judge.jobs import Job, outcomes
from ..outcome import marks_of
from ..student.status import keep
from .arguments import FULL, chosen_notebooks
from .packages import read_package
from .terminal import console, fail, show_outcome


@click.command()
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
    """Check one package, your own, without a sandbox.

    NOTEBOOK is a name as in assignments/, or a path; without one, all notebooks are run. The exit
    code is 0 if every check passed, 2 if some could not be run, and 1 otherwise.
    """
    chosen = chosen_notebooks(names)
    if json_file and not json_file.resolve().parent.is_dir():
        fail(
            f"{json_file.resolve().parent} is not a folder; --json names a file in an existing one"
        )
    with closing(prefork.judges()) as judges:  # these make ready while the package is read
        outcomes = run(chosen, package, full, judges)
    if not paths.SOLUTIONS.is_dir() and any(o.diagnosis == "comes-first" for o in outcomes):
        console.print(
            "\nSome checks rest on earlier tasks, and ran on yours. Grading runs them on ours, too."
        )
    total = marks_of(outcomes)
    console.print(f"\n{total.points} of {total.max_points} points")
    if json_file:
        found = [outcome.published() for outcome in outcomes]
        json_file.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
    verdicts = {outcome.verdict for outcome in outcomes}
    sys.exit(2 if "not run" in verdicts else 0 if verdicts <= {"passed"} else 1)


def run(notebooks, package, full, judges):
    """Run notebooks on the package at a path, and print each Outcome; return them all."""
    submission = read_package(package)
    for remark in submission.remarks:
        console.print(remark, markup=False, soft_wrap=True)
    found, show = [], show_and_keep if package == paths.STARTER else show_outcome
    for path in notebooks:
        console.print(f"\n{path.stem}", style="bold")
        for outcome in outcomes(Job(submission, path, 0, "none", full), judges):
            show(outcome)
            found.append(outcome)
    return found


def show_and_keep(outcome):
    """Print the outcome of a check of one's own package, and keep it for `course status`."""
    show_outcome(outcome)
    keep(outcome)


COMMANDS = (check,)
