"""Bulk downloads of Canvas, Moodle and Gradescope: who is who, and which copy counts."""

import os
import zipfile

import pytest

from course.intake.downloads import read_class
from course.intake.submission import files_of

OLD = b"def svm_loss_naive(): return 'old'\n"
NEW = b"def svm_loss_naive(): return 'new'\n"


def pack(path, content=OLD):
    """Write a zip with one module of the course."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("starter/linear_svm.py", content)


def only(folder):
    """Return the one Submission in a folder."""
    (found,) = read_class(folder)
    assert not found.problem, found.problem
    return found


def test_of_canvass_copies_the_one_with_the_largest_file_number_counts(tmp_path):
    pack(tmp_path / "lovelaceada_4711_90001_starter.zip")
    pack(tmp_path / "lovelaceada_4711_90010_starter-1.zip", NEW)
    found = only(tmp_path)
    assert files_of(found) == {"linear_svm.py": NEW}
    assert (found.id, found.name, found.number) == ("lovelaceada_4711", "lovelaceada", "4711")
    (said,) = found.remarks
    assert said.startswith("`starter.zip/starter` is left out (linear_svm.py): `starter-1.zip/st")


def test_a_file_number_with_more_digits_is_newer(tmp_path):
    pack(tmp_path / "lovelaceada_4711_99999_starter.zip")
    pack(tmp_path / "lovelaceada_4711_100000_starter.zip", NEW)
    assert files_of(only(tmp_path)) == {"linear_svm.py": NEW}


def test_canvas_says_who_was_late(tmp_path):
    pack(tmp_path / "lovelaceada_LATE_4711_90001_starter.zip")
    assert (only(tmp_path).id, only(tmp_path).remarks) == ("lovelaceada_4711", ["late"])


def test_canvas_may_leave_names_out(tmp_path):
    pack(tmp_path / "anon_x7Yz1_90001_starter.zip")
    pack(tmp_path / "LATE_anon_Qq2_90002_starter.zip")
    assert [(s.id, s.remarks) for s in read_class(tmp_path)] == [
        ("anon_Qq2", ["late"]),
        ("anon_x7Yz1", []),
    ]


def test_modules_handed_in_one_by_one_count_together(tmp_path):
    (tmp_path / "lovelaceada_4711_90001_linear_svm-2.py").write_bytes(OLD)
    (tmp_path / "lovelaceada_4711_90002_softmax.py").write_bytes(NEW)
    assert files_of(only(tmp_path)) == {"linear_svm.py": OLD, "softmax.py": NEW}


def test_names_that_only_look_like_canvass_are_names(tmp_path):
    for student in ("ada", "barbara"):
        pack(tmp_path / f"hw_2026_10_{student}.zip")
    assert [s.id for s in read_class(tmp_path)] == ["hw_2026_10_ada", "hw_2026_10_barbara"]


@pytest.mark.parametrize(
    "name",
    [
        "Zoë van Dam_815_assignsubmission_file_/starter.zip",
        "Zoë van Dam_815_assignsubmission_file/starter.zip",
        "Zoë van Dam_815_assignsubmission_file_starter.zip",
    ],
)
def test_moodles_names_in_folders_and_without(name, tmp_path):
    pack(tmp_path / name)
    found = only(tmp_path)
    assert (found.id, found.name, found.number) == ("Zoë_van_Dam_815", "Zoë van Dam", "815")


def test_in_moodles_folder_the_package_may_lie_unpacked(tmp_path):
    folder = tmp_path / "Zoë van Dam_815_assignsubmission_file_"
    folder.mkdir()
    (folder / "linear_svm.py").write_bytes(OLD)
    assert files_of(only(tmp_path)) == {"linear_svm.py": OLD}


def test_what_was_typed_into_moodle_does_not_hide_the_file(tmp_path):
    pack(tmp_path / "Zoë_815_assignsubmission_file_" / "starter.zip")
    typed = tmp_path / "Zoë_815_assignsubmission_onlinetext_"
    typed.mkdir()
    (typed / "onlinetext.html").write_text("Dear all")
    assert files_of(only(tmp_path)) == {"linear_svm.py": OLD}


def test_of_several_archives_in_a_folder_the_newest_counts(tmp_path):
    folder = tmp_path / "Zoë_815_assignsubmission_file_"
    pack(folder / "a.zip", NEW)
    pack(folder / "b.zip", OLD)
    os.utime(folder / "b.zip", (1, 1))
    found = only(tmp_path)
    assert files_of(found) == {"linear_svm.py": NEW}
    (said,) = found.remarks
    assert said.startswith("`b.zip/starter` is left out (linear_svm.py): `a.zip/starter` counts")


EXPORT = """\
---
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '4711'
    :email: ada@example.org
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: 2026-11-20 10:00:00.000000000 Z
  :score: 0.0
submission_2:
  :submitters:
  - :name: Zoë
    :sid:
    :email: zoe@example.org
"""


@pytest.mark.parametrize("place", ["", "assignment_99_export"])
def test_gradescopes_export_says_who_is_who(place, tmp_path):
    export = tmp_path / place
    for number in (1, 2):
        (export / f"submission_{number}").mkdir(parents=True)
        (export / f"submission_{number}" / "linear_svm.py").write_bytes(OLD)
    (export / "submission_metadata.yml").write_text(EXPORT, encoding="utf-8")
    assert [(s.id, s.name, s.number, s.email) for s in read_class(tmp_path)] == [
        ("Ada_Lovelace_4711", "Ada Lovelace", "4711", "ada@example.org"),
        ("Zoë", "Zoë", "", "zoe@example.org"),
    ]


def test_a_group_s_submission_names_the_others(tmp_path):
    text = "submission_1:\n  :submitters:\n  - :name: Ada\n  - :name: Zoë\n"
    (tmp_path / "submission_metadata.yml").write_text(text, encoding="utf-8")
    (tmp_path / "submission_1").mkdir()
    (tmp_path / "submission_1" / "softmax.py").write_bytes(OLD)
    assert (only(tmp_path).id, only(tmp_path).remarks) == ("Ada", ["handed in together with Zoë"])


def test_what_other_programs_leave_in_a_folder_was_handed_in_by_nobody(tmp_path):
    pack(tmp_path / "ada.zip")
    for name in (".DS_Store", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "__MACOSX").mkdir()
    assert [s.id for s in read_class(tmp_path)] == ["ada"]
