"""`course submit`: what is handed in, and nothing else."""

import io
import json
import shutil
import zipfile

import pytest
from click.testing import CliRunner

from course import notebook, paths, stubs
from course.commands import status, submit, watch
from course.intake import own_notebooks
from course.intake.submission import read_submission
from course.text import pack


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A student's folder in which the course is solved, with a space in its path."""
    folder = tmp_path / "my course"
    for name, source in (("starter", paths.SOLUTIONS), ("assignments", paths.ASSIGNMENTS)):
        shutil.copytree(source, folder / name)
    monkeypatch.setattr(paths, "STARTER", folder / "starter")
    monkeypatch.setattr(paths, "ASSIGNMENTS", folder / "assignments")
    return folder


def hand_in(*words):
    """Run `course submit`; return what it printed and its exit code."""
    ran = CliRunner().invoke(submit.submit, [str(word) for word in words])
    return " ".join(ran.output.split()), ran.exit_code


def names(path):
    """Return the names of the files in a zip."""
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def write_answer(folder, name, text):
    """Write an answer below the first question of a notebook."""
    path = folder / "assignments" / f"{name}.ipynb"
    document = notebook.read(path)
    asked = [
        cell for cell in document["cells"] if own_notebooks.QUESTION.search("".join(cell["source"]))
    ]
    place = document["cells"].index(asked[0]) + 1
    document["cells"].insert(place, {"cell_type": "markdown", "metadata": {}, "source": text})
    path.write_text(json.dumps(document), encoding="utf-8")


def test_what_is_graded_is_what_was_written(mine):
    (mine / "starter" / "mine.py").write_text("SLOPE = 0.1\n")
    hand_in(mine / "s.zip")
    graded = read_submission(mine / "s.zip", "student")
    written = [*stubs.task_modules(), "mine.py"]
    assert graded.problem is None
    assert graded.files == {
        name: (mine / "starter" / name).read_bytes() for name in sorted(written)
    }


def test_nothing_else_is_packed(mine):
    for name in ("data.npz", ".env", "token.txt", "__pycache__/optim.cpython-311.pyc"):
        (mine / "starter" / name).parent.mkdir(exist_ok=True)
        (mine / "starter" / name).write_bytes(b"private")
    (mine / "starter" / "solver.py").write_text("changed = True\n")
    hand_in(mine / "s.zip")
    assert names(mine / "s.zip") == [f"starter/{name}" for name in stubs.task_modules()]


def test_a_copy_in_a_folder_within_starter_is_not_what_is_handed_in(mine):
    shutil.copytree(mine / "starter", mine / "starter" / "old")
    (mine / "starter" / "optim.py").write_text(stubs.package()["optim.py"])
    hand_in(mine / "s.zip")
    packed = read_submission(mine / "s.zip", "student").files
    assert packed["optim.py"].decode() == stubs.package()["optim.py"]


@pytest.mark.parametrize("command", [status.status, watch.watch, submit.submit])
def test_a_folder_without_modules_is_named(mine, command):
    shutil.rmtree(mine / "starter")
    (mine / "starter").mkdir()
    ran = CliRunner().invoke(command, [])
    assert ran.exit_code == 2
    assert "my course/starter: there is no file in it" in ran.output


def test_a_notebook_with_an_answer_is_packed_without_its_outputs(mine):
    write_answer(mine, "1_svm", "**Answer:** It grows with the margin.")
    message, _ = hand_in(mine / "s.zip")
    assert "assignments/1_svm.ipynb written answers: 1" in message
    assert [name for name in names(mine / "s.zip") if "ipynb" in name] == [
        "assignments/1_svm.ipynb"
    ]
    (answer,) = read_submission(mine / "s.zip", "student").answers
    assert (answer["notebook"], answer["answer"]) == ("1_svm", "It grows with the margin.")
    with zipfile.ZipFile(mine / "s.zip") as archive:
        document = json.loads(archive.read("assignments/1_svm.ipynb"))
    assert not [cell for cell in document["cells"] if cell.get("outputs")]


def test_a_notebook_that_cannot_be_read_is_named_and_nothing_is_written(mine):
    (mine / "assignments" / "3_cnn.ipynb").write_text("{")
    message, code = hand_in(mine / "s.zip")
    assert code == 2
    assert "3_cnn.ipynb cannot be read as a notebook" in message
    assert not (mine / "s.zip").exists()


def test_the_same_work_gives_the_same_archive(mine):
    hand_in(mine / "one.zip")
    (mine / "starter" / "optim.py").touch()
    hand_in(mine / "two.zip")
    assert (mine / "one.zip").read_bytes() == (mine / "two.zip").read_bytes()


def test_files_in_an_archive_may_be_read_and_bear_one_time():
    with zipfile.ZipFile(io.BytesIO(pack({"starter/f.py": b"x = 1\n"}))) as archive:
        (about,) = archive.infolist()
        assert archive.read(about) == b"x = 1\n"
    assert (about.date_time, about.external_attr >> 16) == ((1980, 1, 1, 0, 0, 0), 0o644)


def test_what_is_still_to_write_is_told_by_file_and_counted(mine):
    (mine / "starter" / "im2col.py").write_text(stubs.package()["im2col.py"])
    half = stubs.package()["optim.py"].replace("raise NotImplementedError(", "print(", 1)
    (mine / "starter" / "optim.py").write_text(half)
    (mine / "starter" / "pooling.py").unlink()
    (mine / "starter" / "softmax.py").write_text("def softmax_loss_naive(W, X:\n")
    message, code = hand_in(mine / "s.zip")
    assert code == 0
    assert "starter/im2col.py nothing written yet" in message
    assert "starter/optim.py still to write: rmsprop, adam" in message
    assert "starter/pooling.py not there: it counts as not written" in message
    assert (
        "starter/softmax.py Python cannot read it: '(' was never closed (this file, line 1)"
        in message
    )
    assert "10 stubs are still to be written" in message


def test_a_given_module_that_was_changed_is_named(mine):
    (mine / "starter" / "solver.py").write_text("changed = True\n")
    message = "the course's own files take the place of what was given: solver.py"
    assert message in hand_in(mine / "s.zip")[0]


def test_modules_and_folders_that_a_student_adds_are_packed_and_graded(mine):
    (mine / "starter" / "utils").mkdir()
    (mine / "starter" / "utils" / "tools.py").write_text("def double(x): return 2 * x\n")
    message, code = hand_in(mine / "s.zip")
    assert code == 0 and "starter/utils/tools.py your own" in message
    packed = read_submission(mine / "s.zip", "student").files
    assert packed["utils/tools.py"] == b"def double(x): return 2 * x\n"


def test_what_is_left_out_is_named(mine):
    shutil.copytree(mine / "starter", mine / "starter" / "old")
    (mine / "assignments" / "scratch.ipynb").write_text('{"cells": []}')
    message, _ = hand_in(mine / "s.zip")
    assert "left out: starter/old/optim.py: it lies in a copy of the package" in message
    assert "left out: assignments/scratch.ipynb: it is not one of the course's notebooks" in message
    assert "left out: assignments/1_svm.ipynb: no written answer is in it" in message


@pytest.mark.parametrize("label", ["", "## Answer\n", "- Answer: "])
def test_answers_are_listed_question_by_question(mine, label):
    write_answer(mine, "1_svm", f"{label}It grows.")
    copy = mine / "assignments" / "1_svm (1).ipynb"
    (mine / "assignments" / "1_svm.ipynb").rename(copy)
    message, _ = hand_in(mine / "s.zip")
    assert "assignments/1_svm (1).ipynb written answers: 1 of 6 questions" in message
    assert "question 1: It grows." in message
    assert read_submission(mine / "s.zip", "student").answers[0]["answer"] == "It grows."


def test_what_was_handed_in_before_is_kept_with_a_number(mine):
    for number, content in enumerate(["first", "second"], 1):
        (mine / "s.zip").write_text(content)
        message, code = hand_in(mine / "s.zip")
        assert code == 0 and f"The s.zip of before is s-{number}.zip now." in message
        assert (mine / f"s-{number}.zip").read_text() == content
        assert zipfile.is_zipfile(mine / "s.zip")
    assert (mine / "s-1.zip").read_text() == "first"


@pytest.mark.parametrize(
    "dest, message",
    [
        ("nowhere/s.zip", "nowhere is not a folder; name one that exists"),
        ("s.rar", "does not end in .zip; name the archive to write"),
        ("assignments/../folder.zip", "cannot be written: Is a directory"),
    ],
)
def test_a_place_where_no_archive_can_be_is_refused(mine, dest, message):
    (mine / "folder.zip").mkdir()
    said, code = hand_in(mine / dest)
    assert code == 2
    assert message in said


def test_a_module_that_is_too_large_is_named(mine):
    (mine / "starter" / "optim.py").write_bytes(b"#" * (2**20 + 1))
    message, code = hand_in(mine / "s.zip")
    assert code == 0
    assert "optim.py is left out: it is too large" in message
    assert "starter/optim.py not there: it counts as not written" in message
