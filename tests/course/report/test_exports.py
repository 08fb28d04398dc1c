"""Marks in the shapes that Canvas, Moodle, Gradescope and CI read."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from course.outcome import Outcome, Row
from course.report import canvas, exports, feedback, marks, moodle
from course.report.written import with_marks
from course.roster.people import Person

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


GIVEN = {
    "canvas": {"Student": "Lovelace, Ada", "ID": "4711", "SIS User ID": "S1", "Section": "A"},
    "moodle": {
        "ID": "Teilnehmer/in 815",
        "Vollständiger Name": "Ada Lovelace",
        "Status": "Zur Bewertung abgegeben",
        "Bewertung": "",
        "Bestwertung": "39,00",
        "Zuletzt geändert (Bewertung)": "-",
        "Feedback als Kommentar": "",
    },
}


def on_roster(row, **known):
    """Return a row of somebody on a roster."""
    return replace(row, on_roster=True, **known)


def test_what_a_rule_took_is_beside_the_raw_points(rows, tmp_path):
    late = replace(rows[0], days={"1_svm": 2}, taken={"1_svm": 0.6}, handed_in="2026-10-07 01:10")
    marks.write_marks(tmp_path / "marks.csv", [late])
    head, line = table(tmp_path / "marks.csv")
    cells = dict(zip(head, line, strict=True))
    assert (cells["points"], cells["taken"], cells["final"], cells["final_max"]) == (
        *("7", "0.6", "6.4", "8"),
    )
    assert (cells["handed_in"], cells["days_late"]) == ("2026-10-07 01:10", "2")


def test_points_for_every_check_are_columns_where_they_are_asked_for(rows, tmp_path):
    marks.write_marks(tmp_path / "marks.csv", rows, detail=True)
    head, *lines = table(tmp_path / "marks.csv")
    place = head.index("1_svm, Check 1: svm_loss_naive, the loss")
    assert [line[place] for line in lines] == ["3", "3", ""]


def test_who_handed_in_nothing_has_a_line_without_points(rows, tmp_path):
    marks.write_marks(tmp_path / "marks.csv", rows, missing=[Person("=Alan", "a@b.c")])
    head, *_, line = table(tmp_path / "marks.csv")
    cells = dict(zip(head, line, strict=True))
    assert (cells["name"], cells["points"], cells["remark"]) == ("'=Alan", "", "handed in nothing")


def test_every_table_opens_in_excel_as_it_is(rows, tmp_path):
    marks.write_marks(tmp_path / "marks.csv", rows)
    for path in (
        tmp_path / "marks.csv",
        canvas.write(tmp_path, rows),
        moodle.write(tmp_path, rows),
    ):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name


def test_each_export_takes_its_own_number_and_leaves_out_who_has_none(rows, tmp_path):
    ada = on_roster(rows[0], ids={"canvas": "4711", "moodle": "815"})
    carl = on_roster(rows[2], ids={"sid": "20260003"})
    assert [line[1] for line in table(canvas.write(tmp_path, [ada, carl]))] == ["ID", "", "4711"]
    assert table(moodle.write(tmp_path, [ada, carl]))[1][0] == "Participant 815"
    assert exports.remarks(["canvas", "junit"], [ada, carl]) == [
        "canvas: left out, for want of the number it needs: carl"
    ]


def test_a_number_of_one_platform_is_not_taken_for_that_of_another(rows, tmp_path):
    row = replace(rows[0], platform="moodle", number="815")
    assert table(canvas.write(tmp_path, [row]))[2][1] == ""
    assert table(moodle.write(tmp_path, [replace(row, platform="canvas")]))[1][0] == "ada"


def test_canvas_gets_its_own_lines_and_columns_back(rows, tmp_path):
    given = GIVEN["canvas"] | {"1_svm (90817)": ""}
    row = on_roster(rows[0], ids={"canvas": "4711"}, lines={"canvas": given})
    assert table(canvas.write(tmp_path, [row])) == [
        ["Student", "ID", "SIS User ID", "Section", "1_svm (90817)", "2_net"],
        ["    Points Possible", "", "", "", "4", "4"],
        ["Lovelace, Ada", "4711", "S1", "A", "3", "4"],
    ]


def test_moodle_gets_its_own_worksheet_back_in_its_language(rows, tmp_path):
    row = on_roster(rows[0], ids={"moodle": "815"}, lines={"moodle": GIVEN["moodle"]})
    row = replace(row, taken={"1_svm": 0.5}, rules=["1_svm: late"])
    head, line = table(moodle.write(tmp_path, [row]))
    assert head == list(GIVEN["moodle"])
    assert (line[0], *line[3:6]) == ("Teilnehmer/in 815", "6,5", "39,00", "-")
    assert line[6].startswith("1_svm: late\n1_svm, Check 1: svm_loss_naive, the loss: Every entry")
    (said,) = exports.remarks(["moodle"], [row])
    assert said.endswith("maximum grade there is 39, and the points here are of 8: set it so")


def pages_of(folder, *names):
    """Write the pages of students into a report."""
    (folder / "feedback").mkdir()
    for name in names:
        (folder / "feedback" / f"{name}.html").write_text(f"<p>{name}")


def test_moodles_archive_names_each_page_as_its_upload_reads_it(rows, tmp_path):
    """importziplib.php splits a part of the path at its first four underscores."""
    pages_of(tmp_path, "ada", "carl")
    ada = replace(rows[0], name="Ada_M. O'Neil/../x", ids={"moodle": "815"})
    with zipfile.ZipFile(feedback.for_moodle(tmp_path, [ada, rows[2]])) as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == b"<p>ada"
    first, page = name.rsplit("/", 1)
    assert first.split("_", 4)[1:] == ["815", "assignfeedback", "file", ""]
    assert page == "feedback.html"
    assert "/" not in first
    assert exports.remarks(["feedback-moodle"], [ada, rows[2]])[0].endswith("carl")


def test_canvass_archive_has_the_names_under_which_it_gave_the_files(rows, tmp_path):
    """assignment.rb takes the first two numbers between underscores: of user and file."""
    pages_of(tmp_path, "ada")
    names = ("lovelaceada_LATE_4711_90001_starter.zip", "lovelaceada_4711_90001_linear_svm.py")
    for name in names:
        row = replace(rows[0], returned_as=name)
        with zipfile.ZipFile(feedback.for_canvas(tmp_path, [row])) as archive:
            assert archive.namelist() == [name]
            content = archive.read(name)
        if name.endswith(".zip"):
            content = zipfile.ZipFile(io.BytesIO(content)).read("feedback.html")
        assert content == b"<p>ada"
