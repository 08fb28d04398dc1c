"""The table of a class in the terminal."""

import pytest

from course.commands.terminal import console, show_marks
from course.outcome import Outcome, Row

REASON = "Every entry is 4 times too large, and there are N = 4 examples: " + "so divide by N " * 9


@pytest.mark.parametrize("width", [80, 200])
def test_no_reason_is_cut(width, monkeypatch):
    monkeypatch.setattr(console, "width", width)
    about = {"notebook": "1_svm", "check": 1, "task": "svm_loss_naive", "points": 0}
    outcome = Outcome(**about, max_points=4, verdict="failed", message=REASON)
    with console.capture() as captured:
        show_marks([Row("ada", [outcome])])
    shown = captured.get().split()
    assert all(shown.count(word) >= REASON.split().count(word) for word in REASON.split())
    assert "…" not in captured.get()
