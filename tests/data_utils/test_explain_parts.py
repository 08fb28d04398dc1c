"""What is said of a matrix that is a sum of known parts."""

import numpy as np
import pytest

from data_utils.explain import explain


@pytest.fixture
def matrix():
    """A matrix (5, 4) and two of its parts."""
    rng = np.random.default_rng(0)
    parts = {"the first": rng.normal(size=(5, 4)), "the second": rng.normal(size=(5, 4))}
    return rng.normal(size=(5, 4)) + sum(parts.values()), parts


@pytest.mark.parametrize("by", [np.arange(2.0, 6.0), np.arange(2.0, 7.0)[:, None]])
def test_a_part_that_is_wrong_by_rows_or_columns_is_named(matrix, by):
    expected, parts = matrix
    said = explain(expected + by * parts["the second"], expected, {"terms": parts})
    assert said == ("All that is wrong lies in this part: the second.", "wrong-part")


def test_two_parts_that_are_wrong_are_named(matrix):
    expected, parts = matrix
    got = expected - parts["the first"] - parts["the second"]
    said = explain(got, expected, {"terms": parts})
    assert said == ("All that is wrong lies in these parts: the first; the second.", "wrong-parts")


def test_nothing_is_said_of_a_difference_that_lies_elsewhere(matrix):
    expected, parts = matrix
    got = expected + np.random.default_rng(1).normal(size=(5, 4))
    assert explain(got, expected, {"terms": parts}) == ("", "wrong")


def test_nothing_is_said_where_a_fit_would_prove_little(matrix):
    expected, parts = matrix
    got = expected + np.random.default_rng(1).normal(size=(5, 4))
    few = {name: part[:3, :3] for name, part in parts.items()}
    assert explain(got[:3, :3], expected[:3, :3], {"terms": few}) == ("", "wrong")


def test_nothing_is_said_where_only_one_part_is_known(matrix):
    expected, parts = matrix
    by = np.arange(2.0, 6.0)
    one = {"the second": parts["the second"]}
    assert explain(expected + by * one["the second"], expected, {"terms": one}) == ("", "wrong")
