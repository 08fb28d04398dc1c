"""The rows of a report, from the gradebook and the submissions."""

from collections import defaultdict

from ..outcome import Outcome, Row
from . import manual_book
from .written import with_marks, with_marks_by_hand

FROM_SUBMISSION = (
    *("id", "name", "number", "email", "platform", "returned_as", "problem", "todo", "remarks"),
    *("unplaced", "used", "replaced", "left_out"),
)

NOT_YET = "it is not graded yet: run the command without --only and --since"


def class_rows(book, submissions, jobs):
    """Yield the Row of each submission, sorted by id; jobs: of all of them, done or not.

    A class may be large: take each row before asking for the next, and keep what you need.
    """
    jobs_of = defaultdict(list)
    for job in jobs:
        jobs_of[job.submission.id].append(job)
    counted = manual_book.counted(book.db)
    for submission in sorted(submissions, key=lambda submission: submission.id):
        yield class_row(book, submission, jobs_of[submission.id], counted)


def outcomes_of(book, job):
    """Return an outcome for each check of a job; one that nobody has run yet is "not run"."""
    found = {outcome.check: outcome for outcome in book.outcomes(job)}
    for check in book.checks(job.notebook, job.full):
        about = {"check": check.number, "task": check.task, "max_points": check.max_points}
        who = {"submission": job.submission.id, "notebook": job.notebook.stem}
        blank = Outcome(**who, **about, points=0, verdict="not run", message=NOT_YET)
        found.setdefault(check.number, blank)
    return [found[number] for number in sorted(found)]


def class_row(book, submission, jobs, counted):
    """Return one submission's Row; counted: see written.with_marks."""
    marks = manual_book.marks_of(book.db, submission.id)
    outcomes = [outcome for job in jobs for outcome in outcomes_of(book, job)]
    outcomes, by_hand = with_marks_by_hand(outcomes, marks)
    answers, dropped = with_marks(submission.answers, marks, counted)
    known = {name: getattr(submission, name) for name in FROM_SUBMISSION}
    return Row(
        **known | {"remarks": [*submission.remarks, *dropped]},
        outcomes=outcomes,
        by_hand=by_hand,
        answers=answers,
        history=[marks for job in jobs for marks in book.history(job)],
    )
