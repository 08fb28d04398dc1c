"""The pictures of LeNet-5 show what they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from data_utils.plots import lenet


@pytest.fixture(autouse=True)
def figure(monkeypatch):
    """Keep the figure that a function draws, for a look at it."""
    monkeypatch.setattr(plt, "show", lambda: None)
    yield plt.gcf
    plt.close("all")


def texts(figure):
    """Return all that is written in the axes of a figure."""
    return [text.get_text().strip() for ax in figure.axes for text in ax.texts]


def test_the_net_shows_the_shape_at_every_arrow(figure):
    lenet.net([(1, 13, 18), (2, 13, 18), (2, 6, 9), (3, 2, 5), (3, 1, 2), (5,), (6,), (4,)])
    assert {"1 × 13 × 18", "3 × 1 × 2", "4"} <= set(texts(figure()))


def test_bars_show_counts_and_their_shares(figure):
    lenet.bars({"products": [1000, 3000], "weights": [1, 1]}, ["a", "b"])
    assert "3,000 (75%)" in texts(figure()) and "1 (50%)" in texts(figure())


def test_panels_share_one_scale(figure):
    curves = {"first": {"x": [1, 2, 3]}, "second": {"x": [9, 9, 9], "y": [1, 1, 1]}}
    lenet.panels(curves, window=1)
    first, second = figure().axes
    assert first.get_ylim() == second.get_ylim()
    assert [len(ax.lines) for ax in (first, second)] == [1, 2]


def test_a_confusion_matrix_shows_every_count_but_0(figure):
    lenet.confusion(np.array([[5, 2], [0, 7]]), ["cat", "dog"])
    assert sorted(texts(figure())) == ["2", "5", "7"]


def test_verdicts_and_saliency_maps_show_every_picture_with_its_title(figure):
    X = np.random.default_rng(0).random((3, 1, 4, 4))
    for draw in (
        lambda: lenet.verdicts(X, ["a", "b", "c"], columns=2),
        lambda: lenet.saliency_maps(X, X[:, 0], ["a", "b", "c"]),
    ):
        draw()
        titles = [ax.get_title() for ax in figure().axes]
        assert {"a", "b", "c"} <= set(titles)
        plt.close("all")
