"""The report shows marks to people, and nothing that a student wrote can steer a page."""

import json
from dataclasses import replace

import pytest
from markupsafe import escape

from course import hints, paths
from course.intake.submission import Submission
from course.judge.jobs import Job
from course.outcome import Outcome, Row
from course.report import live, manual_book, similarity, statistics
from course.report.gradebook import Gradebook
from course.report.pages import write_report
from course.report.rows import class_rows

OUTCOME = Outcome(
    submission="ada",
    notebook="1_svm",
    check=1,
    task="svm_loss_naive",
    points=0,
    max_points=4,
    verdict="failed",
    diagnosis="raised",
    message="ValueError: <script>alert(1)</script>",
    seconds=0.1,
    prints="</pre><img src=x onerror=alert(2)>",
)


@pytest.fixture
def report(tmp_path):
    passed = replace(OUTCOME, verdict="passed", points=4)
    write_report(tmp_path, [Row("ada", [OUTCOME]), Row("barbara", [passed])], seed=3)
    return tmp_path


def test_what_a_student_wrote_is_shown_as_text(report):
    page = (report / "feedback" / "ada.html").read_text()
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_prints_are_on_the_students_page_but_not_in_the_json(report):
    assert "What your code printed" in (report / "feedback" / "ada.html").read_text()
    assert "prints" not in json.loads((report / "outcomes.json").read_text())[0]


def row(student, *outcomes):
    """Return the row of a student with outcomes of one check each."""
    found = [replace(OUTCOME, check=n, **outcome) for n, outcome in enumerate(outcomes, 1)]
    return Row(student, found)


PASSED, FAILED = {"verdict": "passed", "points": 4}, {}
UNWRITTEN = {"verdict": "not written"}
UNRUN = {"verdict": "not run", "message": "no zip"}


def test_the_hardest_check_is_the_one_that_most_who_tried_it_failed():
    rows = [row("ada", PASSED, FAILED, UNWRITTEN), row("barbara", FAILED, FAILED, UNWRITTEN)]
    assert statistics.hardest(statistics.checks(rows)).check == 2
    assert statistics.hardest(statistics.checks([row("ada", PASSED, UNWRITTEN)])) is None


def test_the_histogram_counts_who_could_be_run():
    rows = [row("ada", PASSED, PASSED), row("barbara", PASSED, FAILED), row("carl", UNRUN, UNRUN)]
    counts = dict(statistics.histogram(rows))
    assert (counts["50"], counts["90"], sum(counts.values())) == (1, 1, 2)


def test_mistakes_are_counted_by_submission_the_most_frequent_first():
    often = {"diagnosis": "times-N", "message": "dw: yours is 8, expected 2. Divide by N."}
    rows = [row("ada", often, often, FAILED), row("barbara", often, PASSED)]
    first, second = statistics.mistakes(rows)
    assert (first.diagnosis, list(first.ids)) == ("times-N", ["ada", "barbara"])
    assert first.sentence == "Divide by N."
    assert second.diagnosis == "raised"


@pytest.mark.parametrize(
    "message, said",
    [
        ("dW: yours is -8, expected 2.5. Every entry is 4 times too large.",
         "Every entry is 4 times too large."),
        ("a batch of one: no. Are its labels those of its examples?",
         "Are its labels those of its examples?"),
        ("f raised ValueError: no\n  starter/a.py, line 3", "f raised ValueError: no"),
        ("yours is 8, expected 2.", "yours is 8, expected 2."),
    ],
)  # fmt: skip
def test_a_mistake_is_told_without_one_students_numbers(message, said):
    assert statistics.sentence(message) == said


def test_a_failed_check_has_the_hint_to_look_at_next(report):
    page = (report / "feedback" / "ada.html").read_text()
    known = hints.read(paths.STARTER / "hints")
    assert escape(hints.of_task("svm_loss_naive", known)[0][1]) in page


def test_remarks_and_earlier_marks_are_on_the_students_page(tmp_path):
    history = {"notebook": "1_svm", "when": "2026", "points": 3, "max_points": 4, "why": "<why>"}
    row = Row("ada", [OUTCOME], remarks=["<late>"], history=[history])
    write_report(tmp_path, [row], 0)
    page = (tmp_path / "feedback" / "ada.html").read_text()
    assert "&lt;late&gt;" in page
    assert "&lt;why&gt;" in page
    assert "3 / 4" in page
    assert "&lt;late&gt;" not in (tmp_path / "index.html").read_text()


def test_what_could_not_be_run_is_named_on_the_page_of_the_class(tmp_path):
    known = {"problem": "'<ada>.zip' is no zip", "todo": "hand it in again"}
    write_report(tmp_path, [Row("ada", [replace(OUTCOME, **UNRUN)], **known)], 0)
    index = (tmp_path / "index.html").read_text()
    assert "Could not be run, and have no mark" in index
    assert "&lt;ada&gt;.zip" in index
    page = (tmp_path / "feedback" / "ada.html").read_text()
    assert page.count("<article") == 1
    assert "hand it in again" in page


COMPARED = similarity.Comparison([similarity.Pair("ada", "eve", 0.987, 300, 0.9)], 0.61)


def test_pairs_that_are_alike_are_on_the_page_of_the_class_alone(tmp_path):
    write_report(tmp_path, [Row("ada", [OUTCOME])], 0, compared=COMPARED)
    index = (tmp_path / "index.html").read_text()
    assert "98.7 %" in index
    assert "The median pair has 61.0 %" in index
    assert "nothing about why" in index.replace("\n", " ")
    assert "eve" not in (tmp_path / "feedback" / "ada.html").read_text()


def test_the_class_page_counts_who_passed_each_check(report):
    assert "1 of 2" in (report / "index.html").read_text()


def test_the_class_page_says_who_did_not_pass(tmp_path):
    rows = [row("ada", PASSED), row("barbara", FAILED), row("carl", UNWRITTEN), row("eve", UNRUN)]
    (count,) = statistics.checks(rows)
    assert count.ids["failed"] == ["barbara"]
    write_report(tmp_path, rows, 0)
    table = (tmp_path / "index.html").read_text().split('id="checks"')[1]
    for words, who in (
        ("failed: ", "barbara"),
        ("not written by: ", "carl"),
        ("not run for: ", "eve"),
    ):
        assert f'{words}<a href="students/{who}.html">{who}</a>' in table


def test_who_is_far_behind_the_median_may_need_help():
    rows = [row("ada", PASSED, PASSED), row("barbara", PASSED, PASSED), row("carl", FAILED, PASSED)]
    (one,) = statistics.behind([*rows, row("eve", UNRUN, UNRUN)])
    assert (one.row.id, one.tasks) == ("carl", ["svm_loss_naive"])


def test_a_check_that_waits_for_another_is_the_last_of_the_mistakes():
    after = {"diagnosis": "comes-first", "message": "Check 1 comes first."}
    rows = [row("ada", after, FAILED), row("barbara", after, PASSED)]
    assert [one.diagnosis for one in statistics.mistakes(rows)] == ["raised", "comes-first"]


def test_no_students_page_names_another_student(tmp_path):
    rows = [row(name, FAILED, UNWRITTEN) for name in ("ada", "barbara", "carl", "eve")]
    write_report(tmp_path, rows, 0, COMPARED)
    page = (tmp_path / "feedback" / "barbara.html").read_text()
    for name in ("ada", "carl", "eve", "index.html"):
        assert name not in page


def test_a_students_page_says_first_where_points_were_lost(tmp_path):
    often = {"diagnosis": "times-N", "message": "dw: yours is 8, expected 2. Divide by N."}
    write_report(tmp_path, [row("ada", PASSED, often, UNWRITTEN, UNWRITTEN)], 0)
    page = " ".join((tmp_path / "feedback" / "ada.html").read_text().split())
    lost = page.split('id="lost"')[1].split("</table>")[0]
    assert "−4" in lost and "<small>Divide by N.</small>" in lost
    assert "−8" in lost and "2 checks ask for what is not written yet" in lost


def test_while_a_run_goes_on_the_page_has_every_check_and_loads_itself_again(tmp_path):
    path = tmp_path / "index.html"
    rows = lambda: [row("ada", PASSED, UNRUN)]  # noqa: E731
    page = live.LivePage(path, 0, 5)
    page.show(2, rows)
    text = path.read_text()
    assert "Grading: 2 of 5 notebooks." in text
    assert 'http-equiv="refresh"' in text
    assert text.count('<td class="cell passed"') == 1
    assert text.count('<td class="cell waiting"') == 1
    assert "no zip" not in text
    page.show(3, rows)
    assert "Grading: 2 of 5" in path.read_text()
    write_report(tmp_path, rows(), 0)
    assert "refresh" not in path.read_text()


def test_the_pages_need_no_network(report):
    for page in report.rglob("*.html"):
        assert "://" not in page.read_text()


def test_an_empty_class_makes_an_empty_report(tmp_path):
    write_report(tmp_path, [], seed=0)
    assert json.loads((tmp_path / "outcomes.json").read_text()) == []
    assert "0 submissions" in (tmp_path / "index.html").read_text()


def test_of_a_large_class_no_more_stays_in_memory_than_each_different_message_once(tmp_path):
    book = Gradebook(tmp_path / "gradebook.sqlite", "version")
    submissions = [Submission(f"student{n}") for n in range(9)]
    jobs = [Job(submission, paths.notebooks()[0], 0, "none") for submission in submissions]
    for job in jobs:
        book.keep(job, OUTCOME)
    rows = write_report(tmp_path, class_rows(book, submissions, jobs), seed=0)
    assert [row.outcomes[0].submission for row in rows] == [s.id for s in submissions]
    assert {row.outcomes[0].prints for row in rows} == {""}
    assert len({id(row.outcomes[0].message) for row in rows}) == 1
    outcomes = json.loads((tmp_path / "outcomes.json").read_text())
    assert [o["outcome"] for o in outcomes if o["outcome"] != "not run"] == ["failed"] * 9


def test_rows_are_sorted_and_made_one_at_a_time(tmp_path):
    book = Gradebook(tmp_path / "gradebook.sqlite", "version")
    rows = class_rows(book, [Submission("b"), Submission("a")], [])
    assert next(rows).id == "a"
    mark = {"kind": "question", "number": 1, "points": 2.0, "remark": "", "by": "", "answer_id": ""}
    manual_book.keep(book.db, [{"submission": "b", "notebook": "1_svm", **mark}], {})
    assert next(rows).points == 2
