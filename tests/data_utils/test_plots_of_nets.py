"""The pictures of nets and of their training."""

from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")

from data_utils import plots  # noqa: E402
from data_utils.plots import two_layer  # noqa: E402

SOLVER = SimpleNamespace(
    loss_history=[2.0, 1.0], train_acc_history=[0.1, 0.5], val_acc_history=[0.1, 0.4]
)
INPUTS = {0: [("w", "dw"), ("b", "db")], 1: [("y", "")]}
FIGURES = {
    "chain": lambda: plots.chain(["f", "g"], ["x", "a", "L"], ["dx", "da", "1"], INPUTS),
    "weight_grid": lambda: plots.weight_grid(
        np.random.default_rng(0).normal(size=(12, 5)), (3, 2, 2)
    ),
    "weight_grid of grey pictures": lambda: plots.weight_grid(np.eye(4), (1, 2, 2)),
    "loss_and_accuracy": lambda: plots.loss_and_accuracy(SOLVER),
    "curves": lambda: two_layer.curves({"A": [2.0, 1.0, 0.5], "B": [2.0, 9.0]}, top=4),
    "race": lambda: plots.race({"sgd": np.linspace(3, 1, 40), "adam": np.linspace(3, 0, 40)}),
}


@pytest.fixture
def drawn(monkeypatch):
    """The axes of the figure that a function draws."""
    plots.plt.close("all")
    monkeypatch.setattr(plots.plt, "show", lambda: None)
    yield lambda: plots.plt.gcf().axes
    plots.plt.close("all")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_and_nothing_returned(name, drawn):
    assert FIGURES[name]() is None
    assert len(plots.plt.get_fignums()) == 1


def test_a_chain_names_what_runs_forward_and_what_comes_back(drawn):
    FIGURES["chain"]()
    texts = [text.get_text() for text in drawn()[0].texts]
    assert {"f", "g", "x", "a", "L", "dx", "da", "1", "w", "dw", "b", "db", "y"} <= set(texts)


def test_an_arrow_without_a_gradient_does_not_come_back(drawn):
    FIGURES["chain"]()
    arrows = [text for text in drawn()[0].texts if getattr(text, "arrow_patch", None)]
    assert len(arrows) == 2 * 3 + 2 * 2 + 1


def test_a_curve_that_ends_early_ends_with_a_cross_within_the_scale(drawn):
    FIGURES["curves"]()
    whole, short = drawn()
    assert len(whole.lines) == 1 and len(short.lines) == 2
    assert short.lines[1].get_xydata().tolist() == [[1, 4]]
