"""The drawn pictures: the same everywhere, balanced, and neither too easy nor too hard."""

import hashlib

import numpy as np
import pytest

from data_utils.datasets import PICTURE_BOOK_CLASSES, get_picture_book_data, load_picture_book

BOOK_SHA256 = "6431685b94e464df3bb862e38087bb98df9a97cbe65f4bf1cbdca342194a5300"
FIRST_LABELS = [3, 2, 1, 8, 6, 0, 7, 4, 5, 9]


@pytest.fixture(scope="module")
def book():
    return load_picture_book(2000)


def test_pictures_and_labels_have_the_shape_of_cifar10(book):
    pictures, labels = book
    assert (pictures.shape, pictures.dtype) == ((2000, 3, 32, 32), np.uint8)
    assert (labels.shape, labels.dtype) == ((2000,), np.int64)
    assert len(set(PICTURE_BOOK_CLASSES)) == 10


def test_the_same_seed_gives_the_same_bytes_on_every_machine(book):
    pictures, labels = book
    assert hashlib.sha256(pictures.tobytes()).hexdigest() == BOOK_SHA256
    assert labels[:10].tolist() == FIRST_LABELS


def test_another_seed_gives_another_book(book):
    pictures, labels = load_picture_book(50, seed=1)
    assert (pictures != book[0][:50]).mean() > 0.9
    assert (labels != book[1][:50]).any()


def test_a_longer_book_begins_like_a_shorter_one(book):
    for num in (1, 30, 700):
        pictures, labels = load_picture_book(num)
        np.testing.assert_array_equal(pictures, book[0][:num])
        np.testing.assert_array_equal(labels, book[1][:num])


def test_any_ten_pictures_from_the_first_on_show_ten_classes(book):
    for start in range(0, 2000, 10):
        assert sorted(book[1][start : start + 10]) == list(range(10))


def test_no_two_pictures_are_alike(book):
    assert len({picture.tobytes() for picture in book[0]}) == 2000


def test_fewer_than_one_picture_is_refused():
    with pytest.raises(ValueError, match="num = 0: expected at least 1 picture"):
        load_picture_book(0)


def test_get_data_has_the_parts_and_the_test_part_stays_the_same(book):
    data = get_picture_book_data(100, 50, 40)
    pictures, labels = book
    mean = pictures[40:140].mean(axis=0)
    assert all(data[f"X_{part}"].dtype == np.float32 for part in ("train", "val", "test"))
    np.testing.assert_allclose(data["X_test"], pictures[:40] - mean, atol=1e-4)
    np.testing.assert_allclose(data["X_train"], pictures[40:140] - mean, atol=1e-4)
    np.testing.assert_allclose(data["X_val"], pictures[140:190] - mean, atol=1e-4)
    np.testing.assert_array_equal(data["y_train"], labels[40:140])


def test_get_data_keeps_the_pixels_when_asked_to(book):
    data = get_picture_book_data(10, 10, 10, subtract_mean=False)
    np.testing.assert_array_equal(data["X_train"], book[0][10:20])


def test_get_data_refuses_to_train_on_nothing():
    with pytest.raises(ValueError, match="expected at least one picture to train on"):
        get_picture_book_data(0, 10, 10)


def test_a_linear_model_is_well_above_chance_and_well_below_perfect(book):
    pictures, labels = book
    coarse = pictures.reshape(2000, 3, 8, 4, 8, 4).mean(axis=(3, 5)).reshape(2000, -1)
    x = np.hstack([coarse / 255, np.ones((2000, 1))])
    train, test = x[:1500], x[1500:]
    penalty = 10 * np.eye(x.shape[1])
    w = np.linalg.solve(train.T @ train + penalty, train.T @ np.eye(10)[labels[:1500]])
    accuracy = ((test @ w).argmax(axis=1) == labels[1500:]).mean()
    assert 0.2 < accuracy < 0.5
