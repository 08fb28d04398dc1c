"""NumPy's warnings in a check stand below its sentence, or not at all where that says why."""

import warnings
from types import SimpleNamespace

import numpy as np
import pytest

from data_utils.notebook import warned
from data_utils.verdicts import CheckFailed

CHECK = "# Check 9 (3 points): softmax_loss_naive, the loss\n"


def run(cell, error=None, message="overflow", category=RuntimeWarning):
    """Let a cell warn twice, and end with an error or none; return what came before its end."""
    held, before = warned.Held(), []
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        held.hold(SimpleNamespace(raw_cell=cell))
        for _ in range(2):
            warnings.warn(message, category, stacklevel=1)
        before = list(seen)
        held.tell(SimpleNamespace(error_in_exec=error))
        warnings.warn("later", RuntimeWarning, stacklevel=1)
        assert len(seen) == len(before) + 1  # afterwards all is as it was
    return before


@pytest.mark.parametrize("error", [None, CheckFailed("nan", "nan"), ValueError()])
def test_a_warning_in_a_check_is_told_once_below_its_sentence(error, capsys):
    assert not run(CHECK, error)
    said = capsys.readouterr().err
    assert said.startswith("NumPy warns of this: overflow, in tests/data_utils/test_warned.py, ")
    assert said.count("\n") == 1


def test_a_warning_is_not_told_where_the_cause_is_named(capsys):
    assert not run(CHECK, CheckFailed("exp is missing", "no-exp", explained=True))
    assert capsys.readouterr().err == ""


def test_other_warnings_and_other_cells_are_as_before(capsys):
    assert len(run(CHECK, category=DeprecationWarning)) == 2
    assert len(run("x = 1\n")) == 2
    assert capsys.readouterr().err == ""


def test_numpy_warns_in_a_way_that_is_held_back(capsys):
    held = warned.Held()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        held.hold(SimpleNamespace(raw_cell=CHECK))
        np.exp(np.array([1e4]))
        assert [text for text, _, _ in held.found] == ["overflow encountered in exp"]
        held.tell(SimpleNamespace(error_in_exec=None))
    assert "overflow encountered in exp" in capsys.readouterr().err
