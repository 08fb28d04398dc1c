"""From what the gradebook keeps to the report: who has which marks, remarks and history."""

from collections import defaultdict

from . import exports, manual_marks, similarity
from .pages import write_report


class Graded:
    """{submission id: outcomes}, read from the gradebook whenever they are asked for."""

    def __init__(self, book, jobs):
        self.book = book
        self.jobs = defaultdict(list)
        for job in jobs:
            self.jobs[job.submission.id].append(job)

    def __iter__(self):
        return iter(self.jobs)

    def __getitem__(self, name):
        return [outcome for job in self.jobs[name] for outcome in self.book.outcomes(job)]


def publish(out, book, handed_in, jobs, seed, formats=()):
    """Write the report of a class into the folder `out`; return its rows.

    jobs: of all submissions handed in; formats: names in exports.FORMATS.
    """
    about = {submission.id: known_of(submission, book) for submission in handed_in}
    for job in jobs:
        about[job.submission.id]["history"] += book.history(job)
    rows = write_report(out, Graded(book, jobs), seed, about, similarity.pairs(handed_in))
    for name in formats:
        exports.FORMATS[name](out, rows)
    return rows


def known_of(submission, book):
    """Return what a report says of a submission beside its outcomes."""
    names = ("name", "number", "email", "problem", "todo", "remarks", "answers")
    known = {name: getattr(submission, name) for name in names}
    return {**known, "history": [], "written": book.written(submission.id)}


def keep_manual(out, book, handed_in):
    """Keep what manual.csv in the folder `out` says, or raise ManualError."""
    ids = {submission.id for submission in handed_in}
    book.keep_written(manual_marks.read(out / "manual.csv", ids))
