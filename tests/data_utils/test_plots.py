"""Pictures side by side."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")

from data_utils import plots  # noqa: E402
from data_utils.plots import svm  # noqa: E402


def test_a_grid_is_as_square_as_it_can_be():
    assert plots.visualize_grid(np.zeros((5, 4, 6, 3))).shape == (9, 20, 3)


def test_each_picture_of_a_grid_uses_the_whole_range():
    Xs = np.random.default_rng(0).normal(size=(4, 3, 3, 3)) * [[[[1]]], [[[5]]], [[[9]]], [[[2]]]]
    grid = plots.visualize_grid(Xs, ubound=1.0, padding=0)
    for corner in (grid[:3, :3], grid[:3, 3:], grid[3:, :3], grid[3:, 3:]):
        assert (corner.min(), corner.max()) == (0, 1)


def test_a_picture_of_one_colour_is_no_trouble():
    assert np.isfinite(plots.visualize_grid(np.ones((1, 2, 2, 3)))).all()


FIGURES = {
    "hinge_loss": lambda: svm.hinge_loss(),
    "losses": lambda: svm.losses(),
    "loss_curve": lambda: plots.loss_curve(np.linspace(9, 1, 40)),
    "heat_map": lambda: plots.heat_map(np.eye(2), [1, 2], [3, 4], "rows", "columns", "share"),
    "templates": lambda: svm.templates(np.ones((3073, 3)), ["a", "b", "c"]),
    "samples": lambda: plots.samples(np.zeros((2, 3, 32, 32)), np.array([0, 1]), ["a", "b"]),
    "tables": lambda: plots.tables({"A": np.eye(2), "B": np.zeros((2, 3))}),
    "difference_quotients": lambda: svm.difference_quotients(np.exp, 1.0, 0.0, 0.5),
    "difference_errors": lambda: svm.difference_errors(np.exp, 1.0, 0.0),
}


@pytest.mark.filterwarnings("ignore:FigureCanvasAgg is non-interactive")
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_and_nothing_returned(name):
    plots.plt.close("all")
    assert FIGURES[name]() is None
    assert len(plots.plt.get_fignums()) == 1
    plots.plt.close("all")
