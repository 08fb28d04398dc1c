"""One run at a time writes a report; a disk that cannot be written to is told in one sentence."""

import errno
import sqlite3
import subprocess
import sys

import pytest

from course import paths
from course.outcome import Row
from course.report import pages
from course.report.claim import Busy, CannotWrite, claimed


def test_a_second_run_on_one_folder_is_refused_until_the_first_ends(tmp_path):
    with claimed(tmp_path / "out"), pytest.raises(Busy), claimed(tmp_path / "out"):
        pass
    with claimed(tmp_path / "out"):
        pass


def test_a_run_that_was_killed_leaves_no_claim(tmp_path):
    code = (
        "import os, pathlib, sys; from course.report.claim import claimed\n"
        "with claimed(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "out")], cwd=paths.ROOT)
    with claimed(tmp_path / "out"):
        pass


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
        sqlite3.OperationalError("database or disk is full"),
        sqlite3.OperationalError("attempt to write a readonly database"),
    ],
    ids=str,
)
def test_a_disk_that_is_full_or_read_only_is_told(error, tmp_path):
    with pytest.raises(CannotWrite, match="cannot be written to"), claimed(tmp_path / "out"):
        raise error


def test_other_errors_stay_what_they_are(tmp_path):
    with pytest.raises(sqlite3.OperationalError), claimed(tmp_path / "out"):
        raise sqlite3.OperationalError("no such table: outcome")


def test_one_page_that_cannot_be_written_is_a_remark_and_the_others_are_written(tmp_path):
    rows = [Row("ada"), Row("x" * 300), Row("zoe")]
    kept = pages.write_report(tmp_path, rows, 1)
    assert {path.stem for path in (tmp_path / "feedback").iterdir()} == {"ada", "zoe"}
    assert "the page could not be written" in kept[1].remarks[0]
    assert (tmp_path / "marks.csv").read_text().count("\n") == 4


def test_a_full_disk_is_not_taken_for_a_bad_row(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pages, "write_student", full)
    with pytest.raises(OSError, match="No space left"):
        pages.write_report(tmp_path, [Row("ada")], 1)
