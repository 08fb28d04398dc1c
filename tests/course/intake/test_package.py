"""Which of the modules handed in are the student's package, whatever it is called and lies in."""

import subprocess
import sys
import zipfile

import pytest

from course import stubs
from course.intake.source_text import as_utf8
from course.intake.submission import read_submission
from course.judge.stage import stage_package

CODE = b"def svm_loss_naive(): pass\n"
STUBS = {name: text.encode() for name, text in stubs.package().items()}


def handed_in(folder, files):
    """Write a zip of {name: bytes} and return the Submission that becomes of it."""
    with zipfile.ZipFile(folder / "them.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return read_submission(folder / "them.zip", "them")


def within(place, files):
    """Return files with their names below a folder."""
    return {f"{place}/{name}": content for name, content in files.items()}


@pytest.mark.parametrize("place, said", [("starter", False), ("a/b/starter", True)])
def test_a_package_far_down_is_found_and_it_is_told(place, said, tmp_path):
    found = handed_in(tmp_path, within(place, {"linear_svm.py": CODE}))
    assert found.files == {"linear_svm.py": CODE}
    assert found.remarks == [f"taken from the folder {place}, 3 levels down"] * said


def test_of_two_packages_that_contradict_each_other_the_one_named_starter_counts(tmp_path):
    old = within("old", {"linear_svm.py": CODE + b"# old", "softmax.py": b"old"})
    found = handed_in(tmp_path, {**old, **within("starter", {"linear_svm.py": CODE})})
    assert found.files == {"linear_svm.py": CODE}
    assert found.remarks == [
        "`old` is left out (linear_svm.py, softmax.py): `starter` counts: as many tasks are "
        "written there, 1, and it is newer or is called starter"
    ]


def test_of_two_packages_that_contradict_each_other_the_one_with_more_tasks_counts(tmp_path):
    both = CODE + b"def svm_loss_vectorized(): pass\n"
    files = {"final/linear_svm.py": both, "starter/linear_svm.py": CODE}
    found = handed_in(tmp_path, files)
    assert found.files == {"linear_svm.py": both}
    assert "`final` counts: 2 tasks are written there, and 1 here" in found.remarks[0]


def test_unfilled_stubs_never_hide_what_was_written_elsewhere(tmp_path):
    mine = within("mine", {"linear_svm.py": CODE})
    found = handed_in(tmp_path, {**within("starter", STUBS), **mine})
    assert found.files == {"linear_svm.py": CODE}


def test_unfilled_stubs_of_an_older_course_are_unfilled(tmp_path):
    older = {name: b"# An older course.\n" + content for name, content in STUBS.items()}
    mine = within("mine", {"linear_svm.py": CODE})
    found = handed_in(tmp_path, {**within("starter", older), **mine})
    assert found.files == {"linear_svm.py": CODE}


def test_of_a_whole_course_folder_starter_counts(tmp_path):
    files = {
        **within("course/stub_files", STUBS),
        **within("starter", {**STUBS, "softmax.py": CODE}),
    }
    assert handed_in(tmp_path, files).files["softmax.py"] == CODE


CS231N = {
    "cs231n/__init__.py": b"",
    "cs231n/layers.py": b"import numpy as np\n",
    "cs231n/classifiers/__init__.py": b"from cs231n.classifiers.linear_svm import *\n",
    "cs231n/classifiers/fc_net.py": b"from ..layers import *\nfrom ..layer_utils import *\n",
    "cs231n/classifiers/linear_classifier.py": b"from cs231n.classifiers.softmax import f\n",
    "cs231n/classifiers/softmax.py": b"from ..classifiers.linear_svm import *\n",
    "cs231n/classifiers/linear_svm.py": CODE,
}


def test_a_package_called_cs231n_is_read_as_starter(tmp_path):
    found = handed_in(tmp_path, within("assignment2", CS231N))
    assert found.files["fc_net.py"] == b"from .layers import *\nfrom .layer_utils import *\n"
    assert found.files["linear_classifier.py"] == b"from .softmax import f\n"
    assert found.files["softmax.py"] == b"from .linear_svm import *\n"
    assert found.files["linear_svm.py"] == CODE
    said = "the package is called cs231n: its modules were read as those of starter"
    assert found.remarks == [said]


def test_a_package_called_cs231n_runs(tmp_path):
    stage_package(tmp_path / "run", handed_in(tmp_path, CS231N).files)
    command = [sys.executable, "-c", "from starter.fc_net import np; print(np.__name__)"]
    ran = subprocess.run(command, cwd=tmp_path / "run", capture_output=True, text=True)
    assert ran.stdout == "numpy\n", ran.stderr


TEXT = "name = 'Zoë'\n"


@pytest.mark.parametrize(
    "content, guessed",
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), None),
        (TEXT.replace("\n", "\r\n").encode(), None),
        (TEXT.replace("\n", "\r").encode(), None),
        (TEXT.encode("latin-1"), "Latin-1"),
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"# -*- coding: no-such -*-\n" + TEXT.encode("latin-1"), "Latin-1"),
    ],
)
def test_a_module_becomes_plain_utf_8(content, guessed):
    text, said = as_utf8(content)
    assert text.decode().endswith(TEXT)
    assert said == guessed


@pytest.mark.parametrize("before", [b"", b"\n", b"# by me\n"])
def test_a_module_that_says_it_is_latin_1_is_read_so(before):
    content = before + b"# -*- coding: latin-1 -*-\n" + TEXT.encode("latin-1")
    text = before + b"# -*- coding: utf-8 -*-\n" + TEXT.encode()
    assert as_utf8(content) == (text, None)


@pytest.mark.parametrize("named", [b"punycode", b"undefined", b"rot13", b"utf-7", b"idna"])
def test_no_other_decoder_is_asked(named):
    content = b"# coding: " + named + b"\nx = 1\n"
    assert as_utf8(content) == (b"# coding: utf-8\nx = 1\n", "UTF-8")


def test_a_guess_is_told(tmp_path):
    found = handed_in(tmp_path, {"starter/softmax.py": TEXT.encode("latin-1")})
    assert found.remarks == ["starter/softmax.py is not UTF-8: it is read as Latin-1"]


def test_line_ends_make_no_other_package(tmp_path):
    both = [CODE, CODE.replace(b"\n", b"\r\n")]
    found = [handed_in(tmp_path, {"starter/linear_svm.py": code}) for code in both]
    assert len({s.sha256 for s in found}) == 1


def test_of_names_that_differ_by_case_the_one_in_which_more_is_written_counts(tmp_path):
    more = b"def softmax_loss_naive(): pass\n"
    found = handed_in(tmp_path, {"starter/softmax.py": b"x = 1", "starter/Softmax.py": more})
    assert found.files == {"softmax.py": more}
    said = (
        "starter/softmax.py is left out: starter/Softmax.py counts, in which more tasks are written"
    )
    assert found.remarks == [said]


def test_a_module_in_other_capitals_is_the_course_s(tmp_path):
    assert handed_in(tmp_path, {"starter/Linear_SVM.py": CODE}).files == {"linear_svm.py": CODE}


def test_notebooks_without_a_package_are_refused_and_say_what_to_hand_in(tmp_path):
    found = handed_in(tmp_path, {"1_svm.ipynb": b"{}"})
    assert "none of the course's" in found.problem
    assert "`starter`" in found.todo


def test_an_archive_in_an_archive_is_refused(tmp_path):
    inner = tmp_path / "inner"
    inner.mkdir()
    handed_in(inner, {"starter/softmax.py": CODE})
    found = handed_in(tmp_path, {"them.zip": (inner / "them.zip").read_bytes()})
    assert "holds another archive, 'them.zip'" in found.problem
    assert "once" in found.todo


def test_what_lies_in_hidden_folders_is_not_looked_at(tmp_path):
    hidden = {f".git/objects/{n}": b"" for n in range(6_000)}
    found = handed_in(tmp_path, {**hidden, ".venv/softmax.py": b"", "starter/softmax.py": CODE})
    assert found.files == {"softmax.py": CODE}


def test_a_git_clone_is_a_folder(tmp_path):
    for place in (".git", "starter"):
        (tmp_path / "ada" / place).mkdir(parents=True)
        (tmp_path / "ada" / place / "softmax.py").write_bytes(CODE)
    (tmp_path / "ada" / ".git" / "link").symlink_to("/etc/passwd")
    assert read_submission(tmp_path / "ada", "ada").files == {"softmax.py": CODE}
