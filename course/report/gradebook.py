"""The gradebook: every outcome as it arrives, in SQLite, and never overwritten.

Grading again with the same package, notebook and seed finds the marks here; any of them
changed, the old marks stay as history.
"""

import sqlite3
import sys
from dataclasses import fields
from functools import cache
from itertools import groupby

from .. import notebook
from ..outcome import Outcome, marks_of
from . import manual_book

KINDS: dict = {int: "INTEGER NOT NULL", float: "REAL NOT NULL", str: "TEXT NOT NULL"}
KINDS[str | None] = "TEXT"
"""{type of a field of Outcome: type of its column}."""

FIELDS = tuple(field.name for field in fields(Outcome))
COLUMNS = ", ".join(f'"{field.name}" {KINDS[field.type]}' for field in fields(Outcome))
SHARED = ("submission", "notebook", "task", "verdict", "diagnosis", "message")
"""Fields whose texts many submissions share."""

JOB = ("submission", "package", "notebook", "course", "seed", "mode")
"""The columns that identify a job's outcomes."""

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS outcome (
    {COLUMNS},
    package TEXT NOT NULL, course TEXT NOT NULL, seed INTEGER NOT NULL, mode TEXT NOT NULL,
    arrived TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS by_job ON outcome ({", ".join(JOB)});
"""

CHANGED = {
    "package": "another package",
    "course": "another version of the course",
    "seed": "other inputs",
    "mode": "run in another way",
}
"""{column of JOB: the reason why earlier marks, where it differs, do not count}."""


class Gradebook:
    """The outcomes of a class, in one file.

    version: of the course, see judge.version.
    """

    def __init__(self, path, version):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.executescript(SCHEMA)
        manual_book.set_up(self.db)
        rename_verdict(self.db)
        self.version = version
        self.checks = cache(notebook.checks)

    def seed(self, wanted, fresh):
        """Return the seed to grade with: `wanted`, or the last one used here, or else `fresh`."""
        known = self.db.execute("SELECT value FROM setting WHERE name = 'seed'").fetchone()
        seed = wanted if wanted is not None else int(known["value"]) if known else fresh
        self.db.execute("INSERT OR REPLACE INTO setting VALUES ('seed', ?)", (str(seed),))
        return seed

    def key(self, job):
        """Return {column: value} of the columns JOB, which identify a job's outcomes."""
        submission = job.submission
        digest = submission.problem or submission.sha256
        mode = f"{job.sandbox}, {'full' if job.full else 'checks'}"
        values = submission.id, digest, job.notebook.stem, self.version, job.seed, mode
        return dict(zip(JOB, values, strict=True))

    def keep(self, job, outcome):
        """Record one outcome; it stays, even if this process is killed.

        A power cut may cost the last few, which are then graded again; waiting for the disk each
        time would take as long as grading.
        """
        values = {name: getattr(outcome, name) for name in FIELDS} | self.key(job)
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join(f":{name}" for name in values)
        self.db.execute(f"INSERT INTO outcome ({names}) VALUES ({marks})", values)

    def outcomes(self, job):
        """Return a job's latest outcome for each check, in the notebook's order.

        What could not be run never replaces what was.
        """
        where = " AND ".join(f"{name} = :{name}" for name in JOB)
        rows = self.db.execute(f"SELECT * FROM outcome WHERE {where} ORDER BY rowid", self.key(job))
        return [outcome_in(row) for row in latest(rows)]

    def left(self, job):
        """Return the numbers of the checks of a job that have not been run."""
        found = {o.check for o in self.outcomes(job) if o.verdict != "not run"}
        return {check.number for check in self.checks(job.notebook, job.full)} - found

    def history(self, job):
        """Return the marks that a submission had on a notebook before, oldest first.

        A list of dicts with the keys notebook, when, points, max_points and why: what differs.
        """
        now, order = self.key(job), ", ".join((*JOB, "rowid"))
        rows = self.db.execute(
            "SELECT * FROM outcome WHERE submission = :submission AND notebook = :notebook "
            f"ORDER BY {order}",
            now,
        )
        runs = groupby(rows, lambda row: {name: row[name] for name in JOB})
        before = [earlier_marks(latest(run), then, now) for then, run in runs if then != now]
        return sorted(filter(None, before), key=lambda marks: marks["when"])


def rename_verdict(db):
    """Give the column of verdicts its name, which was "outcome" in older gradebooks."""
    columns = {row["name"] for row in db.execute("PRAGMA table_info(outcome)")}
    if "verdict" not in columns:
        db.execute("ALTER TABLE outcome RENAME COLUMN outcome TO verdict")


def outcome_in(row):
    """Return the Outcome that a row of the table holds; a text of SHARED is in memory once."""
    values = {name: row[name] for name in FIELDS}
    shared = {name: sys.intern(values[name]) for name in SHARED if values[name]}
    return Outcome(**values | shared)


def latest(rows):
    """Return the latest row of each check; "not run" never replaces another."""
    found: dict = {}
    for row in rows:
        if row["verdict"] != "not run" or row["check"] not in found:
            found[row["check"]] = row
    return [found[number] for number in sorted(found)]


def earlier_marks(rows, then, now):
    """Return the marks of one earlier run, None if nothing of it ran; then, now: keys of jobs."""
    marks = marks_of([outcome_in(row) for row in rows])
    if not marks.ran:
        return None
    return {
        "notebook": now["notebook"],
        "when": max(row["arrived"] for row in rows),
        "points": marks.points,
        "max_points": marks.max_points,
        "why": ", ".join(words for name, words in CHANGED.items() if then[name] != now[name]),
    }
