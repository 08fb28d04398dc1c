"""The gradebook keeps every outcome, and knows what is done."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from course import paths
from course.intake.submission import Submission
from course.judge.jobs import Job, not_run
from course.notebook import checks
from course.report.gradebook import Gradebook

NOTEBOOK = paths.notebooks()[0]
CHECKS = checks(NOTEBOOK)


@pytest.fixture
def book(tmp_path):
    return Gradebook(tmp_path / "gradebook.sqlite", "version")


def job(code=b"x = 1", seed=0):
    return Job(Submission("ada", {"linear_svm.py": code}), NOTEBOOK, seed, "none")


def passed(check):
    return replace(not_run(check, ""), verdict="passed", points=check.points)


def keep_all(book, job, make=passed):
    for check in CHECKS:
        book.keep(job, make(check))


def test_of_a_run_that_was_killed_only_what_is_left_is_run_again(book):
    book.keep(job(), passed(CHECKS[0]))
    assert book.left(job()) == {check.number for check in CHECKS[1:]}


def test_a_job_is_done_when_every_check_was_run(book):
    for check in CHECKS[:-1]:
        book.keep(job(), passed(check))
    assert book.left(job())
    book.keep(job(), passed(CHECKS[-1]))
    assert not book.left(job())


def test_what_could_not_be_run_is_run_again(book):
    keep_all(book, job(), lambda check: not_run(check, "the machine stopped"))
    assert book.left(job())


def test_a_changed_package_is_graded_anew(book):
    keep_all(book, job(b"x = 1"))
    assert book.left(job(b"x = 2"))


def test_another_seed_is_graded_anew(book):
    keep_all(book, job(seed=1))
    assert book.left(job(seed=2))


def test_the_latest_outcome_counts_and_the_old_one_is_kept(book):
    book.keep(job(), not_run(CHECKS[0], "the machine stopped"))
    book.keep(job(), passed(CHECKS[0]))
    assert [o.verdict for o in book.outcomes(job())] == ["passed"]
    assert book.db.execute("SELECT count(*) FROM outcome").fetchone()[0] == 2


def test_what_could_not_be_run_never_replaces_what_was(book):
    book.keep(job(), passed(CHECKS[0]))
    book.keep(job(), not_run(CHECKS[0], "the machine stopped"))
    assert [o.verdict for o in book.outcomes(job())] == ["passed"]


@pytest.mark.parametrize("other", [{"sandbox": "bwrap"}, {"full": True}])
def test_marks_made_in_another_way_do_not_count(book, other):
    keep_all(book, job())
    assert book.left(replace(job(), **other))


def test_an_outcome_is_on_disk_at_once(book, tmp_path):
    book.keep(job(), passed(CHECKS[0]))
    other = Gradebook(tmp_path / "gradebook.sqlite", "version")
    assert len(other.outcomes(job())) == 1


def test_the_seed_of_the_last_run_is_used_again(book, tmp_path):
    assert book.seed(None, fresh=5) == 5
    assert Gradebook(tmp_path / "gradebook.sqlite", "version").seed(None, fresh=6) == 5


def test_a_seed_that_is_asked_for_wins(book):
    book.seed(None, fresh=5)
    assert book.seed(0, fresh=6) == 0


def test_the_marks_of_another_package_stay_as_history(book):
    keep_all(book, job(b"x = 1"), lambda check: replace(passed(check), points=1))
    keep_all(book, job(b"x = 2"))
    (before,) = book.history(job(b"x = 2"))
    assert before["points"] == len(CHECKS)
    assert before["max_points"] == sum(check.max_points for check in CHECKS)
    assert before["why"] == "another package"
    assert before["when"].startswith("20")


@pytest.mark.parametrize(
    "other, why",
    [({"seed": 1}, "other inputs"), ({"full": True}, "run in another way")],
)
def test_history_says_what_was_different(book, other, why):
    keep_all(book, job())
    assert [before["why"] for before in book.history(replace(job(), **other))] == [why]


def test_another_version_of_the_course_makes_history(book):
    keep_all(book, job())
    book.version = "another"
    assert [before["why"] for before in book.history(job())] == ["another version of the course"]
    assert book.outcomes(job()) == []


def test_what_was_never_run_is_no_history(book):
    keep_all(book, job(b"x = 1"), lambda check: not_run(check, "no zip"))
    assert book.history(job(b"x = 2")) == []


def test_the_marks_of_others_are_no_history_of_mine(book):
    keep_all(book, replace(job(), submission=Submission("barbara", {"linear_svm.py": b""})))
    assert book.history(job()) == []


OLD = """
CREATE TABLE outcome (
    submission TEXT NOT NULL, package TEXT NOT NULL, notebook TEXT NOT NULL,
    course TEXT NOT NULL, seed INTEGER NOT NULL, mode TEXT NOT NULL, "check" INTEGER NOT NULL,
    task TEXT NOT NULL, points INTEGER NOT NULL, max_points INTEGER NOT NULL,
    outcome TEXT NOT NULL, diagnosis TEXT, message TEXT NOT NULL, seconds REAL NOT NULL,
    prints TEXT NOT NULL, arrived TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX by_job ON outcome (submission, package, notebook, course, seed, mode);
INSERT INTO outcome VALUES (
    'ada', 'digest', '1_svm', 'older', 0, 'none, checks', 1, 'svm_loss_naive', 3, 4, 'passed',
    NULL, '', 0.1, '', '2025-01-01 00:00:00'
);
"""


def test_what_an_older_gradebook_holds_is_history_and_is_graded_anew(tmp_path):
    with closing(sqlite3.connect(tmp_path / "old.sqlite")) as db:
        db.executescript(OLD)
    for _ in range(2):
        book = Gradebook(tmp_path / "old.sqlite", "version")
        assert book.outcomes(job()) == []
        assert book.history(job()) == [
            {
                "notebook": "1_svm",
                "when": "2025-01-01 00:00:00",
                "points": 3,
                "max_points": 4,
                "why": "another package, another version of the course",
            }
        ]
    keep_all(book, job())
    assert not book.left(job())


def test_what_is_read_back_is_what_was_kept(book):
    kept = replace(
        passed(CHECKS[0]),
        submission="ada",
        notebook=NOTEBOOK.stem,
        diagnosis="times-N",
        message="é",
        seconds=0.5,
        prints="hello\n",
    )
    book.keep(job(), kept)
    assert book.outcomes(job()) == [kept]
