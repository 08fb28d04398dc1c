"""The table of benchmarks: its parts run, on tiny sizes, and its peers compute the same."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.grading import large, parts
from benchmarks.table import __main__ as table
from benchmarks.table import contest, gradients, layers, loading, nets, spent


class Clock:
    """A clock that shows what the contenders make of it."""

    now = 0.0

    def __call__(self):
        return self.now

    def runner(self, *seconds):
        """Return a function whose calls take these seconds in turn, and the last from then on."""
        left = list(seconds)

        def run():
            self.now += left.pop(0) if len(left) > 1 else left[0]

        return run


def test_the_fastest_call_counts_and_the_aim_is_a_share_of_the_peers_time():
    clock = Clock()
    rivals = clock.runner(0.5, 0.01, 0.02), clock.runner(0.04)
    row = contest.held(contest.Contest("race", *rivals, aim=0.3, times=100), clock)
    assert (row.ours, row.peer) == (pytest.approx(1.0), pytest.approx(4.0))
    assert row.verdict == "met"
    assert table.line(row).split()[:8] == ["race", "1.0", "s", "4.0", "s", "0.25x", "0.30", "met"]


def test_slow_contenders_are_called_twice():
    clock = Clock()
    row = contest.held(contest.Contest("slow", clock.runner(9, 7, 1), clock.runner(5, 6)), clock)
    assert (row.ours, row.peer, row.verdict) == (7, 5, "")


def test_every_layer_of_the_table_runs(monkeypatch):
    monkeypatch.setattr(layers, "SHAPES", ((2, 3, 6, 4, 3, 1, 1),))
    monkeypatch.setattr(layers, "POOLS", ((2, 3, 6, 2, 2),))
    monkeypatch.setattr(layers, "NORMS", ((4, 3), (2, 3, 4, 4)))
    monkeypatch.setattr(layers, "SCORES", ((4, 3),))
    for one in layers.contests():
        one.ours(), one.bound()


def test_what_is_spent_is_named_down_to_the_folder_of_the_fast_layers(monkeypatch):
    monkeypatch.setattr(layers, "SHAPES", ((2, 3, 6, 4, 3, 1, 1),))
    functions = spent.profile(next(layers.contests()).ours)
    assert {name.split(".")[0] for name in functions} > {"fast_layers", "sheets", "threads"}


def test_every_net_of_the_table_steps(monkeypatch):
    small = {name: replace(net, batch=2) for name, net in nets.NETS.items()}
    monkeypatch.setattr(nets, "NETS", small)
    monkeypatch.setattr(nets, "DRAWN", 20)
    for one in nets.contests():
        one.ours(), one.bound()


def test_the_two_ways_to_load_agree():
    with loading.archive(20) as folder:
        data, (X_train, y_train, X_val, _, X_test, _) = (
            way(folder, 20) for way in (loading.ours, loading.theirs)
        )
    for name, theirs in {"X_train": X_train, "X_val": X_val, "X_test": X_test}.items():
        np.testing.assert_allclose(data[name], theirs, atol=1e-4)
    assert np.array_equal(data["y_train"], y_train)


def test_entry_by_entry_a_right_gradient_shows_no_error_and_a_wrong_one_does():
    x = np.random.default_rng(0).normal(size=(2, 3))
    assert gradients.theirs("dx", lambda x: np.sum(x**2), x, 2 * x) < 1e-8
    assert gradients.theirs("dx", lambda x: np.sum(x**2), x, 3 * x) > 0.1


def test_only_the_lines_that_are_asked_for_are_measured(monkeypatch):
    said = contest.Row("table", 1.0)
    monkeypatch.setattr(loading, "ROWS", {"table": lambda name, clock: said, "other": None})
    monkeypatch.setattr(table, "PARTS", (loading,))
    assert list(table.rows("table", None)) == [said]


def test_seconds_count_for_the_innermost_part_that_they_are_spent_in(monkeypatch):
    now = Clock()
    monkeypatch.setattr(parts.time, "process_time", now)
    clock = parts.Clock()
    with clock.part("outer"):
        now.now += 1
        with clock.part("inner"):
            now.now += 4
        now.now += 2
    now.now += 8
    assert clock.spent == {"outer": 3, "inner": 4}


def test_the_report_of_made_up_records_is_written(tmp_path, capsys):
    large.report(tmp_path, 100)
    assert (tmp_path / "index.html").exists() and len(list(tmp_path.glob("students/*.html"))) > 3
    assert "write two pages for each student" in capsys.readouterr().out
