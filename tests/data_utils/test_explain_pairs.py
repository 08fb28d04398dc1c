"""Two mistakes at once."""

import numpy as np
import pytest

from data_utils.expected import Mistake
from data_utils.explain import explain

RIGHT = np.random.default_rng(0).normal(size=(4, 5))
OTHER, PART, FACTOR = np.random.default_rng(1).normal(size=(3, 4, 5))
SQUARED = Mistake("squared", "It is squared.", RIGHT**2 + OTHER)


@pytest.mark.parametrize(
    ("got", "first"),
    [
        (SQUARED.value - PART, "A part is missing: the bias."),
        (SQUARED.value + PART, "A part is there once too often: the bias."),
        (SQUARED.value / FACTOR, "A factor is missing: gamma."),
        (SQUARED.value * FACTOR, "There is a factor too many: gamma."),
        (3 * SQUARED.value, "All of it is 3 times what it should be."),
        (0.3 * SQUARED.value, "All of it is 0.3 times what it should be."),
    ],
)
def test_one_mistake_is_put_right_and_the_other_is_named(got, first):
    known = {"mistakes": [SQUARED], "terms": {"the bias": PART}, "factors": {"gamma": FACTOR}}
    sentence, code = explain(got, RIGHT, known)
    assert code == "squared" and first in sentence and "It is squared." in sentence


def test_a_factor_and_a_part_are_two_mistakes():
    known = {"terms": {"the bias": PART}, "factors": {"gamma": FACTOR}}
    sentence, code = explain((RIGHT - PART) / FACTOR, RIGHT, known)
    assert code == "missing-term" and "A factor is missing: gamma." in sentence


def test_of_few_numbers_no_two_mistakes_are_guessed():
    known = {"mistakes": [Mistake("squared", "It is squared.", SQUARED.value[0])]}
    assert explain(3 * SQUARED.value[0], RIGHT[0], known)[1] != "squared"
