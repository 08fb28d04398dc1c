"""The drawn digits and letters: reproducible, balanced, legible, neither too easy nor too hard."""

import numpy as np
import pytest

from data_utils.datasets import (
    DRAWN_DIGITS,
    DRAWN_LETTERS,
    get_drawn_digits_data,
    get_drawn_letters_data,
    load_drawn_digits,
    load_drawn_letters,
)
from data_utils.datasets.drawn.outlines import FACES, POINTS, REACH, STEP, distance_fields

FIRST_DIGITS = [9, 0, 2, 7, 6, 1, 4, 3, 8, 5]
DIGIT_MEANS = [44.9, 34.4, 43.4, 39.9, 44.3, 43.4, 47.8, 31.6, 46.1, 47.6]
FIRST_LETTERS = [9, 7, 0, 8, 3, 6, 2, 1, 5, 4]
LETTER_MEANS = [46.9, 57.3, 44.6, 50.8, 53.8, 44.2, 51.6, 53.9, 31.9, 34.2]
LOADERS = (load_drawn_digits, load_drawn_letters)


@pytest.fixture(scope="module", params=LOADERS, ids=["digits", "letters"])
def drawn(request):
    """A loader, and 2,000 pictures and labels from it."""
    return request.param, *request.param(2000)


def test_pictures_and_labels_have_the_shape_of_mnist(drawn):
    _, pictures, labels = drawn
    assert (pictures.shape, pictures.dtype) == ((2000, 1, 28, 28), np.uint8)
    assert (labels.shape, labels.dtype) == ((2000,), np.int64)
    assert "".join(DRAWN_DIGITS + DRAWN_LETTERS) == "0123456789ABCDEFGHIJ"


def test_the_same_seed_gives_the_same_pictures(drawn):
    load, pictures, labels = drawn
    distance_fields.cache_clear()
    again, labels_again = load(2000, seed=0)
    np.testing.assert_array_equal(again, pictures)
    np.testing.assert_array_equal(labels_again, labels)


def test_the_pictures_are_those_of_other_machines():
    """Means over 50 pictures tell another drawing; its bits may differ with another matplotlib."""
    for load, labels, means in (
        (load_drawn_digits, FIRST_DIGITS, DIGIT_MEANS),
        (load_drawn_letters, FIRST_LETTERS, LETTER_MEANS),
    ):
        pictures, got = load(500)
        assert got[:10].tolist() == labels
        each = [pictures[got == label].mean() for label in range(10)]
        np.testing.assert_allclose(each, means, atol=0.1)


def test_another_seed_gives_other_pictures(drawn):
    load, pictures, labels = drawn
    others, other_labels = load(50, seed=1)
    assert (others != pictures[:50]).mean() > 0.3
    assert (other_labels != labels[:50]).any()


def test_a_longer_row_begins_like_a_shorter_one(drawn):
    load, pictures, labels = drawn
    for num in (1, 30, 700):
        fewer, fewer_labels = load(num)
        np.testing.assert_array_equal(fewer, pictures[:num])
        np.testing.assert_array_equal(fewer_labels, labels[:num])


def test_any_ten_pictures_from_the_first_on_show_ten_characters(drawn):
    labels = drawn[2]
    for start in range(0, 2000, 10):
        assert sorted(labels[start : start + 10]) == list(range(10))


def test_no_two_pictures_are_alike(drawn):
    assert len({picture.tobytes() for picture in drawn[1]}) == 2000


def test_characters_are_bright_on_black_and_seldom_touch_the_border(drawn):
    pictures = drawn[1][:, 0]
    assert np.median(pictures) <= 10
    assert pictures.max(axis=(1, 2)).min() > 80
    brightest_tenth = np.percentile(pictures, 90, axis=(1, 2))
    assert np.median(brightest_tenth) > 150
    border = pictures.copy()
    border[:, 1:-1, 1:-1] = 0
    assert (border > 128).any(axis=(1, 2)).mean() < 0.25


def test_fewer_than_one_picture_is_refused(drawn):
    with pytest.raises(ValueError, match="num = 0: expected at least 1 picture"):
        drawn[0](0)


@pytest.mark.parametrize("get_data", [get_drawn_digits_data, get_drawn_letters_data])
def test_get_data_has_the_parts_in_0_to_1_and_the_test_part_comes_first(get_data):
    data = get_data(100, 50, 40)
    load = LOADERS[get_data is get_drawn_letters_data]
    pictures, labels = load(190)
    assert all(data[f"X_{part}"].dtype == np.float32 for part in ("train", "val", "test"))
    np.testing.assert_allclose(data["X_test"], pictures[:40] / 255, rtol=1e-6)
    np.testing.assert_allclose(data["X_train"], pictures[40:140] / 255, rtol=1e-6)
    np.testing.assert_allclose(data["X_val"], pictures[140:] / 255, rtol=1e-6)
    np.testing.assert_array_equal(data["y_train"], labels[40:140])
    assert (get_data(10, 10, 10, seed=1)["X_test"] != data["X_test"][:10]).any()


def test_get_data_refuses_to_train_on_nothing():
    with pytest.raises(ValueError, match="expected at least one picture to train on"):
        get_drawn_digits_data(0, 10, 10)


def at(field, x, y):
    """Return the distance at a point that lies on the grid of a field."""
    return field[round((y + REACH) / STEP), round((x + REACH) / STEP)]


def test_distances_are_those_of_simple_letters():
    """An I without serifs is a box from -1 to 1; an H has a bar in the middle and gaps."""
    fields = distance_fields("IH0")
    assert fields.shape == (len(FACES), 3, POINTS, POINTS)
    bar, h, nought = fields[FACES.index("DejaVuSans")]
    half_width = -at(bar, 0, 0)
    assert 0.05 < half_width < 0.2
    for x, y, distance in [(1, 0, 1 - half_width), (-0.5, 0.5, 0.5 - half_width), (0, 1.5, 0.5)]:
        assert at(bar, x, y) == pytest.approx(distance, abs=1e-4)
    assert at(bar, half_width, 1.5) == at(bar, -half_width, 1.5)
    assert at(h, 0, 0.5) > 0.2 and at(h, 0, -0.5) > 0.2 and at(h, 0, -0.0625) < 0
    assert at(nought, 0, 0) > 0.2 and at(nought, 0, 1.25) == pytest.approx(0.25, abs=0.01)


def test_y_grows_down_and_x_to_the_right():
    """The mass of a J hangs to the left and below, that of a 7 above."""
    j, seven = distance_fields("J7")[FACES.index("DejaVuSansMono")] < 0
    x = np.arange(POINTS) - POINTS // 2
    assert (j.sum(axis=1) * x).sum() > 0 > (seven.sum(axis=1) * x).sum()
    assert (j[POINTS // 2 :].sum(axis=0) * x).sum() < (j[: POINTS // 2].sum(axis=0) * x).sum()


def test_a_linear_model_does_well_but_not_too_well(drawn):
    _, pictures, labels = drawn
    x = np.hstack([pictures.reshape(2000, -1) / 255, np.ones((2000, 1))])
    train, test = x[:1500], x[1500:]
    penalty = 30 * np.eye(x.shape[1])
    w = np.linalg.solve(train.T @ train + penalty, train.T @ np.eye(10)[labels[:1500]])
    accuracy = ((test @ w).argmax(axis=1) == labels[1500:]).mean()
    assert 0.6 < accuracy < 0.85, accuracy
