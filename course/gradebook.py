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
    course TEXT NOT NULL, seed INTEGER NOT NULL, mode TEXT NOT NULL, "check" INTEGER NOT NULL,
    task TEXT NOT NULL, points INTEGER NOT NULL, max_points INTEGER NOT NULL,
    outcome TEXT NOT NULL, diagnosis TEXT, message TEXT NOT NULL, seconds REAL NOT NULL,
    prints TEXT NOT NULL, arrived TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS by_job ON outcome (submission, package, notebook, course, seed, mode);
"""

PUBLIC = """
    submission notebook check task points max_points outcome diagnosis message seconds
"""
FIELDS = tuple(PUBLIC.split())
JOB = ("submission", "package", "notebook", "course", "seed", "mode")


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
        """Return what identifies a job's outcomes: the values of the columns JOB."""
        submission = job.submission
        digest = submission.problem or submission.sha256
        mode = f"{job.sandbox}, {'full' if job.full else 'checks'}"
        return submission.id, digest, job.notebook.stem, self.course, job.seed, mode

    def keep(self, job, outcome):
        """Record one outcome; it is on disk when this returns."""
        names = [*FIELDS[2:], "prints"]
        columns = ", ".join(f'"{name}"' for name in (*JOB, *names))
        values = (*self.key(job), *(outcome[name] for name in names))
        marks = ", ".join("?" * len(values))
        self.db.execute(f"INSERT INTO outcome ({columns}) VALUES ({marks})", values)

    def outcomes(self, job):
        """Return a job's latest outcome for each check, as dicts, in the notebook's order.

        What could not be run never replaces what was.
        """
        where = " AND ".join(f"{name} = ?" for name in JOB)
        rows = self.db.execute(f"SELECT * FROM outcome WHERE {where} ORDER BY rowid", self.key(job))
        latest: dict[int, dict] = {}
        for row in map(dict, rows):
            if row["outcome"] != "not run" or row["check"] not in latest:
                latest[row["check"]] = row
        return [latest[number] for number in sorted(latest)]

    def is_done(self, job):
        """Tell whether every check of a job has been run."""
        found = {o["check"] for o in self.outcomes(job) if o["outcome"] != "not run"}
        return found >= {check.number for check in notebook.checks(job.notebook, job.full)}


def version():
    """Return a digest of everything of ours that decides a mark."""
    digest = hashlib.sha256()
    folders = (paths.DATA_UTILS, paths.ROOT / "course")
    files = [path for folder in folders for path in sorted(folder.rglob("*.py"))]
    for path in (*files, *paths.notebooks()):
        digest.update(path.relative_to(paths.ROOT).as_posix().encode() + path.read_bytes())
    for name, text in sorted(paths.stubs().items()):
        digest.update(f"{name}\0{text}".encode())
    return digest.hexdigest()


def public(outcome):
    """Return an outcome with the fields that outcomes.json has."""
    return {name: outcome[name] for name in FIELDS}
