"""Which answers a marker sees, in which order, and what is saved."""

import csv

import pytest

from course.outcome import Row
from course.report import manual_marks, marking
from course.report.written import with_marks, write_answers

NAME, LAST = "1_svm", "2_two_layer_net"
TEXTS = (
    "The loss is about nine, one for each wrong class.",
    "the loss is  about nine, one for each wrong class.",
    "The loss is about nine, one for each wrong class!",
    "Zero.",
    "- because the scores are all the same",
)


def write_class(folder, texts=TEXTS):
    """Write answers.csv: student n gave text n to the first question of two notebooks."""
    rows = []
    for n, text in enumerate(texts):
        about = {"question": 1, "asked": "", "answer": text}
        answers = [{"notebook": name, **about} for name in (LAST, NAME)]
        rows.append(Row(f"student-{n}", answers=with_marks(answers, [])[0]))
    write_answers(folder / "answers.csv", rows)


def read(folder):
    """Return (the lines of the first notebook's question, marks so far)."""
    lines = marking.answers_in(folder)
    return marking.by_question(lines)[NAME, 1], marking.marks_so_far(folder, lines)


@pytest.fixture
def folder(tmp_path):
    """A folder with nothing but answers.csv."""
    write_class(tmp_path)
    return tmp_path


def give(folder, line, points, remark="", name="manual.csv"):
    """Save a mark."""
    marking.save(folder / name, [line], points, remark, "Jane")


def test_a_text_comes_back_as_it_was_written_though_a_spreadsheet_could_take_it_for_a_formula(
    folder,
):
    assert {line["answer"] for line in read(folder)[0]} == set(TEXTS)


def test_questions_come_in_the_order_of_the_course(folder):
    assert list(marking.by_question(marking.answers_in(folder))) == [(NAME, 1), (LAST, 1)]


def test_the_order_stays_when_somebody_joins_and_differs_between_questions(tmp_path):
    order = {}
    for size in (20, 21):
        write_class(tmp_path, [f"{n}" * 9 for n in range(10, 10 + size)])
        found = marking.by_question(marking.answers_in(tmp_path))
        for key, lines in found.items():
            order[size, key] = [x["submission"] for x in lines if x["submission"] != "student-20"]
    assert order[20, (NAME, 1)] == order[21, (NAME, 1)]
    assert order[20, (NAME, 1)] != order[20, (LAST, 1)]
    assert order[20, (NAME, 1)] != sorted(order[20, (NAME, 1)])


def test_equal_texts_are_one_card_and_nearly_equal_ones_lie_together(folder):
    groups = marking.alike(read(folder)[0])
    sizes = sorted(sorted(len(card.keys) for card in group) for group in groups)
    assert sizes == [[1], [1], [1, 2]]


def test_what_a_marker_sees_does_not_tell_who_wrote_it(folder):
    for line in read(folder)[0]:
        assert line["submission"] not in line["key"]


def test_each_answer_is_in_exactly_one_share(folder):
    lines, marks = read(folder)
    keys = [
        key
        for which in (1, 2, 3)
        for group in marking.cards(lines, marks, (which, 3))
        for card in group
        for key in card.keys
    ]
    assert sorted(keys) == sorted(line["key"] for line in lines)


def test_a_mark_is_read_back_and_all_else_in_the_file_stays(folder):
    (folder / "manual.csv").write_text(
        f"submission;notebook;question;points;remark;seen\nada;{LAST};2;1,5;so;yes\n"
    )
    line = read(folder)[0][0]
    give(folder, line, 1.5, "=why")
    give(folder, line, 2, "- why")
    mark = read(folder)[1][line["key"]]
    assert (mark["points"], mark["remark"], mark["by"]) == (2, "- why", "Jane")
    with (folder / "manual.csv").open(encoding="utf-8-sig", newline="") as stream:
        first, second = csv.DictReader(stream)
    assert (first["submission"], first["points"], first["seen"]) == ("ada", "1,5", "yes")
    assert (second["submission"], second["remark"]) == (line["submission"], "'- why")


def test_a_mark_that_is_withdrawn_is_gone_though_answers_csv_has_it_still(folder):
    answers, _ = with_marks([{"notebook": NAME, "question": 1, "answer": "Zero."}], [MARK])
    write_answers(folder / "answers.csv", [Row("ada", answers=answers)])
    (line,), marks = read(folder)
    assert marks[line["key"]]["points"] == 1
    give(folder, line, None, "later")
    (card,) = marking.cards(*read(folder))[0]
    assert (card.points, card.remark) == (None, "later")


MARK = {"notebook": NAME, "kind": "question", "number": 1, "points": 1.0, "remark": "", "by": ""}
MARK |= {"submission": "ada", "answer_id": ""}


def test_the_mark_of_an_answer_that_was_changed_is_not_shown(folder):
    line = next(line for line in read(folder)[0] if line["answer"] == "Zero.")
    give(folder, line, 1)
    write_class(folder, [*TEXTS[:3], "Nine."])
    assert not any(card.points for group in marking.cards(*read(folder)) for card in group)


def test_several_markers_write_files_that_are_put_together(folder):
    first, second = read(folder)[0][:2]
    give(folder, first, 1, name="manual-1-of-2.csv")
    give(folder, second, 2, name="manual-2-of-2.csv")
    found, _ = manual_marks.read(folder, {f"student-{n}" for n in range(9)})
    assert {mark["submission"]: mark["points"] for mark in found} == {
        first["submission"]: 1,
        second["submission"]: 2,
    }


def test_remarks_that_were_given_come_back_the_most_frequent_first(folder):
    lines, _ = read(folder)
    for line, remark in zip(lines, ["units", "why?", "why?", ""], strict=False):
        give(folder, line, 1, remark)
    assert marking.remarks_used(*read(folder)) == ["why?", "units"]


def test_a_card_is_marked_when_all_of_its_answers_are(folder):
    lines, _ = read(folder)
    twins = [line for line in lines if "nine, one for each wrong class." in line["answer"]]
    give(folder, twins[0], 1)
    assert not any(c.points for g in marking.cards(*read(folder)) for c in g)
    give(folder, twins[1], 1)
    (card,) = (c for g in marking.cards(*read(folder)) for c in g if c.points)
    assert len(card.keys) == 2


def test_an_older_answers_csv_is_refused_with_what_to_do(tmp_path):
    (tmp_path / "answers.csv").write_text("submission,notebook,question,points,remark\n")
    with pytest.raises(manual_marks.ManualError, match="run course grade once more"):
        marking.answers_in(tmp_path)
