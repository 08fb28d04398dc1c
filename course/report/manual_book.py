"""The table of an instructor's marks in the gradebook: each as it was given, never overwritten."""

FIELDS = ("submission", "notebook", "kind", "number", "points", "remark", "by", "answer_id")
NAMES = ", ".join(f'"{name}"' for name in FIELDS)

SCHEMA = """
CREATE TABLE IF NOT EXISTS manual (
    submission TEXT NOT NULL, notebook TEXT NOT NULL, kind TEXT NOT NULL, number INTEGER NOT NULL,
    points REAL, remark TEXT NOT NULL, "by" TEXT NOT NULL, answer_id TEXT NOT NULL,
    arrived TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX IF NOT EXISTS by_submission ON manual (submission);
"""
"""points: NULL where a mark was withdrawn; answer_id: of the answer that was marked, if known."""

LATEST = f"""
SELECT {NAMES} FROM (SELECT *, max(rowid) FROM manual GROUP BY submission, notebook, kind, number)
WHERE points IS NOT NULL
"""


def set_up(db):
    """Make the table; take over an older gradebook's marks, which are for written answers only."""
    db.executescript(SCHEMA)
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'written'").fetchone():
        db.executescript(
            "BEGIN; INSERT INTO manual SELECT submission, notebook, 'question', question, points, "
            "remark, '', '', arrived FROM written ORDER BY rowid; DROP TABLE written; COMMIT"
        )


def keep(db, marks, answer_ids):
    """Record the new, changed and withdrawn marks.

    marks: see manual_marks.read; answer_ids: {(submission, notebook, question): id of the answer
    that is there now}, for marks that do not say which answer they are for.
    """
    known = {key_of(mark): mark for mark in all_marks(db)}
    for mark in marks:
        before = known.get(key_of(mark))
        meant = {**mark, "answer_id": meant_answer(mark, before, answer_ids)}
        if meant != before and (before or meant["points"] is not None):
            places = ", ".join(f":{name}" for name in FIELDS)
            db.execute(f"INSERT INTO manual ({NAMES}) VALUES ({places})", meant)


def meant_answer(mark, before, answer_ids):
    """Return the id of the answer that a mark is for; before: the mark that was known, or None."""
    if mark["answer_id"] or mark["kind"] != "question":
        return mark["answer_id"]
    if before and all(mark[name] == before[name] for name in ("points", "remark")):
        return before["answer_id"]
    return answer_ids.get((mark["submission"], mark["notebook"], mark["number"]), "")


def key_of(mark):
    """Return what says which answer or check a mark is for."""
    return mark["submission"], mark["notebook"], mark["kind"], mark["number"]


def all_marks(db):
    """Return the marks of a class that hold."""
    return [dict(row) for row in db.execute(LATEST)]


def marks_of(db, submission):
    """Return the marks of one submission that hold."""
    return [dict(row) for row in db.execute(f"{LATEST} AND submission = ?", (submission,))]


def counted(db):
    """Return {(notebook, question)} of the written answers that somebody has a mark for."""
    query = f"SELECT DISTINCT notebook, number FROM ({LATEST}) WHERE kind = 'question'"
    return {(row["notebook"], row["number"]) for row in db.execute(query)}
