"""The gradebook keeps every outcome, and knows what is done."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from course import paths
from course.intake.submission import Submission
from course.judge.jobs import Job, not_run
from course.notebook import checks
from course.report.gradebook import Gradebook, version

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


def test_the_marks_of_another_package_stay_as_history(book):
    keep_all(book, job(b"x = 1"), lambda check: {**passed(check), "points": 1})
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
    book.course = "another"
    assert [before["why"] for before in book.history(job())] == ["another version of the course"]
    assert book.outcomes(job()) == []


def test_what_was_never_run_is_no_history(book):
    keep_all(book, job(b"x = 1"), lambda check: not_run(check, "no zip"))
    assert book.history(job(b"x = 2")) == []


def test_the_marks_of_others_are_no_history_of_mine(book):
    keep_all(book, replace(job(), submission=Submission("barbara", {"linear_svm.py": b""})))
    assert book.history(job()) == []


def version_if(monkeypatch, changed, old=b"", new=b""):
    """Return the version if one file began with a comment, or had `new` in the place of `old`."""
    text = changed.read_bytes()
    assert old in text
    other = text.replace(old, new) if old else b"#\n" + text
    bytes_of, text_of = Path.read_bytes, Path.read_text
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda p: other if p == changed else bytes_of(p))
        patch.setattr(
            Path, "read_text", lambda p, **k: other.decode() if p == changed else text_of(p, **k)
        )
        return version()


@pytest.mark.parametrize(
    "path",
    ["solutions/layers.py", "data_utils/check.py", "course/judge/plugin.py", "course/box/wire.py"],
)
def test_what_decides_a_mark_is_part_of_the_version(monkeypatch, path):
    assert version_if(monkeypatch, paths.ROOT / path) != version()


@pytest.mark.parametrize(
    "path",
    ["course/report/pages.py", "course/commands/__main__.py", "course/report/templates/class.html"],
)
def test_what_shows_marks_is_no_part_of_the_version(monkeypatch, path):
    assert version_if(monkeypatch, paths.ROOT / path) == version()


def test_checks_are_part_of_the_version_and_prose_is_not(monkeypatch):
    assert version_if(monkeypatch, NOTEBOOK, b"# Check 1 (4", b"# Check 1 (5") != version()
    assert version_if(monkeypatch, NOTEBOOK, b"**In words.**", b"**In a word.**") == version()


def test_no_judge_and_no_student_runs_a_module_that_is_no_part_of_the_version():
    code = (
        "import sys; from course.judge import prefork; prefork.import_everything(); "
        "print(*(m for m in sys.modules if m.startswith('course.')))"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert {name.split(".")[1] for name in ran.stdout.split() if name.count(".") > 1} == {
        "judge",
        "box",
    }
