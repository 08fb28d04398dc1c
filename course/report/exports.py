"""Marks in the shapes that other programs read; what could not be run is left empty, never 0.

outcomes.json is our own, and in every report; the others are asked for. gradescope: a results.json
for each submission, as its autograders write them. junit: what continuous integration shows. canvas
and moodle are in modules of their own, as are the archives of pages that these platforms take.
"""

import json
import re
from textwrap import indent
from xml.etree import ElementTree

from . import canvas, feedback, moodle
from .marks import heading

MAX_NAMED = 10
ILLEGAL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_outcomes(path, outcomes):
    """Write outcomes.json: a list of objects, written one by one, for a class may be large."""
    with path.open("w", encoding="utf-8") as stream:
        before = "["
        for outcome in outcomes:
            text = json.dumps(outcome.published(), indent=1, ensure_ascii=False)
            stream.write(f"{before}\n{indent(text, ' ')}")
            before = ","
        stream.write("[]" if before == "[" else "\n]")


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


TAKES = {
    "canvas": canvas.can_take,
    "moodle": moodle.can_take,
    "feedback-canvas": feedback.canvas_name,
    "feedback-moodle": feedback.moodle_number,
}
"""{format: tells whether it can tell whose a row is}."""

FORMATS = {
    "canvas": canvas.write,
    "moodle": moodle.write,
    "gradescope": gradescope,
    "junit": junit,
    "feedback-canvas": feedback.for_canvas,
    "feedback-moodle": feedback.for_moodle,
}


def remarks(names, rows):
    """Return sentences on whom the formats asked for leave out, and what else to mind."""
    found = []
    for name in names:
        out = [one.id for row in rows for one in row.each() if not TAKES.get(name, bool)(one)]
        if out:
            listing = ", ".join(out[:MAX_NAMED]) + ", …" * (len(out) > MAX_NAMED)
            found.append(f"{name}: left out, for want of the number it needs: {listing}")
        found += moodle.remarks(rows) if name == "moodle" else []
    return found
