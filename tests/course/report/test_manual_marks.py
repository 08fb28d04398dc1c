"""Written answers: found in notebooks, marked by an instructor, kept and merged."""

import csv
import json
import sqlite3
from dataclasses import replace

import pytest

from course import paths
from course.intake import own_notebooks
from course.outcome import Outcome, Row
from course.report import manual_book, manual_marks
from course.report.gradebook import Gradebook
from course.report.pages import write_report
from course.report.written import with_marks, with_marks_by_hand

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


def marks(tmp_path, text, encoding="utf-8", name="manual.csv"):
    """Write a file of manual marks and read all that there are."""
    (tmp_path / name).write_bytes(text.encode(encoding))
    return manual_marks.read(tmp_path, {"ada", "zoë"})[0]


def test_without_a_file_there_are_no_marks(tmp_path):
    assert manual_marks.read(tmp_path, {"ada"}) == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_file_as_spreadsheets_write_it_is_read(encoding, comma, tmp_path):
    points = "1.5" if comma == "," else "1,5"
    line = f"zoë,{NAME},1,POINTS,“Why”?\r\n".replace(",", comma).replace("POINTS", points)
    (mark,) = marks(tmp_path, HEAD.replace(",", comma) + line, encoding)
    assert mark["points"] == 1.5
    assert (mark["submission"], mark["number"], mark["remark"]) == ("zoë", 1, "“Why”?")


def test_a_line_without_points_is_not_marked_yet(tmp_path):
    (mark,) = marks(tmp_path, HEAD + f"ada,{NAME},1,,\n")
    assert mark["points"] is None


def test_the_line_of_a_student_who_is_gone_is_left_out_and_named(tmp_path):
    lines = f"eve,{NAME},1,2,\nada,{NAME},1,1,\n"
    assert [mark["submission"] for mark in marks(tmp_path, HEAD + lines)] == ["ada"]
    (remark,) = manual_marks.read(tmp_path, {"ada"})[1]
    assert "nobody is called 'eve'" in remark


@pytest.mark.parametrize(
    "line, said",
    [
        ("ada,9_none,1,2,", "no notebook is called '9_none'; expected: 1_svm"),
        (f"ada,{NAME},0,2,", "there is no question '0'; expected: 1 to"),
        (f"ada,{NAME},one,2,", "there is no question 'one'"),
        (f"ada,{NAME},1,ten,", "'ten' is not a number of points; expected: a number from 0 to 2"),
        (f"ada,{NAME},1,2.5,", "'2.5' is not a number of points; expected: a number from 0 to 2"),
        (f"ada,{NAME},check 99,2,", "there is no question 'check 99'; expected: 1 to"),
        (f"ada,{NAME},check 1,99,", "'99' is not a number of points; expected: a number from 0"),
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


def mark(points, remark="", **more):
    """Return a mark for Ada's answer to the first question."""
    return {
        **{"submission": "ada", "notebook": NAME, "kind": "question", "number": 1},
        **{"points": points, "remark": remark, "by": "", "answer_id": ""},
        **more,
    }


ANSWER = {"notebook": NAME, "question": 1, "asked": "Why?", "answer": "<b>so</b>"}
ID = manual_marks.answer_id(ANSWER["answer"])
IDS = {("ada", NAME, 1): ID}


def kept(tmp_path, *given):
    """Return what a gradebook knows of Ada's marks after it was given some, run after run."""
    for marks in given:
        manual_book.keep(Gradebook(tmp_path / "book", "version").db, marks, IDS)
    return manual_book.marks_of(Gradebook(tmp_path / "book", "version").db, "ada")


def test_a_mark_is_kept_when_the_file_is_gone_and_the_last_one_counts(tmp_path):
    given = [mark(1.0)], [mark(1.0)], [mark(2.0, "better")], [mark(1.0)], []
    assert kept(tmp_path, *given) == [mark(1.0, answer_id=ID)]
    db = Gradebook(tmp_path / "book", "version").db
    assert db.execute("SELECT count(*) FROM manual").fetchone()[0] == 3


def test_a_line_whose_points_are_gone_withdraws_the_mark(tmp_path):
    assert kept(tmp_path, [mark(1.0)], [mark(None)]) == []


def test_marks_in_an_older_gradebook_are_taken_over(tmp_path):
    db = sqlite3.connect(tmp_path / "book")
    db.execute("CREATE TABLE written (submission, notebook, question, points, remark, arrived)")
    db.execute("INSERT INTO written VALUES ('ada', ?, 1, 1.5, 'Why?', '2026-01-01')", (NAME,))
    db.commit()
    assert kept(tmp_path) == [mark(1.5, "Why?")]
    assert kept(tmp_path) == [mark(1.5, "Why?")]


def test_a_mark_that_does_not_say_which_answer_it_is_for_is_for_the_one_it_was_given_to(tmp_path):
    kept(tmp_path, [mark(1.0)])
    later = {("ada", NAME, 1): manual_marks.answer_id("another answer")}
    manual_book.keep(Gradebook(tmp_path / "book", "version").db, [mark(1.0)], later)
    assert kept(tmp_path) == [mark(1.0, answer_id=ID)]


def test_the_mark_of_an_answer_that_was_changed_is_dropped_and_this_is_said():
    (answer,), (remark,) = with_marks([ANSWER], [mark(1.5, answer_id="another")])
    assert not answer["marked"]
    assert answer["points"] == 0
    assert "question 1: this answer is not the one that was marked (1.5 points)" in remark


def test_shares_are_put_together_and_a_contradiction_is_named(tmp_path):
    marks(tmp_path, HEAD + f"ada,{NAME},1,2,\n", name="manual-1-of-2.csv")
    found = marks(tmp_path, HEAD + f"ada,{NAME},1,,\nada,{NAME},2,1,\n", name="manual-2-of-2.csv")
    assert [one["points"] for one in found] == [2, 1]
    with pytest.raises(manual_marks.ManualError) as caught:
        marks(tmp_path, HEAD + f"ada,{NAME},1,1,\n", name="manual-2-of-2.csv")
    assert "1-of-2.csv, line 2 gives 2 points, manual-2-of-2.csv, line 2 gives 1" in str(
        caught.value
    )
    (found,) = marks(tmp_path, HEAD + f"ada,{NAME},1,0,\n")
    assert found["points"] == 0


def test_marks_for_answers_count_in_the_total_and_stand_on_the_page(tmp_path):
    answers, _ = with_marks([ANSWER], [mark(1.5, "<i>good</i>", by="Jane")])
    (row,) = write_report(tmp_path, [Row("ada", answers=answers)], 0)
    assert (row.points, row.max_points) == (1.5, 2)
    page = (tmp_path / "feedback" / "ada.html").read_text()
    for shown in ("&lt;b&gt;so&lt;/b&gt;", "&lt;i&gt;good&lt;/i&gt;", "marked by Jane", "1.5 / 2"):
        assert shown in page
    with (tmp_path / "marks.csv").open(encoding="utf-8-sig") as stream:
        (line,) = csv.DictReader(stream)
    assert (line["written"], line["max_written"], line["max_points"]) == ("1.5", "2", "2")


def test_a_students_page_shows_the_maths_of_question_and_answer(tmp_path):
    answers, _ = with_marks([{**ANSWER, "question": 5, "answer": r"$\frac{1}{N}$"}], [])
    write_report(tmp_path, [Row("ada", answers=answers)], 0)
    page = (tmp_path / "feedback" / "ada.html").read_text()
    assert "<mfrac>" in page


def test_a_question_that_is_marked_for_one_counts_for_everybody():
    (answer,), _ = with_marks([], [], {(NAME, 1)})
    row = Row("eve", answers=[answer])
    assert (row.points, row.max_points) == (0, 2)
    assert Row("eve", answers=with_marks([ANSWER], [])[0]).max_points == 0


def test_a_mark_changed_by_hand_counts_and_is_told_with_its_reason(tmp_path):
    outcome = Outcome(notebook=NAME, check=3, task="f", points=0, max_points=4, verdict="failed")
    line = f'ada,{NAME},check 3,2.5,"right, but slow",,Jane\n'
    given = marks(tmp_path, HEAD.replace("remark", "remark,answer_id,by") + line)
    outcomes, by_hand = with_marks_by_hand([outcome], kept(tmp_path, given, []))
    (row,) = write_report(tmp_path, [Row("ada", outcomes, by_hand=by_hand)], 0)
    assert row.points == 2.5
    page = " ".join((tmp_path / "feedback" / "ada.html").read_text().split())
    assert "2.5 points; the check itself gave 0. right, but slow" in page
    assert "by Jane" in page


def test_full_marks_by_hand_pass_a_check_that_could_not_be_run():
    outcome = Outcome(notebook=NAME, check=3, task="f", points=0, max_points=4, verdict="not run")
    (changed,), _ = with_marks_by_hand([outcome], [mark(4.0, kind="check", number=3)])
    assert (changed.verdict, changed.points) == ("passed", 4)


def test_answers_csv_can_be_filled_in_and_read_back(tmp_path):
    answer = {**ANSWER, "answer": "=1+1"}
    write_report(tmp_path, [Row("ada", answers=with_marks([answer], [])[0])], 0)
    text = (tmp_path / "answers.csv").read_text(encoding="utf-8-sig")
    assert "'=1+1" in text
    filled = text.replace(f"ada,{NAME},1,,", f"ada,{NAME},1,2,")
    assert marks(tmp_path, filled) == [mark(2.0, answer_id=manual_marks.answer_id("=1+1"))]


def test_a_mark_without_an_answer_is_shown():
    (answer,), _ = with_marks([], [mark(2.0)])
    assert answer["asked"] == QUESTIONS[0]


def test_no_total_is_more_than_its_maximum():
    bonus = Outcome(notebook=NAME, check=9, task="g", points=3.5, max_points=0, verdict="passed")
    full = replace(bonus, check=1, points=36, max_points=36)
    assert Row("ada", [full, bonus]).fraction == "36 / 36 + 3.5"


def test_the_line_that_changes_a_mark_stands_in_the_instructors_copy_alone(tmp_path):
    outcome = Outcome(notebook=NAME, check=3, task="f", points=0, max_points=2, verdict="failed")
    write_report(tmp_path, [Row("ada", [outcome])], 0)
    line = f"ada,{NAME},check 3,2,why,your name"
    assert line in (tmp_path / "students" / "ada.html").read_text()
    assert "manual.csv" not in (tmp_path / "feedback" / "ada.html").read_text()
    (given,) = marks(tmp_path, HEAD.replace("remark", "remark,by") + line + "\n")
    assert (given["points"], given["remark"], given["by"]) == (2, "why", "your name")
