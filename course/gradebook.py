"""The gradebook: every outcome as it arrives, in SQLite, and never overwritten.

Grading again with the same package, notebook and seed finds the marks here; any of them
changed, the old marks stay as history.
"""

import hashlib
import sqlite3

from . import notebook, paths

SCHEMA = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS outcome (
    submission TEXT NOT NULL, package TEXT NOT NULL, notebook TEXT NOT NULL,
    course TEXT NOT NULL, seed INTEGER NOT NULL, "check" INTEGER NOT NULL,
    task TEXT NOT NULL, points INTEGER NOT NULL, max_points INTEGER NOT NULL,
    outcome TEXT NOT NULL, diagnosis TEXT, message TEXT NOT NULL, seconds REAL NOT NULL,
    prints TEXT NOT NULL, arrived TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS by_job ON outcome (submission, package, notebook, course, seed);
"""

PUBLIC = """
    submission notebook check task points max_points outcome diagnosis message seconds
"""
FIELDS = tuple(PUBLIC.split())
JOB = "submission = ? AND package = ? AND notebook = ? AND course = ? AND seed = ?"


class Gradebook:
    """The outcomes of a class, in one file."""

    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.executescript(SCHEMA)
        self.course = version()

    def seed(self, wanted, fresh):
        """Return the seed to grade with: the one wanted, else the last used here, else fresh."""
        known = self.db.execute("SELECT value FROM setting WHERE name = 'seed'").fetchone()
        seed = wanted if wanted is not None else int(known["value"]) if known else fresh
        self.db.execute("INSERT OR REPLACE INTO setting VALUES ('seed', ?)", (str(seed),))
        return seed

    def key(self, job):
        """Return what identifies a job's outcomes."""
        submission = job.submission
        digest = submission.problem or submission.sha256
        return submission.id, digest, job.notebook.stem, self.course, job.seed

    def keep(self, job, outcome):
        """Record one outcome; it is on disk when this returns."""
        values = [outcome[name] for name in FIELDS[2:]] + [outcome["prints"]]
        names = ", ".join(f'"{name}"' for name in [*FIELDS[2:], "prints"])
        self.db.execute(
            f"INSERT INTO outcome (submission, package, notebook, course, seed, {names}) "
            f"VALUES ({', '.join('?' * (5 + len(values)))})",
            (*self.key(job), *values),
        )

    def outcomes(self, job):
        """Return a job's latest outcome for each check, as dicts, in the notebook's order."""
        rows = self.db.execute(
            f"SELECT * FROM outcome WHERE {JOB} AND rowid IN "
            f'(SELECT max(rowid) FROM outcome WHERE {JOB} GROUP BY "check") ORDER BY "check"',
            (*self.key(job), *self.key(job)),
        )
        return [dict(row) for row in rows]

    def is_done(self, job):
        """Tell whether every check of a job has been run."""
        found = {o["check"] for o in self.outcomes(job) if o["outcome"] != "not run"}
        return found >= {check.number for check in notebook.checks(job.notebook)}


def version():
    """Return a digest of everything of ours that decides a mark."""
    digest = hashlib.sha256()
    for folder in (paths.ASSIGNMENTS, paths.DATA_UTILS, paths.STARTER, paths.ROOT / "course"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".ipynb") and "checkpoint" not in str(path):
                digest.update(path.relative_to(paths.ROOT).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def public(outcome):
    """Return an outcome with the fields that outcomes.json has."""
    return {name: outcome[name] for name in FIELDS}
