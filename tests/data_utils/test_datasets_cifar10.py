"""Reading the original archive of CIFAR-10, whole or damaged."""

import os
import pickle
import re

import numpy as np
import pytest

from data_utils.datasets import CIFAR10_CLASSES, get_CIFAR10_data, load_CIFAR10
from tests.helpers import tiny_cifar10


@pytest.fixture
def folder(tmp_path):
    return tiny_cifar10.write_folder(tmp_path / "unpacked")


@pytest.fixture
def archive(folder, tmp_path):
    return tiny_cifar10.pack(folder, tmp_path / "cifar-10-python.tar.gz")


def test_pictures_are_channel_first_bytes_in_the_order_of_the_files(folder):
    X_train, y_train, X_test, y_test = load_CIFAR10(folder)
    pixels = np.concatenate([tiny_cifar10.tiny_pixels(i) for i in range(5)])
    assert X_train.dtype == X_test.dtype == np.uint8
    assert y_train.dtype == y_test.dtype == np.int64
    np.testing.assert_array_equal(X_train, pixels.reshape(20, 3, 32, 32))
    np.testing.assert_array_equal(X_test.reshape(4, 3072), tiny_cifar10.tiny_pixels(5))
    assert y_train.tolist() == [label for i in range(5) for label in tiny_cifar10.tiny_labels(i)]
    assert y_test.tolist() == tiny_cifar10.tiny_labels(5)


def test_folder_parent_and_packed_archive_agree(folder, archive):
    expected = load_CIFAR10(str(folder))
    for root in (folder.parent, archive):
        for got, want in zip(load_CIFAR10(root), expected, strict=True):
            np.testing.assert_array_equal(got, want)


@pytest.mark.parametrize("protocol", [2, 3])
def test_batches_written_again_by_python_3_are_read_too(folder, protocol):
    batch = {b"data": tiny_cifar10.tiny_pixels(7), b"labels": [1, 2, 3, 4]}
    (folder / "test_batch").write_bytes(pickle.dumps(batch, protocol=protocol))
    _, _, X_test, y_test = load_CIFAR10(folder)
    np.testing.assert_array_equal(X_test.reshape(4, 3072), tiny_cifar10.tiny_pixels(7))
    assert y_test.tolist() == [1, 2, 3, 4]


def test_get_data_splits_and_subtracts_the_mean_of_the_training_part(folder):
    data = get_CIFAR10_data(12, 5, 3, root=folder)
    X_train, y_train, X_test, _ = load_CIFAR10(folder)
    mean = X_train[:12].mean(axis=0)
    assert data.pop("class_names") == CIFAR10_CLASSES
    assert {name: array.shape for name, array in data.items()} == {
        "X_train": (12, 3, 32, 32), "y_train": (12,), "X_val": (5, 3, 32, 32), "y_val": (5,),
        "X_test": (3, 3, 32, 32), "y_test": (3,),
    }  # fmt: skip
    for name, pixels in [("train", X_train[:12]), ("val", X_train[12:17]), ("test", X_test[:3])]:
        assert data[f"X_{name}"].dtype == np.float32
        np.testing.assert_allclose(data[f"X_{name}"], pixels - mean, atol=1e-4)
    np.testing.assert_array_equal(data["y_val"], y_train[12:17])


def test_get_data_keeps_the_pixels_when_asked_to(folder):
    data = get_CIFAR10_data(12, 5, 3, subtract_mean=False, root=folder)
    assert data["X_val"].dtype == np.float32
    np.testing.assert_array_equal(data["X_val"], load_CIFAR10(folder)[0][12:17])


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ((18, 3, 4), r"num_training \+ num_validation = 18 \+ 3, but there are only 20 pictures"),
        ((18, 2, 5), "num_test = 5, but there are only 4 pictures: ask for fewer"),
        ((0, 2, 4), "expected at least one picture to train on"),
        ((10, 2, -1), "num_test = -1: .* no negative number"),
    ],
)
def test_asking_for_pictures_that_are_not_there_says_how_many_are(folder, counts, message):
    with pytest.raises(ValueError, match=message):
        get_CIFAR10_data(*counts, root=folder)


def test_a_missing_file_is_named_with_what_was_expected(folder):
    (folder / "data_batch_3").unlink()
    with pytest.raises(FileNotFoundError, match="data_batch_3 is not there. Expected the folder"):
        load_CIFAR10(folder)


def test_a_file_missing_in_the_packed_archive_is_named(folder, tmp_path):
    (folder / "test_batch").unlink()
    archive = tiny_cifar10.pack(folder, tmp_path / "part.tar.gz")
    with pytest.raises(FileNotFoundError, match="part.tar.gz holds no test_batch"):
        load_CIFAR10(archive)


def test_a_packed_archive_cut_short_says_so(archive):
    whole = archive.read_bytes()
    for part in (len(whole) // 2, 20, 0):
        archive.write_bytes(whole[:part])
        with pytest.raises(ValueError, match="not a whole .tar.gz file .* download it again"):
            load_CIFAR10(archive)


def test_a_file_that_is_no_archive_says_so(tmp_path):
    page = tmp_path / "page.tar.gz"
    page.write_text("<html>404</html>")
    with pytest.raises(ValueError, match="page.tar.gz is not a whole .tar.gz file"):
        load_CIFAR10(page)


def test_a_batch_cut_short_says_which(folder):
    whole = (folder / "data_batch_2").read_bytes()
    for part in (len(whole) - 1, 300, 0):
        (folder / "data_batch_2").write_bytes(whole[:part])
        with pytest.raises(ValueError, match="data_batch_2 is not a whole pickle .* again"):
            load_CIFAR10(folder)


def test_a_far_too_large_file_is_not_read(folder):
    os.truncate(folder / "test_batch", 2**26 + 1)
    with pytest.raises(ValueError, match="test_batch: 67,108,865 bytes, expected at most"):
        load_CIFAR10(folder)


@pytest.mark.parametrize(
    ("batch", "message"),
    [
        ([1, 2], "is not a batch of CIFAR-10: it has no 'data' and 'labels'"),
        ({"data": 1}, "it has no 'data' and 'labels'"),
        ({"data": "abc", "labels": []}, "'data' is str, expected uint8 of shape (n, 3072)"),
        ({"data": np.zeros((2, 5), np.uint8), "labels": [0, 1]}, "'data' is (2, 5), expected"),
        ({"data": np.zeros((2, 3072), np.uint8), "labels": [0]}, "1 labels for 2 pictures"),
        ({"data": np.zeros((2, 3072), np.uint8), "labels": "ab"}, "str labels for 2 pictures"),
        ({"data": np.zeros((2, 3072), np.uint8), "labels": [9, 10]}, "label 1 of 2 is not"),
        ({"data": np.zeros((2, 3072), np.uint8), "labels": [True, 0]}, "label 0 of 2 is not"),
    ],
)
def test_a_batch_with_something_else_in_it_is_named(folder, batch, message):
    (folder / "data_batch_4").write_bytes(pickle.dumps(batch, protocol=2))
    with pytest.raises(ValueError, match=f"data_batch_4.*{re.escape(message)}"):
        load_CIFAR10(folder)
