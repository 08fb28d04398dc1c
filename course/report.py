"""Write what a grading run found: marks.csv, outcomes.json and the HTML pages."""

import csv
import json
from collections import defaultdict

from jinja2 import Environment, PackageLoader, select_autoescape

from .gradebook import public

PAGES = Environment(
    loader=PackageLoader("course"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)


def write_report(out, graded, seed):
    """Write the report of a class into the folder `out`.

    graded: {submission id: outcomes in the order of notebooks and checks}.
    """
    rows = [summary(name, outcomes) for name, outcomes in sorted(graded.items())]
    every = [public(o) for _, outcomes in sorted(graded.items()) for o in outcomes]
    write_json(out / "outcomes.json", every)
    write_marks(out / "marks.csv", rows)
    checks = [(o["notebook"], o["check"], o["task"]) for o in rows[0]["outcomes"]] if rows else []
    write_page(out / "index.html", "class.html", rows=rows, checks=checks, seed=seed)
    (out / "feedback").mkdir(exist_ok=True)
    for row in rows:
        write_page(out / "feedback" / f"{row['id']}.html", "student.html", row=row)


def summary(name, outcomes):
    """Return one submission's marks: by notebook, in total, and the outcomes themselves."""
    notebooks: dict = defaultdict(lambda: {"points": 0, "max_points": 0})
    for outcome in outcomes:
        for key in ("points", "max_points"):
            notebooks[outcome["notebook"]][key] += outcome[key]
    return {
        "id": name,
        "notebooks": dict(notebooks),
        "points": sum(n["points"] for n in notebooks.values()),
        "max_points": sum(n["max_points"] for n in notebooks.values()),
        "outcomes": outcomes,
        "could_not_run": reason_not_run(outcomes),
    }


def reason_not_run(outcomes):
    """Return why some checks could not be run, or an empty text."""
    reasons = [o["message"] for o in outcomes if o["outcome"] == "not run"]
    return f"not all checks could be run: {reasons[0]}" if reasons else ""


def write_json(path, outcomes):
    """Write outcomes as a JSON list of objects."""
    path.write_text(json.dumps(outcomes, indent=1, ensure_ascii=False), encoding="utf-8")


def write_marks(path, rows):
    """Write one line a submission: its points by notebook and in total."""
    names = sorted({name for row in rows for name in row["notebooks"]})
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["submission", *names, "points", "max_points", "remark"])
        for row in rows:
            points = [row["notebooks"].get(name, {"points": ""})["points"] for name in names]
            writer.writerow(
                [row["id"], *points, row["points"], row["max_points"], row["could_not_run"]]
            )


def write_page(path, template, **content):
    """Render one HTML page."""
    path.write_text(PAGES.get_template(template).render(**content), encoding="utf-8")
