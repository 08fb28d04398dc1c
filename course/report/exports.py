"""Marks in the shapes that other programs read; what could not be run is left empty, never 0.

marks.csv and outcomes.json are our own, and in every report; the others are asked for. canvas: the
columns of a gradebook's export, which its import takes (canvas-lms, gradebook_exporter.rb). moodle:
those of an assignment's grading worksheet (mod/assign/feedback/offline). gradescope: a results.json
for each submission, as its autograders write them. junit: what continuous integration shows.
"""

import csv
import json
import re
from textwrap import indent
from xml.etree import ElementTree

from ..outcome import notebook_names
from ..text import points, safe

ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOODLE = [
    *("Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade"),
    *("Grade can be changed", "Last modified (submission)", "Last modified (grade)"),
    "Feedback comments",
]


def write_outcomes(path, outcomes):
    """Write outcomes.json: a list of objects, written one by one, for a class may be large."""
    with path.open("w", encoding="utf-8") as stream:
        before = "["
        for outcome in outcomes:
            text = json.dumps(outcome.published(), indent=1, ensure_ascii=False)
            stream.write(f"{before}\n{indent(text, ' ')}")
            before = ","
        stream.write("[]" if before == "[" else "\n]")


def write_marks(path, rows):
    """Write marks.csv: a line for each submission, its points by notebook and in total."""
    names = notebook_names(rows)
    last = ("written", "max_written", "points", "max_points", "remark")
    table = [["submission", *names, *last]]
    for row in rows:
        marks = [row.mark(name) for name in names]
        remark = "; ".join(filter(None, [row.could_not_run, *row.remarks]))
        written = [points(row.written), points(row.max_written)]
        table.append([row.id, *marks, *written, row.total, row.max_points, safe(remark)])
    return write_table(path, table)


def canvas(out, rows):
    """Write canvas.csv: a column for each notebook, and for written answers if any is marked."""
    names, marked = notebook_names(rows), any(row.marked for row in rows)
    most = {name: marks.max_points for row in rows for name, marks in row.notebooks.items()}
    written = max((row.max_written for row in rows), default=0)
    possible = [points(most[name]) for name in names] + [points(written)] * marked
    table = [
        ["Student", "ID", "SIS Login ID", "Section", *names, *["written answers"] * marked],
        ["    Points Possible", "", "", "", *possible],
    ]
    for row in rows:
        marks = [row.mark(name) for name in names] + [points(row.written)] * marked
        who = [row.name or row.id, row.number, row.email, ""]
        table.append([*map(safe, who), *marks])
    return write_table(out / "canvas.csv", table)


def moodle(out, rows):
    """Write moodle.csv: the grading worksheet of one assignment, with the points in total."""
    table = [MOODLE]
    for row in rows:
        who = [f"Participant {row.number}" if row.number else row.id, row.name]
        seen = row.problem or row.could_not_run or "Graded"
        marks = [row.total, points(row.max_points), "Yes", "-", "-", feedback(row)]
        table.append([*map(safe, [*who, row.email, seen]), *marks])
    return write_table(out / "moodle.csv", table)


def feedback(row):
    """Return the messages of a submission's checks, a line each; a refusal is told once."""
    if row.problem:
        return safe(f"{row.problem}; {row.todo}")
    return safe("\n".join(f"{heading(o)}: {o.message}" for o in row.outcomes if o.message))


def heading(outcome):
    """Return the name of a check outside of its notebook."""
    return f"{outcome.notebook}, Check {outcome.check}: {outcome.task}"


def gradescope(out, rows):
    """Write gradescope/ID.json: what Gradescope calls results.json, for each that could be run."""
    folder = out / "gradescope"
    folder.mkdir(exist_ok=True)
    for row in rows:
        if row.ran:
            text = json.dumps(results(row), indent=1, ensure_ascii=False)
            (folder / f"{row.id}.json").write_text(text, encoding="utf-8")
    return folder


def results(row):
    """Return one submission's marks as Gradescope reads them."""
    reason = f"{row.problem}; {row.todo}" if row.problem else row.could_not_run
    return {
        "score": row.points,
        "execution_time": round(sum(outcome.seconds for outcome in row.outcomes)),
        "output": "\n".join([*row.remarks, reason]).strip(),
        "tests": [
            *(test_result(outcome, row.problem) for outcome in row.outcomes),
            *(answer_result(answer) for answer in row.answers if answer["counts"]),
        ],
    }


def test_result(outcome, problem):
    """Return the result of one check as Gradescope reads it; problem: of the whole submission."""
    return {
        "name": heading(outcome),
        "score": outcome.points,
        "max_score": outcome.max_points,
        "status": "passed" if outcome.verdict == "passed" else "failed",
        "output": "" if problem else outcome.message,
        "visibility": "visible",
    }


def answer_result(answer):
    """Return the marks for a written answer as Gradescope reads them."""
    return {
        "name": f"{answer['notebook']}, question {answer['question']}",
        "score": answer["points"],
        "max_score": answer["max_points"],
        "status": "passed" if answer["points"] == answer["max_points"] else "failed",
        "output": answer["remark"],
        "visibility": "visible",
    }


def junit(out, rows):
    """Write junit.xml: a test suite for each submission, a test case for each check."""
    root = ElementTree.Element("testsuites", name="course grade")
    for row in rows:
        found = [outcome.verdict for outcome in row.outcomes]
        failures = sum(verdict in ("failed", "not written") for verdict in found)
        counts = {"tests": len(found), "failures": failures, "errors": found.count("not run")}
        about = {"name": row.id, **{name: str(count) for name, count in counts.items()}}
        suite = ElementTree.SubElement(root, "testsuite", about)
        for outcome in row.outcomes:
            test_case(suite, row.id, outcome)
    path = out / "junit.xml"
    ElementTree.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)
    return path


def test_case(suite, name, outcome):
    """Add one check to a test suite."""
    about = {
        "classname": f"{name}.{outcome.notebook}",
        "name": legal(f"Check {outcome.check}: {outcome.task}"),
        "time": f"{outcome.seconds:.3f}",
    }
    case = ElementTree.SubElement(suite, "testcase", about)
    if outcome.verdict != "passed":
        tag = "error" if outcome.verdict == "not run" else "failure"
        message = legal(outcome.message)
        kind = legal(outcome.diagnosis or outcome.verdict)
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
