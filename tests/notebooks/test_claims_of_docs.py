"""Sentences of the docs with numbers in them follow from the tables beside them."""

import re

from course import paths


def text(name):
    """Return a page of the docs with single spaces."""
    return " ".join((paths.ROOT / "docs" / name).read_text(encoding="utf-8").split())


def test_the_picture_book_is_kinder_by_as_many_points_as_the_ladder_says():
    page = text("measured.md")
    pairs = re.findall(r"\| ([\d.]+)% [\d.]+ s \| ([\d.]+)% [\d.]+ s", page)
    points = [round(float(drawn) - float(cifar)) for drawn, cifar in pairs]
    assert points == [5, 7, 28, 26]
    assert "by 5 and 7 points, and much easier for convolutions, by 28 and 26" in page
