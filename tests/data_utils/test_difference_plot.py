"""The picture below a sentence: where an answer is wrong."""

import numpy as np
import pytest

from data_utils.notebook import difference_plot


@pytest.fixture
def drawn(monkeypatch):
    """Return a list that receives each figure that is shown."""
    figures = []
    monkeypatch.setattr(difference_plot, "present", lambda figure, _: figures.append(figure))
    return figures


def test_panels_of_four_axes_stand_in_rows_and_columns_with_gaps():
    pictures = np.arange(2 * 3 * 4 * 5.0).reshape(2, 3, 4, 5)
    sheet = difference_plot.as_sheet(pictures)
    assert sheet.shape == (2 * 4 + 1, 3 * 5 + 2)
    assert np.isnan(sheet[4]).all() and np.isnan(sheet[:, 5]).all()
    assert np.array_equal(sheet[5:, 6:11], pictures[1, 1])


def test_what_is_wrong_in_part_is_drawn(drawn):
    expected = np.ones((3, 4))
    difference_plot.draw(np.where(np.arange(4) == 2, 5.0, expected), expected)
    (figure,) = drawn
    image = figure.axes[0].images[0].get_array()
    assert np.array_equal(image, [[0, 0, 4, 0]] * 3)


def test_a_nan_is_drawn_as_the_largest_difference(drawn):
    expected, got = np.ones(8), np.ones(8)
    got[3], got[5] = np.nan, 0.5
    difference_plot.draw(got, expected)
    image = drawn[0].axes[0].images[0].get_array()
    assert image[0, 3] == -image[0, 5] == 0.5


@pytest.mark.parametrize(
    "got", [np.zeros((3, 4)), np.ones((3, 4)), np.array([1.0, 0.0])], ids=["all", "none", "two"]
)
def test_what_a_picture_could_not_tell_is_not_drawn(drawn, got):
    difference_plot.draw(got, np.ones(got.shape))
    assert not drawn
