"""When something was handed in, and who with: names, worksheets, metadata, commits, file times."""

import io
import os
import subprocess
import tarfile
import zipfile
from datetime import UTC, datetime

import pytest

from course.intake import times
from course.intake.downloads import read_class

CODE = b"def svm_loss_naive(): return 1\n"


def pack(path, when=(2026, 10, 5, 12, 30, 0), **more):
    """Write a zip with one module of the course, last changed at that time of some wall clock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {"starter/linear_svm.py": CODE, **more}.items():
            archive.writestr(zipfile.ZipInfo(name, when), content)


def told(folder):
    """Return (time, what tells it) of the one Submission in a folder."""
    (found,) = read_class(folder)
    return found.time, found.told_by


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Friday, 2 October 2026, 11:58 PM", "2026-10-02T23:58:00"),
        ("Friday, 2 October 2026, 12:05 AM", "2026-10-02T00:05:00"),
        ("Wednesday, September 23, 2026, 9:00 PM", "2026-09-23T21:00:00"),
        ("Freitag, 2. Oktober 2026, 23:58", "2026-10-02T23:58:00"),
        ("vendredi 2 octobre 2026, 23:58", "2026-10-02T23:58:00"),
        ("viernes, 2 de octubre de 2026, 23:58", "2026-10-02T23:58:00"),
        ("piątek, 2 październik 2026, 23:58", "2026-10-02T23:58:00"),
        ("2026年10月2日(金曜日) 23:58", "2026-10-02T23:58:00"),
        ("2026-10-02 23:58:09", "2026-10-02T23:58:09"),
    ],
)
def test_a_date_in_words_is_read_in_any_of_many_languages(text, wanted):
    assert times.in_words(text).isoformat() == wanted


@pytest.mark.parametrize(
    "text", ["-", "", "3/4/2026 10:00", "2 listopad 2026, 10:00", "31 June 2026, 9:00"]
)
def test_a_date_that_may_be_two_days_or_none_is_not_guessed(text):
    """In Polish, listopad is November; in Croatian, October."""
    assert times.in_words(text) is None


SHEET = """Identifier,Full name,Status,Grade,Last modified (submission),Last modified (grade)
Participant 815,Zoe,Submitted for grading - 2 days late,,"Monday, 5 October 2026, 2:59 AM",-
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_moodles_worksheet_tells_the_time(encoding, tmp_path):
    pack(tmp_path / "Zoe_815_assignsubmission_file_" / "a.zip")
    (tmp_path / "Grades-DL-HW1.csv").write_bytes(SHEET.encode(encoding))
    assert told(tmp_path) == ("2026-10-05T02:59:00", "Moodle says")
    (found,) = read_class(tmp_path)
    assert (found.platform, found.is_late, found.remarks) == ("moodle", True, ["late"])


@pytest.mark.parametrize(
    "created",
    [
        ":created_at: 2026-10-05 10:00:00.123000000 Z",
        ":created_at: !ruby/object:ActiveSupport::TimeWithZone\n    utc: 2026-10-05 10:00:00.1 Z\n"
        "    zone: !ruby/object:ActiveSupport::TimeZone\n      name: UTC\n"
        "    time: 2026-10-05 12:00:00.1 Z",
        ":created_at: '2026-10-05 03:00:00 -0700'",
    ],
)
def test_gradescopes_metadata_tells_the_time_and_the_members(created, tmp_path):
    people = "  :submitters:\n  - :name: Ada\n    :sid: '1'\n  - :name: Zoë\n"
    text = f"submission_1:\n{people}  {created}\n"
    (tmp_path / "submission_metadata.yml").write_text(text, encoding="utf-8")
    (tmp_path / "submission_1").mkdir()
    (tmp_path / "submission_1" / "linear_svm.py").write_bytes(CODE)
    time, by = told(tmp_path)
    assert (datetime.fromisoformat(time), by) == (
        datetime(2026, 10, 5, 10, tzinfo=UTC),
        "Gradescope says",
    )
    assert [one["name"] for one in read_class(tmp_path)[0].members] == ["Zoë"]


def test_canvas_tells_who_is_late_and_files_by_how_much(tmp_path):
    pack(tmp_path / "lovelaceada_4711_90001_starter.zip")
    pack(tmp_path / "hoppergrace_LATE_4712_90002_starter.zip")
    late, ada = read_class(tmp_path)
    assert (ada.is_late, ada.time, ada.platform) == (False, "", "canvas")
    assert (late.is_late, late.time) == (True, "2026-10-05T12:30:00")
    assert late.returned_as == "hoppergrace_LATE_4712_90002_starter.zip"


def commit(folder, message, when):
    """Make a commit of all files in a repository, at an ISO time."""
    who = {
        f"GIT_{role}_{key}": "a@b.c"
        for role in ("AUTHOR", "COMMITTER")
        for key in ("NAME", "EMAIL")
    }
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    for words in (["add", "--all"], ["commit", "--quiet", "--message", message]):
        subprocess.run(["git", *words], cwd=folder, check=True, env={**os.environ, **who, **dates})


@pytest.fixture
def clone(tmp_path):
    """A class of one git clone with two commits."""
    folder = tmp_path / "class" / "ada"
    (folder / "starter").mkdir(parents=True)
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    (folder / "starter" / "linear_svm.py").write_bytes(CODE)
    commit(folder, "one", "2026-10-01T08:00:00+02:00")
    (folder / "starter" / "softmax.py").write_bytes(CODE)
    commit(folder, "two", "2026-10-05T08:00:00+02:00")
    return folder


@pytest.mark.parametrize("packed", [False, True])
def test_a_git_clone_tells_the_time_of_its_newest_commit(packed, clone):
    if packed:
        subprocess.run(["git", "gc", "--quiet"], cwd=clone, check=True)
        subprocess.run(["git", "pack-refs", "--all"], cwd=clone, check=True)
    assert told(clone.parent) == ("2026-10-05T06:00:00+00:00", "the newest commit says")


def test_no_setting_of_a_strangers_repository_runs_anything(clone, tmp_path):
    trap = tmp_path / "trap"
    program = f"touch {trap}; true"
    settings = ["core.fsmonitor", "core.sshCommand", "gpg.program", "core.alternateRefsCommand"]
    lines = [f"[{key.partition('.')[0]}]\n{key.partition('.')[2]} = {program}" for key in settings]
    with (clone / ".git" / "config").open("a") as stream:
        stream.write("\n".join([*lines, "[log]\nshowSignature = true", "[bad"]))
    assert told(clone.parent)[1] == "the newest commit says"
    assert not trap.exists()


def test_a_head_that_points_outside_tells_nothing(clone):
    for head in ("ref: refs/heads/../../../secret", "ref: refs/heads/none", "not a commit", "\0"):
        (clone / ".git" / "HEAD").write_text(head)
        assert told(clone.parent) == ("", "")
    (clone / ".git" / "HEAD").unlink()
    (clone / ".git" / "HEAD").symlink_to("/etc/hostname")
    assert told(clone.parent) == ("", "")


def test_the_newest_file_in_an_archive_tells_the_time(tmp_path):
    pack(tmp_path / "zip" / "ada.zip")
    assert told(tmp_path / "zip") == ("2026-10-05T12:30:00", "its newest file says")
    (tmp_path / "tar").mkdir()
    with tarfile.open(tmp_path / "tar" / "ada.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("starter/linear_svm.py")
        entry.size, entry.mtime = len(CODE), 1_790_000_000
        archive.addfile(entry, io.BytesIO(CODE))
    assert told(tmp_path / "tar") == ("2026-09-21T14:13:20+00:00", "its newest file says")


def test_of_an_archive_without_times_its_own_date_counts(tmp_path):
    pack(tmp_path / "ada.zip", when=(1980, 1, 1, 0, 0, 0))
    os.utime(tmp_path / "ada.zip", (1_790_000_000, 1_790_000_000))
    assert told(tmp_path) == ("2026-09-21T14:13:20+00:00", "the archive's own date says")


def test_a_folder_tells_no_time(tmp_path):
    (tmp_path / "ada" / "starter").mkdir(parents=True)
    (tmp_path / "ada" / "starter" / "linear_svm.py").write_bytes(CODE)
    assert told(tmp_path) == ("", "")


def test_a_file_group_txt_lists_the_members_and_is_accounted_for(tmp_path):
    listed = "- Zoë van Dam\n\ngrace@example.org,\nZoë van Dam\n".encode()
    pack(tmp_path / "ada.zip", **{"starter/GROUP.txt": listed})
    (found,) = read_class(tmp_path)
    assert [one["name"] for one in found.members] == ["Zoë van Dam", "grace@example.org"]
    assert ["starter/GROUP.txt", "who handed this in together"] in found.used


def test_a_list_of_members_without_end_is_cut_and_legible(tmp_path):
    pack(
        tmp_path / "ada.zip",
        **{"GROUP.txt": b"\x1b[31mx\n" + b"".join(b"%d\n" % n for n in range(10**5))},
    )
    (found,) = read_class(tmp_path)
    assert len(found.members) == 20
    assert found.members[0]["name"] == "\ufffd[31mx"
