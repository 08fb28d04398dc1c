"""The rows of a report: what the gradebook and the submissions know, put together."""

from collections import defaultdict

from ..outcome import Row
from .manual_marks import with_marks

FROM_SUBMISSION = (
    *("id", "name", "number", "email", "problem", "todo", "remarks"),
    *("unplaced", "used", "replaced", "left_out"),
)


def class_rows(book, submissions, jobs):
    """Yield the Row of each submission, sorted by id; jobs: of all of them, done or not.

    A class may be large: take each row before asking for the next, and keep what you need.
    """
    jobs_of = defaultdict(list)
    for job in jobs:
        jobs_of[job.submission.id].append(job)
    for submission in sorted(submissions, key=lambda submission: submission.id):
        yield class_row(book, submission, jobs_of[submission.id])


def class_row(book, submission, jobs):
    """Return one submission's Row."""
    return Row(
        **{name: getattr(submission, name) for name in FROM_SUBMISSION},
        outcomes=[outcome for job in jobs for outcome in book.outcomes(job)],
        answers=with_marks(submission.answers, book.written(submission.id)),
        history=[marks for job in jobs for marks in book.history(job)],
    )
