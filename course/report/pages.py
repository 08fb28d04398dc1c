"""Write what a grading run found: marks.csv, outcomes.json and the HTML pages."""

import csv
import json
from collections import defaultdict
from contextlib import contextmanager
from textwrap import indent

from jinja2 import Environment, PackageLoader, select_autoescape

from .. import hints, paths
from ..intake import written_answers
from ..text import points, safe
from . import manual_marks, statistics
from .gradebook import public

PAGES = Environment(
    loader=PackageLoader("course.report"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
PAGES.filters["points"] = points
UNKNOWN: dict = {
    **{"name": "", "number": "", "email": "", "problem": None, "todo": ""},
    **{"remarks": [], "answers": [], "history": [], "written": []},
}
"""What is known of a submission beside its outcomes, where nothing is."""
MAX_SHOWN = 20


class Row(dict):
    """A submission's row, whose outcomes are looked up when asked for: a class may be large."""

    def __init__(self, known, graded):
        super().__init__({key: value for key, value in known.items() if key != "outcomes"})
        self.graded = graded

    def __missing__(self, key):
        if key != "outcomes":
            raise KeyError(key)
        return self.graded[self["id"]]


def write_report(out, graded, seed, about=None, pairs=()):
    """Write the report of a class into the folder `out`; return its rows, see summary.

    graded: {submission id: outcomes in the order of notebooks and checks}; see publish.Graded.
    about: {submission id: what else is known of it, keys as in UNKNOWN}.
    pairs: of submissions that are alike, see course.report.similarity; None if they were too many.
    """
    rows, about = [], about or {}
    (out / "feedback").mkdir(exist_ok=True)
    known = hints.read(paths.STARTER / "hints")
    with json_list(out / "outcomes.json") as add:
        for name in sorted(graded):
            row = summary(name, graded[name], about.get(name))
            page = out / "feedback" / f"{name}.html"
            write_page(page, "student.html", row=row, hint=lambda task: first_hint(task, known))
            for outcome in row["outcomes"]:
                add(public(outcome))
            rows.append(Row(row, graded))
    write_marks(out / "marks.csv", rows)
    manual_marks.write_answers(out / "answers.csv", rows)
    write_class(out / "index.html", rows, seed, pairs)
    return rows


def write_class(path, rows, seed, pairs):
    """Write the page of the class."""
    of_checks = statistics.checks(rows)
    write_page(
        path,
        "class.html",
        rows=rows,
        checks=of_checks,
        hardest=statistics.hardest(of_checks),
        bars=statistics.histogram(rows),
        mistakes=statistics.mistakes(rows),
        pairs=pairs,
        max_shown=MAX_SHOWN,
        seed=seed,
    )


def summary(name, outcomes, about=None):
    """Return one submission's row: its marks by notebook and in total, and all that is known."""
    about = {**UNKNOWN, **(about or {})}
    notebooks: dict = defaultdict(lambda: {"points": 0, "max_points": 0, "ran": False})
    for outcome in outcomes:
        for key in ("points", "max_points"):
            notebooks[outcome["notebook"]][key] += outcome[key]
        notebooks[outcome["notebook"]]["ran"] |= outcome["outcome"] != "not run"
    written = sum(mark["points"] for mark in about["written"])
    return {
        **about,
        "id": name,
        "notebooks": dict(notebooks),
        "points": sum(n["points"] for n in notebooks.values()) + written,
        "max_points": sum(n["max_points"] for n in notebooks.values()),
        "ran": not outcomes or any(n["ran"] for n in notebooks.values()),
        "written": written,
        "marked": bool(about["written"]),
        "answers": with_marks(about["answers"], about["written"]),
        "outcomes": outcomes,
        "could_not_run": reason_not_run(outcomes),
    }


def with_marks(answered, marks):
    """Return written answers with what they were given; a mark without an answer is kept, too."""
    given = {(mark["notebook"], mark["question"]): mark for mark in marks}
    found = {(one["notebook"], one["question"]): one for one in answered}
    rows = []
    for key in sorted(given.keys() | found.keys()):
        notebook, question = key
        asked = written_answers.questions().get(notebook, [])[question - 1 : question]
        one = found.get(key) or {"asked": "".join(asked), "answer": ""}
        mark = given.get(key) or {"points": 0, "remark": ""}
        place = {"notebook": notebook, "question": question, "marked": key in given}
        rows.append({**place, **one, "points": mark["points"], "remark": mark["remark"]})
    return rows


def reason_not_run(outcomes):
    """Return why some checks could not be run, or an empty text."""
    reasons = [o["message"] for o in outcomes if o["outcome"] == "not run"]
    return f"not all checks could be run: {reasons[0]}" if reasons else ""


def first_hint(task, known):
    """Return (hint, how to get the next) for a check's task, None where there is none."""
    try:
        found = hints.of_task(task, known)
    except hints.HintError:
        return None
    return found[0][1], f"course hint {task} 2" if len(found) > 1 else ""


def write_json(path, outcomes):
    """Write outcomes as a JSON list of objects."""
    path.write_text(json.dumps(outcomes, indent=1, ensure_ascii=False), encoding="utf-8")


@contextmanager
def json_list(path):
    """Yield a function that adds an object to a JSON list; the list is whole when all is done."""
    with path.open("w", encoding="utf-8") as stream:
        before = "["

        def add(item):
            nonlocal before
            text = indent(json.dumps(item, indent=1, ensure_ascii=False), " ")
            stream.write(f"{before}\n{text}")
            before = ","

        yield add
        stream.write("[]" if before == "[" else "\n]")


def write_marks(path, rows):
    """Write one line a submission: its points by notebook and in total; empty if nothing ran."""
    names = sorted({name for row in rows for name in row["notebooks"]})
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["submission", *names, "written", "points", "max_points", "remark"])
        for row in rows:
            marks = [row["notebooks"].get(name, {"points": "", "ran": False}) for name in names]
            found = [points(mark["points"]) if mark["ran"] else "" for mark in marks]
            total = points(row["points"]) if row["ran"] else ""
            remark = "; ".join(filter(None, [row["could_not_run"], *row["remarks"]]))
            last = [points(row["written"]), total, row["max_points"], safe(remark)]
            writer.writerow([row["id"], *found, *last])


def write_page(path, template, **content):
    """Render one HTML page, part by part."""
    PAGES.get_template(template).stream(**content).dump(str(path), encoding="utf-8")
