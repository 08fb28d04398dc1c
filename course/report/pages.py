"""Write the report of a class: a page for each student, the page of the class, marks.csv, …"""

import shutil
from itertools import chain, pairwise

from .. import hints, paths
from . import claim, exports, marks, side_by_side, similarity, statistics, written
from .markdown import rendered
from .templating import PAGES

MAX_PAIRS = 20
NOBODY = similarity.Comparison([])
PAGES.globals.update(max_pairs=MAX_PAIRS, most_shown=4, most_behind=12, max_lost=8)
PAGES.globals.update(why=statistics.sentence, rendered=rendered)


def write_report(
    out, rows, seed, compared=NOBODY, formats=(), missing=(), detail=False, code=lambda row: {}
):
    """Write the report of a class into the folder `out`; return its rows, without prints.

    rows: Rows, sorted by id; only two at a time are in memory with what the code printed. A page
    that cannot be written becomes a remark of its row, and the others are written.
    compared: what is alike, a similarity.Comparison or None; formats: names in exports.FORMATS;
    missing: Persons who handed in nothing; detail: whether marks.csv has each check; code: a
    function that gives a row's pieces of code, see code.excerpts.
    """
    known = hints.read(paths.STARTER / "hints")
    kept: list = []
    for row, after in pairwise(chain(rows, [None])):
        around = {"before": kept[-1].id if kept else "", "after": after.id if after else ""}
        try:
            pieces = code(row)
            for one in unique([row, *row.each()]):
                write_student(out, one, known, pieces, around)
        except (OSError, ValueError, TypeError) as error:
            if claim.cannot_write(error):
                raise
            row.remarks.append(f"the page could not be written: {error}")
        kept.append(row.without_prints())
    exports.write_outcomes(out / "outcomes.json", (o for row in kept for o in row.outcomes))
    marks.write_marks(out / "marks.csv", kept, missing, detail)
    written.write_answers(out / "answers.csv", kept)
    write_class(out / "index.html", kept, seed, compared, missing)
    for name in formats:
        exports.FORMATS[name](out, kept)
    return kept


def unique(rows):
    """Return the rows of which each has another page; a person's own comes before a group's."""
    return {row.id: row for row in rows}.values()


def write_student(out, row, known, code, around):
    """Write the page of one student, and an instructor's copy of it, from which others are reached.

    known: hints, see course.hints.read; code: pieces of it, see code.excerpts; around: the ids of
    the students before and after this one.
    """
    content = {"row": row, "hint": lambda task: first_hint(task, known), "code": code}
    for folder, more in (("feedback", {}), ("students", around)):
        (out / folder).mkdir(exist_ok=True)
        write_page(out / folder / f"{row.id}.html", "student.html", **content, **more)


def write_class(path, rows, seed, compared=NOBODY, missing=(), running=None):
    """Write the page of the class.

    missing: Persons who handed in nothing; known: checks, see statistics.checks; running: how far
    a run is that goes on, see live.
    """
    checks = statistics.checks(rows)
    figures = {
        "checks": checks,
        "hardest": statistics.hardest(checks),
        "bars": statistics.histogram(rows),
        "behind": [] if running else statistics.behind(rows),
        "mistakes": statistics.mistakes(rows),
    }
    content = {"rows": rows, "seed": seed, "compared": compared, "missing": missing}
    write_page(path, "class.html", by_check=by_check, running=running, **content, **figures)


def write_pairs(out, compared, submissions):
    """Write pairs/1.html, …: what is alike, side by side; submissions: of the class."""
    shutil.rmtree(out / "pairs", ignore_errors=True)
    by_id = {submission.id: submission for submission in submissions}
    for number, pair in enumerate(compared.pairs[:MAX_PAIRS] if compared else [], 1):
        (out / "pairs").mkdir(exist_ok=True)
        try:
            found = side_by_side.modules(by_id[pair.one], by_id[pair.other])
        except OSError:
            found = []
        about = {"pair": pair, "median": compared.median, "modules": found}
        write_page(out / "pairs" / f"{number}.html", "pair.html", **about)


def by_check(row):
    """Return {(notebook, check): outcome} of a row."""
    return {(outcome.notebook, outcome.check): outcome for outcome in row.outcomes}


def first_hint(task, known):
    """Return (hint, how to get the next one) for a check's task, None if the task has no hints."""
    try:
        found = hints.of_task(task, known)
    except hints.HintError:
        return None
    title = hints.title_in((), task, known)
    return found[0][1], f"course hint {title} 2" if len(found) > 1 else ""


def write_page(path, template, **content):
    """Render one HTML page, part by part, and put it in its place when it is whole."""
    new = path.with_name(f"{path.name}.new")
    PAGES.get_template(template).stream(**content).dump(str(new), encoding="utf-8")
    new.replace(path)
