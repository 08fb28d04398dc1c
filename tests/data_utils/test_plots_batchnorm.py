"""The pictures of normalisation and of deep nets."""

from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")

from data_utils.plots import batchnorm  # noqa: E402

SOLVER = SimpleNamespace(train_acc_history=[0.1, 0.5], val_acc_history=[0.1, 0.4])
BELL = np.random.default_rng(0).normal(size=500)
FIGURES = {
    "histograms": lambda: batchnorm.histograms({"a": [BELL, 9 + BELL]}, ["1", "2"]),
    "by_layer": lambda: batchnorm.by_layer({"a": [1, 1.0], "b": [1, 0.1]}, "spread"),
    "batchnorm_graph": batchnorm.batchnorm_graph,
    "blocks": batchnorm.blocks,
    "against": lambda: batchnorm.against([1, 10], {"accuracy": {"net": [0.1, 0.2]}}, "scale"),
    "ladder": lambda: batchnorm.ladder({"linear": 0.415, "deep": 0.9}),
    "accuracies": lambda: batchnorm.accuracies({"net": SOLVER}),
    "training": lambda: batchnorm.training(SOLVER, 12.3),
}


@pytest.fixture
def drawn(monkeypatch):
    """The axes of the figure that a function draws."""
    batchnorm.plt.close("all")
    monkeypatch.setattr(batchnorm.plt, "show", lambda: None)
    yield lambda: batchnorm.plt.gcf().axes
    batchnorm.plt.close("all")


def texts(ax):
    """Return what is written in a picture."""
    return [text.get_text() for text in ax.texts]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_and_nothing_returned(name, drawn):
    assert FIGURES[name]() is None
    assert len(batchnorm.plt.get_fignums()) == 1


def test_a_histogram_tells_the_spread_of_all_numbers_also_of_those_beyond_its_reach(drawn):
    FIGURES["histograms"]()
    assert texts(drawn()[1]) == [f"{BELL.std():.2g}"]


def test_the_graph_has_a_gradient_for_every_input(drawn):
    batchnorm.batchnorm_graph()
    assert {"x", "γ", "β", "out"} <= set(texts(drawn()[0]))
    assert {"dγ = Σ x̂ dout", "dβ = Σ dout"} <= set(texts(drawn()[0]))


def test_each_kind_of_normalisation_shares_a_mean_over_other_cells():
    C, _, N = batchnorm.CELLS.values()
    shares = {
        name: sum(belongs(n, c) for n in range(N) for c in range(C))
        for name, belongs in batchnorm.MEMBERS.items()
    }
    assert shares == {"batch norm": N, "layer norm": C, "group norm": C // 2, "instance norm": 1}


def test_bars_tell_their_shares(drawn):
    FIGURES["ladder"]()
    assert texts(drawn()[0]) == ["42%", "90%"]


def test_a_few_settings_are_written_below_their_axis_and_of_many_not_each(drawn):
    FIGURES["against"]()
    assert [tick.get_text() for tick in drawn()[0].get_xticklabels()] == ["1", "10"]
    many = np.logspace(0, 2, 51)
    batchnorm.against(many, {"accuracy": {"net": many}}, "scale")
    assert len(drawn()[0].get_xticks()) < 10
