"""`course watch`: a saved file, and the checks of its tasks; no others."""

import os
import queue
import signal
import subprocess
import sys
import threading

import pytest

from course import notebook, paths
from course.intake.submission import read_submission
from course.judge.jobs import Job, outcomes
from course.release import folders
from course.student import watch
from data_utils import headings

SECONDS = 60
"""How long a busy machine may take to answer."""


def test_what_was_saved_appeared_or_went_is_told_and_nothing_else(tmp_path):
    for name in ("same.py", "saved.py", "gone.py", "notes.txt"):
        (tmp_path / name).write_text("1")

    def save(_):
        (tmp_path / "saved.py").write_text("22")
        (tmp_path / "new.py").write_text("1")
        (tmp_path / "notes.txt").write_text("22")
        (tmp_path / ".~saved.py").write_text("22")
        (tmp_path / "gone.py").unlink(missing_ok=True)

    assert next(watch.saves(tmp_path, save)) == {"saved.py", "new.py", "gone.py"}


def test_nothing_is_told_while_nothing_is_saved(tmp_path):
    waits = iter([None, None, lambda: (tmp_path / "late.py").write_text("1")])
    following = watch.saves(tmp_path, lambda _: (next(waits) or (lambda: None))())
    assert next(following) == {"late.py"}
    assert not list(waits)


def test_a_module_with_tasks_concerns_itself_alone():
    files = {"layers.py": b"", "fc_net.py": b"from .layers import affine_forward"}
    assert watch.concerned({"layers.py"}, files) == {"layers.py"}


def test_a_helper_concerns_what_mentions_it_directly_or_through_another():
    files = {
        "mine.py": b"",
        "deeper.py": b"from . import mine",
        "optim.py": b"from .deeper import f",
        "layers.py": b"from . import mined",
        "fc_net.py": b"from .optim import adam",
    }
    assert watch.concerned({"mine.py"}, files) == {"mine.py", "deeper.py", "optim.py"}


def test_the_checks_of_the_saved_module_are_affected_in_every_notebook_that_has_some():
    files = read_submission(paths.SOLUTIONS, "student").files
    affected = watch.affected({"fc_net.py"}, files)
    assert {path.stem for path in affected} == {"2_two_layer_net", "4_batchnorm"}
    found = [c for path, only in affected.items() for c in notebook.checks(path, only=only)]
    for check in found:
        tasks = {name.split(".")[0] for name in check.task.split(",")[0].split(" and ")}
        assert tasks & {"TwoLayerNet", "FullyConnectedNet"}


def test_a_job_of_some_checks_has_outcomes_of_these_alone():
    class Silent:
        def start(self, *_):
            return open(os.devnull, "rb")

    submission = read_submission(paths.STARTER, "student")
    job = Job(submission, paths.notebooks()[0], 0, "none", only=frozenset({2, 5}))
    assert [o.check for o in outcomes(job, Silent())] == [2, 5]


def test_of_a_notebook_only_the_checks_that_are_meant_are_kept():
    cells = [
        {"cell_type": "code", "source": source}
        for source in ("# Set-up", "# Check 1 (2 points): f", "# Check 2 (2 points): g, given f")
    ]
    kept = notebook.graded({"cells": cells}, names_given=lambda words: {"layers": words}, only={2})[
        "cells"
    ]
    assert [notebook.first_line(cell["source"]) for cell in kept] == [
        "# Set-up",
        *["# Check 2 (2 points): g, given f"] * 2,
    ]


class Watching:
    """`course watch` in a student's folder, and the lines that it prints as they come."""

    def __init__(self, folder):
        self.starter = folder / "starter"
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "course.commands", "watch"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.lines = queue.Queue()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip())

    def until(self, words, seconds=SECONDS):
        """Return the lines up to the one that holds some words."""
        found = []
        while not found or words not in found[-1]:
            found.append(self.lines.get(timeout=seconds))
        return found

    def save(self, name, text):
        """Save a module, and return the lines until that is noticed."""
        self.put(name, text)
        return self.until(name)

    def put(self, name, text):
        """Put a new file in a module's place, all at once, as editors do."""
        new = self.starter / f".~{name}"
        new.write_text(text, encoding="utf-8")
        new.replace(self.starter / name)


@pytest.fixture
def watching(tmp_path):
    """`course watch`, which has said that it waits for a save."""
    folders.student(tmp_path / "my course")
    watching = Watching(tmp_path / "my course")
    watching.until("Ctrl-C")
    yield watching
    watching.process.kill()
    watching.process.wait()


SVM = (paths.SOLUTIONS / "linear_svm.py").read_text()
SVM_TO_DO = "\n\ndef svm_loss_vectorized(W, X, y, reg):\n    " + headings.stub_line(
    "svm_loss_vectorized"
)
NAIVE = SVM.partition("\n\ndef svm_loss_vectorized")[0] + SVM_TO_DO


@pytest.mark.skipif("sys.platform == 'win32'", reason="Windows sends no single process a Ctrl-C")
def test_a_saved_task_is_checked_and_ctrl_c_ends_it_quietly(watching):
    watching.save("optim.py", (paths.SOLUTIONS / "optim.py").read_text())
    found = "\n".join(watching.until("Check 14"))
    assert "✓ Check 12    3/3  sgd_momentum" in found
    assert "affine" not in found
    watching.process.send_signal(signal.SIGINT)
    assert watching.process.wait(SECONDS) == 0
    assert "Traceback" not in "\n".join(watching.lines.queue)


def test_a_save_tells_what_is_new_in_full_and_all_else_in_a_line(watching):
    watching.save("linear_svm.py", NAIVE)
    found = watching.until("still to write")
    assert found[1:] == [
        "✓ Check  1    4/4  svm_loss_naive, the loss",
        "✓ Check  2    4/4  svm_loss_naive, the gradient",
        "· still to write, for checks 3, 4, 16 and 17: svm_loss_vectorized",
    ]
    watching.save("linear_svm.py", NAIVE.replace("2 * reg", "reg"))
    found = watching.until("still to write")
    assert found[1].startswith("✗ Check  2") and "  It passed before this." in found
    assert found[-2:-1] == ["✓ check 1: as before"]


def test_a_file_that_cannot_be_read_is_told_once_though_none_of_its_tasks_is_written(watching):
    told = watching.save("layers.py", "def f(:\n")
    told += watching.until("Python cannot read starter/layers.py, line 1")
    watching.save("linear_svm.py", NAIVE)
    told += watching.until("still to write")
    assert "\n".join(told).count("✗") == 1


def test_a_file_that_cannot_be_read_keeps_none_from_being_checked_that_is_saved_with_it(watching):
    watching.process.send_signal(signal.SIGSTOP)
    watching.put("layers.py", "def f(:\n")
    watching.put("linear_svm.py", NAIVE)
    watching.process.send_signal(signal.SIGCONT)
    told = "\n".join(watching.until("still to write"))
    assert "Python cannot read starter/layers.py, line 1" in told
    assert "✓ Check  1    4/4  svm_loss_naive, the loss" in told


def test_a_line_that_keeps_a_file_from_being_imported_is_told_once(watching):
    watching.save("linear_svm.py", "import nothing_like_it\n" + SVM)
    found = "\n".join(watching.until("still to write"))
    assert found.count("✗") == 1 and "No module named 'nothing_like_it'" in found
