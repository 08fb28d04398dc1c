"""The pictures of windows that slide."""

import matplotlib
import numpy as np
import pytest

matplotlib.use("agg")

from data_utils.plots import cnn  # noqa: E402
from solutions.layers import relu_backward, relu_forward, sigmoid_backward, sigmoid_forward  # noqa: E402

PICTURE = np.arange(12.0).reshape(3, 4)
STRIDES = {"stride 2": {"stride": 2, "pad": 0}, "padding 1": {"stride": 1, "pad": 1}}
BENDS = {
    "ReLU": (relu_forward, relu_backward),
    "sigmoid": (sigmoid_forward, sigmoid_backward),
}
FIGURES = {
    "activations": lambda: cnn.activations(BENDS),
    "sliding": lambda: cnn.sliding(PICTURE, np.eye(2), np.ones((2, 3)), place=(1, 2)),
    "settings": lambda: cnn.settings(STRIDES, size=(5, 6), window=(3, 2)),
    "coverage": lambda: cnn.coverage({"stride 1": 1}, size=(4, 5), window=(2, 3)),
    "columns": lambda: cnn.columns(PICTURE, np.arange(24.0).reshape(4, 6), window=(2, 2)),
    "pooling": lambda: cnn.pooling(np.arange(16.0).reshape(4, 4), mean=np.eye(2)),
    "feature_maps": lambda: cnn.feature_maps(np.ones((3, 4, 4)), np.ones((9, 4, 4))),
    "fields": lambda: cnn.fields({"3 x 3": np.pad(np.ones((3, 3)), 2)}),
    "times": lambda: cnn.times({"toy": (1000, {"naive": 1e-3, "fast": 1e-6})}),
}


@pytest.fixture
def drawn(monkeypatch):
    """The axes of the figure that a function draws."""
    cnn.plt.close("all")
    monkeypatch.setattr(cnn.plt, "show", lambda: None)
    yield lambda: cnn.plt.gcf().axes
    cnn.plt.close("all")


def texts(ax):
    """Return what is written in a picture."""
    return [text.get_text() for text in ax.texts]


def corners(ax):
    """Return (left, top, width, height) of the frames in a picture."""
    return [(*p.get_xy(), p.get_width(), p.get_height()) for p in ax.patches if not p.get_fill()]


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_drawn_and_nothing_returned(name, drawn):
    assert FIGURES[name]() is None
    assert len(cnn.plt.get_fignums()) == 1


def test_the_ground_is_grey_where_a_relu_is_off_and_a_sigmoid_saturated(drawn):
    FIGURES["activations"]()
    for ax, grey in zip(drawn(), ([-6, -0.05], [-6, -2.95, 2.95, 6]), strict=True):
        across = [path.vertices[:, 0] for path in ax.collections[0].get_paths()]
        ends = [end for x in across for end in (x.min(), x.max())]
        assert ends == pytest.approx(grey, abs=0.06)


def test_the_window_of_an_output_is_framed(drawn):
    FIGURES["sliding"]()
    picture, _, out = drawn()
    assert corners(picture) == [(1.5, 0.5, 2, 2)]
    assert corners(out) == [(1.5, 0.5, 1, 1)]


def test_the_titles_of_settings_count_the_places(drawn):
    FIGURES["settings"]()
    assert [ax.get_title() for ax in drawn()] == [
        "stride 2\n2 x 3 places",
        "padding 1\n5 x 7 places",
    ]


def test_a_second_window_lies_a_stride_further_on(drawn):
    FIGURES["settings"]()
    filled = [p.get_xy()[0] for p in drawn()[0].patches if p.get_fill()]
    first, second = filled[:6], filled[6:]
    assert np.mean(second) - np.mean(first) == pytest.approx(2 + 0.16)


def test_coverage_counts_the_windows_of_each_number(drawn):
    FIGURES["coverage"]()
    counted = np.array(texts(drawn()[0]), dtype=int).reshape(4, 5)
    expected = np.outer([1, 2, 2, 1], [1, 2, 3, 2, 1])
    np.testing.assert_array_equal(counted, expected)


def test_the_last_window_and_its_column_are_framed(drawn):
    FIGURES["columns"]()
    picture, cols = drawn()
    assert corners(picture)[-1] == (1.5, 0.5, 2, 2)
    assert corners(cols)[-1] == (4.5, -0.5, 1, 4)


def test_pooling_frames_each_window_and_its_number_in_one_colour(drawn):
    FIGURES["pooling"]()
    colours = [[p.get_edgecolor() for p in ax.patches] for ax in drawn()]
    assert colours[0] == colours[1] and len(set(colours[0])) == 4


def test_times_tell_what_one_product_costs(drawn):
    FIGURES["times"]()
    assert texts(drawn()[0]) == ["1,000 ns each", "1.00 ns each"]
