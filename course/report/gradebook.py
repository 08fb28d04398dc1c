"""The gradebook: every outcome as it arrives, in SQLite, and never overwritten.

Grading again with the same package, notebook and seed finds the marks here; any of them
changed, the old marks stay as history.
"""

import hashlib
import json
import sqlite3
from functools import cache
from itertools import groupby

from .. import notebook, paths, stubs

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
CREATE TABLE IF NOT EXISTS written (
    submission TEXT NOT NULL, notebook TEXT NOT NULL, question INTEGER NOT NULL,
    points REAL NOT NULL, remark TEXT NOT NULL, arrived TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
"""

PUBLIC = """
    submission notebook check task points max_points outcome diagnosis message seconds
"""
FIELDS = tuple(PUBLIC.split())
JOB = ("submission", "package", "notebook", "course", "seed", "mode")
CHANGED = {
    "package": "another package",
    "course": "another version of the course",
    "seed": "other inputs",
    "mode": "run in another way",
}
"""{column of JOB: what a reader is told where it differs}."""


class Gradebook:
    """The outcomes of a class, in one file."""

    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.row_factory = sqlite3.Row
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute("PRAGMA synchronous=NORMAL")
        self.db.executescript(SCHEMA)
        self.course = version()
        self.checks = cache(notebook.checks)

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
        """Record one outcome: it outlives this process, killed or not.

        A power cut may cost the last few, which are then graded again; waiting for the disk each
        time would take as long as grading.
        """
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
        return latest(map(dict, rows))

    def is_done(self, job):
        """Tell whether every check of a job has been run."""
        found = {o["check"] for o in self.outcomes(job) if o["outcome"] != "not run"}
        return found >= {check.number for check in self.checks(job.notebook, job.full)}

    def history(self, job):
        """Return the marks that a submission had on a notebook before, oldest first.

        A list of dicts with the keys notebook, when, points, max_points and why: what differs.
        """
        now = dict(zip(JOB, self.key(job), strict=True))
        order = ", ".join((*JOB, "rowid"))
        rows = self.db.execute(
            f"SELECT * FROM outcome WHERE submission = ? AND notebook = ? ORDER BY {order}",
            (now["submission"], now["notebook"]),
        )
        before = []
        for key, group in groupby(map(dict, rows), lambda row: tuple(row[name] for name in JOB)):
            outcomes = latest(group)
            if key != tuple(now.values()) and any(o["outcome"] != "not run" for o in outcomes):
                before.append(marks_of(outcomes, now))
        return sorted(before, key=lambda marks: marks["when"])

    def keep_written(self, marks):
        """Record an instructor's marks for written answers, those that are new or changed.

        marks: dicts with the keys submission, notebook, question, points and remark.
        """
        for mark in marks:
            known = self.written(mark["submission"])
            if mark not in known:
                self.db.execute(
                    "INSERT INTO written (submission, notebook, question, points, remark) "
                    "VALUES (:submission, :notebook, :question, :points, :remark)",
                    mark,
                )

    def written(self, submission):
        """Return the latest mark for each written answer of a submission, in order."""
        rows = self.db.execute(
            "SELECT submission, notebook, question, points, remark FROM written "
            "WHERE submission = ? ORDER BY rowid",
            (submission,),
        )
        found = {(row["notebook"], row["question"]): dict(row) for row in rows}
        return [found[key] for key in sorted(found)]


def latest(rows):
    """Return the latest outcome of each check among rows; "not run" never replaces another."""
    found: dict[int, dict] = {}
    for row in rows:
        if row["outcome"] != "not run" or row["check"] not in found:
            found[row["check"]] = row
    return [found[number] for number in sorted(found)]


def marks_of(outcomes, now):
    """Return the marks that outcomes of one earlier run add up to; now: the present key."""
    why = [told for name, told in CHANGED.items() if outcomes[0][name] != now[name]]
    return {
        "notebook": now["notebook"],
        "when": max(outcome["arrived"] for outcome in outcomes),
        "points": sum(outcome["points"] for outcome in outcomes),
        "max_points": sum(outcome["max_points"] for outcome in outcomes),
        "why": ", ".join(why),
    }


def version():
    """Return a digest of everything of ours that decides a mark: prose and pages do not."""
    digest = hashlib.sha256()
    ours = [path for folder in (paths.DATA_UTILS, paths.SOLUTIONS) for path in folder.rglob("*.py")]
    rooms = [paths.ROOT / "course" / room for room in ("judge", "box")]
    judging = [path for room in rooms for path in room.glob("*.py")]
    judging += (paths.ROOT / "course").glob("*.py")
    for path in sorted([*ours, *judging]):
        digest.update(path.relative_to(paths.ROOT).as_posix().encode() + path.read_bytes())
    for path in paths.notebooks():
        cells = notebook.graded(notebook.read(path), full=True)["cells"]
        digest.update(json.dumps([path.name, cells]).encode())
    for name, text in sorted(stubs.package().items()):
        digest.update(f"{name}\0{text}".encode())
    return digest.hexdigest()


def public(outcome):
    """Return an outcome with the fields that outcomes.json has."""
    return {name: outcome[name] for name in FIELDS}
