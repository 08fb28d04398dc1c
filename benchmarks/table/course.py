"""What a student waits for beside limits: a check, a hint, the state of all tasks, a saved file.

And what the checks of each notebook take on the solutions, alone and with all that it trains.
"""

import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.table.contest import Row, seconds
from course import paths
from course.intake.submission import read_submission
from course.judge import prefork
from course.judge.jobs import Job, outcomes
from course.student.watch import POLL_SECONDS, affected

CHECK_SECONDS, ANSWER_SECONDS, WATCH_SECONDS = 1.5, 0.3, 0.5
"""The limits of `course check` for the first notebook, of an answer at once, and of watch."""


def command(name, clock, words=(), limit=None):
    """Return the Row of a command of the course; stop if it fails.

    words: what follows its name; limit: the seconds that it may take.
    """
    program = Path(sys.executable).with_name("course")
    said = [program, *name.split()[1:], *words]
    run = partial(subprocess.run, said, check=True, stdout=subprocess.DEVNULL)
    return Row(name, seconds(run), limit, limit and 1.0)


def watch(name, clock):
    """Return the Row of what `course watch` takes at most, from a saved file to the verdict."""
    package = read_submission(paths.SOLUTIONS, "solutions")

    def check_again():
        for path, only in affected({"linear_svm.py"}, package.files).items():
            job = Job(package, path, 0, "none", only=only)
            assert all(outcome.verdict == "passed" for outcome in outcomes(job, judges))

    with closing(prefork.judges()) as judges:
        check_again()
        return Row(name, POLL_SECONDS + seconds(check_again), WATCH_SECONDS, 1.0)


SOLVED = ("--package", paths.SOLUTIONS)
FIRST, *OTHERS = (f"course check {path.stem}" for path in paths.notebooks())
ROWS = {
    FIRST: partial(command, words=SOLVED, limit=CHECK_SECONDS),
    "course status": partial(command, limit=ANSWER_SECONDS),
    "course hint": partial(command, limit=ANSWER_SECONDS),
    "course watch, from a saved file to its verdict": watch,
    **{name: partial(command, words=SOLVED) for name in OTHERS},
    **{f"{name} --full": partial(command, words=SOLVED) for name in (FIRST, *OTHERS)},
}
