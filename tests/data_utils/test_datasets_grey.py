"""A set of grey pictures by name, and what takes its place where there are no files."""

import numpy as np
import pytest

from data_utils.datasets import (
    DRAWN_LETTERS,
    FASHION_MNIST_CLASSES,
    GREY_SETS,
    get_drawn_digits_data,
    get_grey_data,
)
from data_utils.datasets.grey import MD5

COUNTS = (20, 5, 10)


def test_drawn_sets_come_with_the_names_of_their_classes():
    data = get_grey_data("letters", *COUNTS)
    assert data["class_names"] == DRAWN_LETTERS
    assert [len(data[f"y_{part}"]) for part in ("train", "val", "test")] == list(COUNTS)


def test_drawn_digits_take_the_place_of_mnist_that_has_not_been_downloaded(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    data = get_grey_data("mnist", *COUNTS)
    assert np.array_equal(data["X_test"], get_drawn_digits_data(*COUNTS)["X_test"])
    assert (
        "mnist has not been downloaded; the drawn digits take its place" in capsys.readouterr().out
    )


def test_fashion_mnist_is_read_where_all_its_files_are(tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_DATA", str(tmp_path))
    read = (lambda *counts: {"counts": counts}, FASHION_MNIST_CLASSES)
    monkeypatch.setitem(GREY_SETS, "fashion-mnist", read)
    (tmp_path / "fashion-mnist").mkdir()
    for name in MD5["fashion-mnist"]:
        assert "counts" not in get_grey_data("fashion-mnist", *COUNTS)
        (tmp_path / "fashion-mnist" / f"{name}.gz").touch()
    found = get_grey_data("fashion-mnist", *COUNTS)
    assert found == {"counts": COUNTS, "class_names": FASHION_MNIST_CLASSES}


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(ValueError, match="there is no set 'emnist'.*letters"):
        get_grey_data("emnist")
