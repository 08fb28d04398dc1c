"""A task that a check waits for is put down to the check that it belongs to."""

import pytest

from course import paths
from data_utils import record, verdicts
from data_utils.headings import heading
from data_utils.notebook import owner, show

NORM, NET = paths.ASSIGNMENTS / "4_batchnorm.ipynb", "# Check 10 (4 points): FullyConnectedNet"


@pytest.fixture(autouse=True)
def kept(tmp_path, monkeypatch):
    """A record of one's own, empty, where nobody grades."""
    monkeypatch.setattr(record, "FILE", tmp_path / ".progress")
    monkeypatch.delenv("COURSE_SEED", raising=False)


def said(task, check=NET, path=NORM):
    """Return the line on a task that is not written, below a check."""
    failure = verdicts.NotWritten(f"{task} is not written yet", task=task)
    return show.way_on(failure, check, path)


def passed(line):
    """Let a check have passed."""
    record.add(line, heading(line).task, "passed")


def line_of(path, number):
    """Return the first line of a check of a notebook."""
    lines = owner.progress.first_lines(path)
    return next(line for line in lines if heading(line) and heading(line).number == number)


def test_a_task_of_an_earlier_notebook_is_named_with_its_check_and_notebook():
    line = "affine_forward is the task of check 1 of 2_two_layer_net.ipynb: write it first."
    assert said("affine_forward") == said("affine_forward", path=None) == [line]


def test_a_task_of_the_same_notebook_is_named_by_its_check():
    line = "layernorm_backward is the task of check 9: write it first."
    assert said("layernorm_backward") == [line]


def test_of_a_checks_own_task_nothing_more_is_said():
    own = line_of(NORM, 1)
    assert not said("kaiming_initializer", own)
    assert not said("fans", own)
    for number in (3, 4, 5, 22):
        assert not said("batchnorm_forward", line_of(NORM, number))


def test_a_class_that_grows_is_the_first_check_s_that_has_not_passed():
    first = ["FullyConnectedNet is the task of check 16 of 2_two_layer_net.ipynb: write it first."]
    assert said("FullyConnectedNet.forward", line_of(NORM, 10)) == first
    passed(line_of(paths.ASSIGNMENTS / "2_two_layer_net.ipynb", 16))
    assert not said("FullyConnectedNet.hidden_forward", line_of(NORM, 10))
    later = ["FullyConnectedNet is the task of check 10: write it first."]
    assert said("FullyConnectedNet.hidden_forward", line_of(NORM, 17)) == later


def test_a_method_with_a_check_of_its_own_is_not_put_down_to_its_class():
    assert "of check 4 of 5_lenet.ipynb" in said("LeNet5.conv_forward")[0]


def test_nothing_is_said_where_it_is_graded_or_no_check_runs(monkeypatch):
    assert not said("affine_forward", "affine_forward(x, w, b)")
    monkeypatch.setenv("COURSE_SEED", "1")
    assert not said("affine_forward")
