"""What is said of numbers that should have been normalised."""

import numpy as np
import pytest

from data_utils.explain import explain

GAMMA, BETA = np.array([1.5, -2.0, 0.5]), np.array([0.1, 0.2, 0.3])


@pytest.fixture
def hat():
    """Numbers (8, 3) whose columns have the mean 0 and the standard deviation 1."""
    x = np.random.default_rng(0).normal(size=(8, 3))
    return (x - x.mean(axis=0)) / x.std(axis=0)


def words(got, hat):
    """Return what is said of a wrong x_hat."""
    known = {"normal": (GAMMA, BETA, 0)}
    return explain(GAMMA * got + BETA, GAMMA * hat + BETA, known)


def test_a_mean_that_is_not_0_is_named(hat):
    sentence = (
        "Take beta off and divide by gamma: the mean of feature 1 is then 3, and should be 0."
    )
    assert words(hat + np.array([0, 3.0, 4.0]), hat) == (sentence, "mean-not-0")


def test_a_spread_that_is_not_1_is_named(hat):
    said = words(hat * np.array([1.0, 1.0, 0.9]), hat)
    sentence = (
        "Take beta off and divide by gamma: the std of feature 2 is then 0.9, and should be 1."
    )
    assert said == (sentence, "std-not-1")


def test_nothing_is_said_if_means_and_spreads_are_right(hat):
    assert words(-hat, hat) == ("", "wrong")
