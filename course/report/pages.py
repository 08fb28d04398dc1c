"""Write the report of a class: a page for each student, the page of the class, marks.csv, …"""

from .. import hints, paths
from . import claim, exports, marks, statistics, written
from .templating import PAGES

PAGES.globals["max_pairs"] = 20


def write_report(out, rows, seed, pairs=(), formats=(), missing=(), detail=False):
    """Write the report of a class into the folder `out`; return its rows, without prints.

    rows: Rows, sorted by id; only one at a time is in memory with what the code printed. A page
    that cannot be written becomes a remark of its row, and the others are written.
    pairs: of submissions that are alike, see similarity.pairs; formats: names in exports.FORMATS;
    missing: Persons who handed in nothing; detail: whether marks.csv has each check.
    """
    (out / "feedback").mkdir(exist_ok=True)
    known = hints.read(paths.STARTER / "hints")
    kept = []
    for row in rows:
        try:
            for one in unique([row, *row.each()]):
                write_student(out / "feedback" / f"{one.id}.html", one, known)
        except (OSError, ValueError, TypeError) as error:
            if claim.cannot_write(error):
                raise
            row.remarks.append(f"the page could not be written: {error}")
        kept.append(row.without_prints())
    exports.write_outcomes(out / "outcomes.json", (o for row in kept for o in row.outcomes))
    marks.write_marks(out / "marks.csv", kept, missing, detail)
    written.write_answers(out / "answers.csv", kept)
    write_class(out / "index.html", kept, seed, pairs, missing)
    for name in formats:
        exports.FORMATS[name](out, kept)
    return kept


def unique(rows):
    """Return the rows of which each has another page; a person's own comes before a group's."""
    return {row.id: row for row in rows}.values()


def write_student(path, row, known):
    """Write the page of one student; known: hints, see course.hints.read."""
    write_page(path, "student.html", row=row, hint=lambda task: first_hint(task, known))


def write_class(path, rows, seed, pairs, missing=()):
    """Write the page of the class."""
    checks = statistics.checks(rows)
    figures = {
        "checks": checks,
        "hardest": statistics.hardest(checks),
        "bars": statistics.histogram(rows),
        "mistakes": statistics.mistakes(rows),
    }
    write_page(path, "class.html", rows=rows, seed=seed, pairs=pairs, missing=missing, **figures)


def first_hint(task, known):
    """Return (hint, how to get the next one) for a check's task, None if the task has no hints."""
    try:
        found = hints.of_task(task, known)
    except hints.HintError:
        return None
    return found[0][1], f"course hint {task} 2" if len(found) > 1 else ""


def write_page(path, template, **content):
    """Render one HTML page, part by part."""
    PAGES.get_template(template).stream(**content).dump(str(path), encoding="utf-8")
