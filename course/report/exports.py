"""Marks in the shapes that other programs read; what could not be run is left empty, never 0.

canvas: the columns of a gradebook's export, which its import takes (canvas-lms,
gradebook_exporter.rb). moodle: those of an assignment's grading worksheet (mod/assign/feedback/
offline). gradescope: a results.json for each submission, as its autograders write them. junit:
what continuous integration shows.
"""

import csv
import json
import re
from xml.etree import ElementTree

from ..text import points, safe

ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOODLE = [
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade"),
    *("Grade can be changed", "Last modified (submission)", "Last modified (grade)"),
    "Feedback comments",
]


def canvas(out, rows):
    """Write canvas.csv: a column for each notebook, and one for written answers, if any count."""
    names = sorted({name for row in rows for name in row["notebooks"]})
    most = {name: n["max_points"] for row in rows for name, n in row["notebooks"].items()}
    written = ["written answers"] if any(row["marked"] for row in rows) else []
    table = [
        ["Student", "ID", "SIS Login ID", "Section", *names, *written],
        ["    Points Possible", "", "", "", *(points(most[name]) for name in names), *written],
    ]
    table[1][4 + len(names) :] = ["0"] * len(written)
    for row in rows:
        marks = [notebook_mark(row, name) for name in names]
        extra = [points(row["written"])] * len(written)
        who = [row["name"] or row["id"], row["number"], row["email"], ""]
        table.append([*map(safe, who), *marks, *extra])
    return write_table(out / "canvas.csv", table)


def notebook_mark(row, name):
    """Return the points of a row in a notebook, or an empty cell where nothing could be run."""
    marks = row["notebooks"].get(name)
    return points(marks["points"]) if marks and marks["ran"] else ""


def moodle(out, rows):
    """Write moodle.csv: the grading worksheet of one assignment, with the points in total."""
    table = [MOODLE]
    for row in rows:
        who = [f"Participant {row['number']}" if row["number"] else row["id"], row["name"]]
        grade = points(row["points"]) if row["ran"] else ""
        seen = row["problem"] or row["could_not_run"] or "Graded"
        marks = [grade, points(row["max_points"]), "Yes", "-", "-", feedback(row)]
        table.append([*map(safe, [*who, row["email"], seen]), *marks])
    return write_table(out / "moodle.csv", table)


def feedback(row):
    """Return what was said about the checks that did not pass, a line each."""
    return safe("\n".join(f"{heading(o)}: {o['message']}" for o in row["outcomes"] if o["message"]))


def heading(outcome):
    """Return how a check is called outside of its notebook."""
    return f"{outcome['notebook']}, Check {outcome['check']}: {outcome['task']}"


def gradescope(out, rows):
    """Write gradescope/ID.json: what Gradescope calls results.json, for each that could be run."""
    folder = out / "gradescope"
    folder.mkdir(exist_ok=True)
    for row in rows:
        if row["ran"]:
            text = json.dumps(results(row), indent=1, ensure_ascii=False)
            (folder / f"{row['id']}.json").write_text(text, encoding="utf-8")
    return folder


def results(row):
    """Return one submission's marks as Gradescope reads them."""
    tests = [
        {
            "name": heading(o),
            "score": o["points"],
            "max_score": o["max_points"],
            "status": "passed" if o["outcome"] == "passed" else "failed",
            "output": o["message"],
            "visibility": "visible",
        }
        for o in row["outcomes"]
    ]
    seconds = round(sum(o["seconds"] for o in row["outcomes"]))
    told = "\n".join([*row["remarks"], row["could_not_run"]]).strip()
    return {"score": row["points"], "execution_time": seconds, "output": told, "tests": tests}


def junit(out, rows):
    """Write junit.xml: a test suite for each submission, a test case for each check."""
    root = ElementTree.Element("testsuites", name="course grade")
    for row in rows:
        found = [o["outcome"] for o in row["outcomes"]]
        failures = sum(outcome in ("failed", "not written") for outcome in found)
        counts = {"tests": len(found), "failures": failures, "errors": found.count("not run")}
        about = {"name": row["id"], **{name: str(count) for name, count in counts.items()}}
        suite = ElementTree.SubElement(root, "testsuite", about)
        for outcome in row["outcomes"]:
            test_case(suite, row["id"], outcome)
    path = out / "junit.xml"
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return path


def test_case(suite, name, outcome):
    """Add one check to a test suite."""
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=f"{name}.{outcome['notebook']}",
        name=legal(f"Check {outcome['check']}: {outcome['task']}"),
        time=f"{outcome['seconds']:.3f}",
    )
    if outcome["outcome"] != "passed":
        tag = "error" if outcome["outcome"] == "not run" else "failure"
        message = legal(outcome["message"])
        kind = legal(outcome["diagnosis"] or outcome["outcome"])
        ElementTree.SubElement(case, tag, message=message.split("\n")[0], type=kind).text = message


def legal(text):
    """Return a text without the characters that XML cannot hold."""
    return ILLEGAL.sub("\ufffd", text)


def write_table(path, table):
    """Write a list of rows as CSV; return the path."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(table)
    return path


FORMATS = {"canvas": canvas, "moodle": moodle, "gradescope": gradescope, "junit": junit}
