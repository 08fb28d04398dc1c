"""Marks in the shapes that Canvas, Moodle, Gradescope and CI read."""

import csv
import json
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from course.outcome import Outcome, Row
from course.report import canvas, exports, marks, moodle
from course.report.written import with_marks

OUTCOME = Outcome(
    submission="ada",
    notebook="1_svm",
    check=1,
    task="svm_loss_naive, the loss",
    points=3,
    max_points=4,
    verdict="failed",
    diagnosis="times-N",
    message="Every entry is 4 times too large.\nx \x1b <b>",
    seconds=0.25,
)
NOT_RUN = replace(OUTCOME, verdict="not run", points=0, diagnosis=None, message="no zip")
SECOND = replace(OUTCOME, notebook="2_net", verdict="passed", message="", points=4)
MARK = {"notebook": "1_svm", "kind": "question", "number": 1, "points": 1.5, "remark": "Why?"}
MARK |= {"by": "", "answer_id": ""}


@pytest.fixture
def rows():
    """A class of three: one graded, one marked by hand, too, and one that could not be read."""
    known = {"name": "Lovelace, Ada", "number": "4711", "email": "ada@example.org"}
    return [
        Row("ada", [OUTCOME, SECOND], **known),
        Row("barbara", [OUTCOME, replace(SECOND, points=0)], answers=with_marks([], [MARK])[0]),
        Row("carl", [NOT_RUN, replace(NOT_RUN, notebook="2_net")], problem="no zip"),
    ]


def table(path):
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_canvas_gets_the_columns_of_its_own_export(rows, tmp_path):
    assert table(canvas.write(tmp_path, rows)) == [
        [*canvas.SHORT, "1_svm", "2_net", "written answers"],
        ["    Points Possible", "", "", "", "", "4", "4", "2"],
        ["Lovelace, Ada", "4711", "", "ada@example.org", "", "3", "4", "0"],
        ["barbara", "", "", "", "", "3", "0", "1.5"],
        ["carl", "", "", "", "", "", "", "0"],
    ]


def test_without_marks_by_hand_canvas_gets_no_column_for_them(rows, tmp_path):
    assert "written answers" not in table(canvas.write(tmp_path, rows[:1]))[0]


def test_moodle_gets_its_grading_worksheet(rows, tmp_path):
    head, *lines = table(moodle.write(tmp_path, rows))
    ada, barbara, carl = (dict(zip(head, line, strict=True)) for line in lines)
    assert ada["Identifier"] == "Participant 4711"
    assert (ada["Grade"], ada["Maximum grade"]) == ("7", "8")
    assert "Check 1: svm_loss_naive, the loss: Every entry" in ada["Feedback comments"]
    assert barbara["Grade"] == "4.5"
    assert (carl["Grade"], carl["Status"]) == ("", "no zip")


def test_gradescope_gets_its_results_json_for_who_could_be_run(rows, tmp_path):
    folder = exports.gradescope(tmp_path, rows)
    assert sorted(path.name for path in folder.iterdir()) == ["ada.json", "barbara.json"]
    results = json.loads((folder / "ada.json").read_text())
    assert results["score"] == sum(test["score"] for test in results["tests"]) == 7
    assert [test["status"] for test in results["tests"]] == ["failed", "passed"]
    assert [test["max_score"] for test in results["tests"]] == [4, 4]


def test_junit_counts_failures_and_errors_apart(rows, tmp_path):
    suites = ElementTree.parse(exports.junit(tmp_path, rows)).getroot()
    counts = [(s.get("name"), s.get("tests"), s.get("failures"), s.get("errors")) for s in suites]
    assert counts == [("ada", "2", "1", "0"), ("barbara", "2", "1", "0"), ("carl", "2", "0", "2")]
    failure = suites.find("testsuite/testcase/failure")
    assert failure.get("type") == "times-N"
    assert failure.text.endswith("x \ufffd <b>")


def test_what_could_not_be_run_has_no_mark_anywhere(rows, tmp_path):
    marks.write_marks(tmp_path / "marks.csv", rows)
    head, *lines = table(tmp_path / "marks.csv")
    carl = dict(zip(head, lines[2], strict=True))
    assert (carl["1_svm"], carl["2_net"], carl["points"]) == ("", "", "")
    assert carl["remark"] == "not all checks could be run: no zip"


@pytest.mark.parametrize("name", ["=cmd()", "+1", "-1", "@x"])
def test_no_cell_is_taken_for_a_formula(name, tmp_path):
    row = Row("ada", [replace(OUTCOME, message=name)], name=name, remarks=[name])
    marks.write_marks(tmp_path / "marks.csv", [row])
    paths = [canvas.write(tmp_path, [row]), moodle.write(tmp_path, [row])]
    for path in (*paths, tmp_path / "marks.csv"):
        for cell in sum(table(path), []):
            assert cell == "-" or not cell.startswith(("=", "+", "-", "@")), (path.name, cell)
