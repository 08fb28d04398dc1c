"""How long a class of a thousand whole courses takes, and what a hundred thousand records cost.

Run as `python -m benchmarks.grading.large [RECORDS]`: grades the notebooks of six right
submissions, two at a time, and reckons from their seconds. Then keeps RECORDS (default 100,000)
made-up outcomes in a gradebook, a fifth of them failed, and writes the report of that class.
"""

import resource
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from course import notebook, paths
from course.intake.submission import Submission, read_submission
from course.judge.jobs import Job, not_run, run_all
from course.judge.version import version
from course.report import exports, marks, pages, written
from course.report.gradebook import Gradebook
from course.report.rows import class_rows

COURSES = 6
CLASS = 1_000
MESSAGE = "dx: 20 of 20 entries are wrong; at (0, 0) yours is -0.970804, expected -0.242701. "


def main(records=100_000):
    """Measure and print."""
    hours()
    with tempfile.TemporaryDirectory() as folder:
        report(Path(folder), records)


def hours():
    """Grade some whole courses, and print how long a class of them takes."""
    for path in paths.notebooks()[:1]:
        grade(1, [path])  # whatever is to be compiled first
    clock = Clock()
    grade(COURSES, paths.notebooks())
    one = clock.passed() / COURSES
    print(f"a whole course of {len(paths.notebooks())} notebooks, two at a time: {one:.2f} s")
    print(f"\na class of {CLASS:,}, in hours")
    print(f"{'2 cores, as measured':40}{one * CLASS / 3600:8.2f}")
    for cores, name in ((16, "16 cores"), (160, "a cluster of ten such machines")):
        print(f"{f'{name}, reckoned':40}{2 * one * CLASS / cores / 3600:8.2f}")


def grade(number, notebooks):
    """Grade a number of right submissions on some notebooks; stop if a check does not pass."""
    them = [read_submission(paths.SOLUTIONS, f"student{n}") for n in range(number)]
    for _, outcome in run_all([Job(s, path, 7, "bwrap") for s in them for path in notebooks], 2):
        assert outcome is None or outcome.verdict == "passed", outcome


def report(folder, records):
    """Keep made-up outcomes and write their report; print the seconds of each part."""
    path = paths.notebooks()[0]
    checks = notebook.checks(path)
    files = read_submission(paths.SOLUTIONS, "all").files
    them = [Submission(f"s{n:06}", files) for n in range(records // len(checks))]
    jobs = [Job(one, path, 7, "none") for one in them]
    book, clock = Gradebook(folder / "gradebook.sqlite", version()), Clock()
    print(f"\n{len(jobs) * len(checks):,} records of {len(jobs):,} submissions, seconds")
    for number, job in enumerate(jobs):
        for check in checks:
            book.keep(job, made_up(number, check))
    clock.show("keep them in the gradebook")
    assert not any(map(book.left, jobs))
    clock.show("find what is left to run")
    rows = [row.without_prints() for row in class_rows(book, them, jobs)]
    clock.show("read the rows of the report")
    write_apart(folder, rows, clock)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\nthe gradebook takes {(folder / 'gradebook.sqlite').stat().st_size / 2**20:.0f} MB")
    print(f"most memory of this process: {peak:.0f} MB")


def write_apart(folder, rows, clock):
    """Write each kind of file of a report, and print its seconds."""
    for row in rows:
        pages.write_student(folder, row, {}, {}, {"before": "", "after": ""})
    clock.show("write two pages for each student")
    exports.write_outcomes(folder / "outcomes.json", (o for row in rows for o in row.outcomes))
    marks.write_marks(folder / "marks.csv", rows, (), False)
    written.write_answers(folder / "answers.csv", rows)
    clock.show("write outcomes.json and marks.csv")
    pages.write_class(folder / "index.html", rows, 7, None)
    clock.show("write the page of the class")


def made_up(number, check):
    """Return a made-up outcome: one in five has failed."""
    if (number + check.number) % 5:
        return replace(not_run(check, ""), verdict="passed", points=check.max_points)
    return replace(not_run(check, MESSAGE), verdict="failed", diagnosis="factor")


class Clock:
    """Tells what has passed since it was last asked."""

    def __init__(self):
        self.since = time.perf_counter()

    def passed(self):
        """Return the seconds that have passed, and begin anew."""
        before, self.since = self.since, time.perf_counter()
        return self.since - before

    def show(self, what):
        """Print the seconds that something took."""
        print(f"{what:40}{self.passed():8.1f}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
