"""What is said of where an answer is wrong, while the rest is right."""

import numpy as np
import pytest

from data_utils.explain import explain

random = np.random.default_rng(2)
x = random.normal(size=(6, 5))
pictures = random.normal(size=(2, 3, 4, 5))
y = np.array([0, 2, 1, 1, 4, 3])
own = np.arange(5) == y[:, None]
noise = random.normal(size=(6, 5))
spots = random.normal(size=pictures.shape)
rows, columns = np.indices((4, 5))
edge = (rows % 3 == 0) | (columns % 4 == 0)


@pytest.mark.parametrize(
    ("got", "expected", "known", "says"),
    [
        (np.where(own, noise, x), x, {"y": y}, "Only the entries of the right classes are wrong."),
        (np.where(own, x, noise), x, {"y": y}, "The entries of the right classes are right"),
        (
            np.where(x < 0, noise, x),
            x,
            {"where": {"where x is negative": x < 0}},
            "Only entries where x is negative are wrong.",
        ),
        (np.where(np.arange(5) == 3, noise, x), x, {}, "Only column 3 is wrong."),
        (np.where(np.arange(5) == 3, 2 * x, x), x, {}, "There: Every entry is twice too large"),
        (np.where(np.arange(5) == 3, 0, x), x, {}, "There it is 0."),
        (np.where(np.arange(6)[:, None] < 2, noise, x), x, {}, "Only rows 0, 1 are wrong."),
        (
            np.where(np.arange(3)[:, None, None] == 1, spots, pictures),
            pictures,
            {},
            "Only index 1 of axis 1 is wrong.",
        ),
        (np.where(edge, spots, pictures), pictures, {}, "Only the border of the pictures is wrong"),
    ],
)
def test_a_place_is_named(got, expected, known, says):
    assert says in explain(got, expected, known)[0]


def test_an_array_of_booleans_is_told_by_the_ones_that_it_keeps():
    due = np.where(own, -np.arange(6)[:, None], 1.0)
    for kept, told in ((due[own] != 0, True), (-1.0, False), (np.minimum(due[own], -1), False)):
        rows = due.copy()
        rows[own] = kept
        X = random.normal(size=(6, 8))
        sentence, code = explain(X.T @ rows / 6, X.T @ due / 6, {"X": X, "y": y})
        assert code == "right-class" and ("array of booleans" in sentence) == told


def test_one_wrong_entry_is_not_called_a_wrong_row():
    got = x.copy()
    got[2, 3] += 1
    assert explain(got, x, {}) == ("", "wrong")


def test_lines_that_are_0_all_along_are_no_evidence_that_the_others_are_wrong():
    expected = x * (np.arange(5) > 2)
    assert explain(expected * noise, expected, {})[1] == "wrong"


def test_entries_with_a_name_of_which_few_are_wrong_are_not_named():
    got = x.copy()
    got[np.unravel_index(x.argmin(), x.shape)] += 1
    assert explain(got, x, {"where": {"where x is negative": x < 0}})[1] == "wrong"
