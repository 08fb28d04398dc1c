"""Written answers: found in notebooks, marked by an instructor, kept and merged."""

import csv
import json

import pytest

from course import paths
from course.intake import own_notebooks
from course.outcome import Row
from course.report import manual_marks
from course.report.gradebook import Gradebook
from course.report.pages import write_report

NAME = paths.notebooks()[0].stem
QUESTIONS = own_notebooks.questions()[NAME]
HEAD = "submission,notebook,question,points,remark\n"


def notebook(*texts):
    """Return the bytes of a notebook with markdown cells."""
    cells = [{"cell_type": "markdown", "metadata": {}, "source": text} for text in texts]
    return json.dumps({"cells": cells, "nbformat": 4, "nbformat_minor": 5}).encode()


def asked(number):
    """Return the text of a cell that asks one of the course's questions."""
    return f"**To think about.** {QUESTIONS[number - 1]}"


def marks(tmp_path, text, encoding="utf-8"):
    """Write a manual.csv and read it."""
    (tmp_path / "manual.csv").write_bytes(text.encode(encoding))
    return manual_marks.read(tmp_path / "manual.csv", {"ada", "zoë"})


def test_without_a_file_there_are_no_marks(tmp_path):
    assert manual_marks.read(tmp_path / "manual.csv", {"ada"}) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_file_as_spreadsheets_write_it_is_read(encoding, comma, tmp_path):
    points = "2.5" if comma == "," else "2,5"
    line = f"zoë,{NAME},1,POINTS,“Why”?\r\n".replace(",", comma).replace("POINTS", points)
    (mark,) = marks(tmp_path, HEAD.replace(",", comma) + line, encoding)
    assert mark["points"] == 2.5
    assert (mark["submission"], mark["question"], mark["remark"]) == ("zoë", 1, "“Why”?")


def test_a_line_without_points_is_not_marked_yet(tmp_path):
    assert marks(tmp_path, HEAD + f"ada,{NAME},1,,\n") == []


@pytest.mark.parametrize(
    "line, said",
    [
        (f"eve,{NAME},1,2,", "nobody is called 'eve'; expected: an id as in marks.csv"),
        ("ada,9_none,1,2,", "no notebook is called '9_none'; expected: 1_svm"),
        (f"ada,{NAME},0,2,", "there is no question '0'; expected: 1 to"),
        (f"ada,{NAME},one,2,", "there is no question 'one'"),
        (f"ada,{NAME},1,ten,", "'ten' is not a number of points; expected: a number such as"),
        (f"ada,{NAME},1,nan,", "'nan' is not a number of points"),
        (f"ada,{NAME},1,inf,", "'inf' is not a number of points"),
        (f"ada,{NAME},1,-1,", "'-1' is not a number of points"),
        (f"ada,{NAME},2,1,", "line 2 has marked this answer"),
    ],
)
def test_a_broken_line_is_named(line, said, tmp_path):
    with pytest.raises(manual_marks.ManualError) as caught:
        marks(tmp_path, HEAD + f"ada,{NAME},2,1,\n{line}\n")
    assert f"manual.csv, line 3: {said}" in str(caught.value)


def test_a_missing_column_is_named(tmp_path):
    with pytest.raises(manual_marks.ManualError, match="line 1: there is no column remark"):
        marks(tmp_path, "submission,notebook,question,points\n")


def mark(points, remark=""):
    """Return a mark for Ada's answer to the first question."""
    return {
        **{"submission": "ada", "notebook": NAME, "question": 1},
        **{"points": points, "remark": remark},
    }


def test_a_mark_is_kept_when_the_file_is_gone_and_the_last_one_counts(tmp_path):
    for given in (mark(1.0), mark(1.0), mark(2.0, "better"), mark(1.0)):
        Gradebook(tmp_path / "book", "version").keep_written([given])
    book = Gradebook(tmp_path / "book", "version")
    assert book.written("ada") == [mark(1.0)]
    assert book.db.execute("SELECT count(*) FROM written").fetchone()[0] == 3


def test_marks_for_answers_count_in_the_total_and_stand_on_the_page(tmp_path):
    answer = {"notebook": NAME, "question": 1, "asked": "Why?", "answer": "<b>so</b>"}
    answers = manual_marks.with_marks([answer], [mark(1.5, "<i>good</i>")])
    (row,) = write_report(tmp_path, [Row("ada", answers=answers)], 0)
    assert row.points == 1.5
    page = (tmp_path / "feedback" / "ada.html").read_text()
    assert "&lt;b&gt;so&lt;/b&gt;" in page
    assert "&lt;i&gt;good&lt;/i&gt;" in page
    with (tmp_path / "marks.csv").open() as stream:
        assert [row["written"] for row in csv.DictReader(stream)] == ["1.5"]


def test_answers_csv_can_be_filled_in_and_read_back(tmp_path):
    answer = {"notebook": NAME, "question": 1, "asked": "Why?", "answer": "=1+1"}
    write_report(tmp_path, [Row("ada", answers=manual_marks.with_marks([answer], []))], 0)
    text = (tmp_path / "answers.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    filled = text.replace(f"ada,{NAME},1,,", f"ada,{NAME},1,2,")
    assert marks(tmp_path, filled) == [mark(2.0)]


def test_a_mark_without_an_answer_is_shown():
    (answer,) = manual_marks.with_marks([], [mark(3.0)])
    assert answer["asked"] == QUESTIONS[0]
