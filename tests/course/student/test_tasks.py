"""Where tasks are written, and which of them are still stubs."""

import re
from fnmatch import fnmatchcase

import pytest

from course import hints, notebook, paths, stubs
from course.intake.submission import read_submission
from course.student import tasks

CHECKS = [(path, check) for path in paths.notebooks() for check in notebook.checks(path)]


@pytest.mark.parametrize("package", [paths.STARTER, paths.SOLUTIONS], ids=lambda path: path.name)
def test_the_tasks_of_every_check_have_a_module_and_a_line(package):
    files = read_submission(package, "student").files
    for _, check in CHECKS:
        found = tasks.places(check.task, files)
        assert found, check
        names = {name.split(".")[-1] for name in hints.names(check.task)}
        for module, line in found.items():
            text = tasks.text_of(module, files).splitlines()[line - 1]
            made = re.search(r"\b(?:def|class) (\w+)", text)[1]
            assert any(fnmatchcase(made, name) for name in names)


def test_a_task_in_a_module_that_python_cannot_read_has_no_line():
    files = {"linear_svm.py": b"def svm_loss_naive(W, X:\n"}
    assert tasks.places("svm_loss_naive, the loss", files) == {"linear_svm.py": None}


def test_a_task_that_was_written_in_layers_is_looked_for_there_first():
    files = {"layers.py": b"def im2col():\n    return 1\n"}
    assert list(tasks.places("im2col", files)) == ["layers.py", "im2col.py"]


def test_every_stub_is_unwritten_and_no_solution():
    files = {name: text.encode() for name, text in stubs.package().items()}
    assert list(tasks.unwritten(files)) == stubs.task_modules()
    assert tasks.unwritten(read_submission(paths.SOLUTIONS, "student").files) == {}


def test_a_stub_is_unwritten_until_its_own_line_is_gone():
    text = stubs.package()["linear_svm.py"]
    line = '    raise NotImplementedError("svm_loss_naive is yours to write")\n'
    assert line in text
    written = text.replace(line, f"    return 1.0, W  #{line}")
    found = tasks.unwritten({"linear_svm.py": written.encode()})
    assert found["linear_svm.py"] == ["svm_loss_vectorized"]


def test_a_module_that_is_not_there_is_unwritten():
    files = read_submission(paths.SOLUTIONS, "student").files
    del files["optim.py"]
    assert tasks.unwritten(files) == {"optim.py": ["sgd_momentum", "rmsprop", "adam"]}


def test_a_stub_whose_task_was_written_in_layers_is_not_missed():
    files = read_submission(paths.SOLUTIONS, "student").files
    files["convolution.py"] = stubs.package()["convolution.py"].encode()
    assert list(tasks.unwritten(files)) == ["convolution.py"]
    files["layers.py"] += b"\ndef conv_forward_naive():\n    pass\n"
    files["layers.py"] += b"\ndef conv_backward_naive():\n    pass\n"
    assert tasks.unwritten(files) == {}
