"""The gradebook keeps every outcome, and knows what is done."""

from dataclasses import replace

import pytest

from course import paths
from course.gradebook import Gradebook
from course.notebook import checks
from course.run import Job, not_run
from course.submissions import Submission

NOTEBOOK = paths.notebooks()[0]
CHECKS = checks(NOTEBOOK)


@pytest.fixture
def book(tmp_path):
    return Gradebook(tmp_path / "gradebook.sqlite")


def job(code=b"x = 1", seed=0):
    return Job(Submission("ada", {"linear_svm.py": code}), NOTEBOOK, seed, "none")


def passed(check):
    return {**not_run(check, ""), "outcome": "passed", "points": check.points}


def keep_all(book, job, make=passed):
    for check in CHECKS:
        book.keep(job, make(check))


def test_a_job_is_done_when_every_check_was_run(book):
    for check in CHECKS[:-1]:
        book.keep(job(), passed(check))
    assert not book.is_done(job())
    book.keep(job(), passed(CHECKS[-1]))
    assert book.is_done(job())


def test_what_could_not_be_run_is_run_again(book):
    keep_all(book, job(), lambda check: not_run(check, "the machine stopped"))
    assert not book.is_done(job())


def test_a_changed_package_is_graded_anew(book):
    keep_all(book, job(b"x = 1"))
    assert not book.is_done(job(b"x = 2"))


def test_another_seed_is_graded_anew(book):
    keep_all(book, job(seed=1))
    assert not book.is_done(job(seed=2))


def test_the_latest_outcome_counts_and_the_old_one_is_kept(book):
    book.keep(job(), not_run(CHECKS[0], "the machine stopped"))
    book.keep(job(), passed(CHECKS[0]))
    assert [o["outcome"] for o in book.outcomes(job())] == ["passed"]
    assert book.db.execute("SELECT count(*) FROM outcome").fetchone()[0] == 2


def test_what_could_not_be_run_never_replaces_what_was(book):
    book.keep(job(), passed(CHECKS[0]))
    book.keep(job(), not_run(CHECKS[0], "the machine stopped"))
    assert [o["outcome"] for o in book.outcomes(job())] == ["passed"]


@pytest.mark.parametrize("other", [{"sandbox": "bwrap"}, {"full": True}])
def test_marks_made_in_another_way_do_not_count(book, other):
    keep_all(book, job())
    assert not book.is_done(replace(job(), **other))


def test_an_outcome_is_on_disk_at_once(book, tmp_path):
    book.keep(job(), passed(CHECKS[0]))
    other = Gradebook(tmp_path / "gradebook.sqlite")
    assert len(other.outcomes(job())) == 1


def test_the_seed_of_the_last_run_is_used_again(book, tmp_path):
    assert book.seed(None, fresh=5) == 5
    assert Gradebook(tmp_path / "gradebook.sqlite").seed(None, fresh=6) == 5


def test_a_seed_that_is_asked_for_wins(book):
    book.seed(None, fresh=5)
    assert book.seed(0, fresh=6) == 0
