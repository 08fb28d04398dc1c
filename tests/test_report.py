"""The report shows marks to people, and nothing that a student wrote can steer a page."""

import json

import pytest

from course.report import write_report

OUTCOME = {
    "submission": "ada",
    "notebook": "1_svm",
    "check": 1,
    "task": "svm_loss_naive",
    "points": 0,
    "max_points": 4,
    "outcome": "failed",
    "diagnosis": "raised",
    "message": "ValueError: <script>alert(1)</script>",
    "seconds": 0.1,
    "prints": "</pre><img src=x onerror=alert(2)>",
}


@pytest.fixture
def report(tmp_path):
    graded = {"ada": [OUTCOME], "barbara": [{**OUTCOME, "outcome": "passed", "points": 4}]}
    write_report(tmp_path, graded, seed=3)
    return tmp_path


def test_what_a_student_wrote_is_shown_as_text(report):
    page = (report / "feedback" / "ada.html").read_text()
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_prints_are_on_the_students_page_but_not_in_the_json(report):
    assert "What your code printed" in (report / "feedback" / "ada.html").read_text()
    assert "prints" not in json.loads((report / "outcomes.json").read_text())[0]


def test_the_class_page_counts_who_passed_each_check(report):
    assert "1 of 2" in (report / "index.html").read_text()


def test_the_pages_need_no_network(report):
    for page in report.rglob("*.html"):
        assert "http" not in page.read_text().replace("<!doctype html>", "")


def test_an_empty_class_makes_an_empty_report(tmp_path):
    write_report(tmp_path, {}, seed=0)
    assert json.loads((tmp_path / "outcomes.json").read_text()) == []
    assert "0 submissions" in (tmp_path / "index.html").read_text()
