"""A difference is named when the evidence is good, and not otherwise."""

import numpy as np
import pytest

from data_utils.explain import explain

random = np.random.default_rng(0)
expected = random.normal(size=(6, 3))
term = random.normal(size=(6, 3))
X, y = random.normal(size=(4, 6)), np.array([0, 2, 1, 1])
G = np.array([[-2.0, 1, 1], [0, 1, -1], [0, 0, 0], [1, -1, 0]])
dW = X.T @ G / 4


@pytest.mark.parametrize(
    ("got", "code", "says"),
    [
        (
            4 * expected,
            "times-N",
            "Every entry is 4 times too large, and N = 4: the loss is a mean",
        ),
        (expected / 4, "over-N", "Every entry is 4 times too small, and N = 4: is there one div"),
        (-expected, "sign", "Every entry has the wrong sign: which way round"),
        (2 * expected, "times-2", "Every entry is twice too large: is it counted twice?"),
        (
            expected / 2,
            "over-2",
            "Every entry is half of what it should be: is there a ½ too many?",
        ),
        (1.7 * expected, "factor", "Every entry is 1.7 times what it should be."),
        (expected - term, "missing-term", "the regulariser is missing."),
        (expected - term / 2, "half-term", "the regulariser counts half."),
        (expected + term, "extra-term", "the regulariser is there once too often."),
        (expected - 2 * term, "sign-term", "the regulariser has the wrong sign."),
        (np.where(np.arange(3) == 1, 0, expected), "some-column", "Only column 1 is wrong."),
        (
            np.where(np.arange(6)[:, None] > 3, 0, expected),
            "some-row",
            "Only rows 4, 5 are wrong.",
        ),
        (np.full((6, 3), np.inf), "inf", "It is infinite: look for exp of a large number"),
    ],
)
def test_an_array_is_explained(got, code, says):
    sentence, found = explain(got, expected, {"N": 4, "terms": {"the regulariser": term}})
    assert (found, says in sentence) == (code, True), sentence


def test_a_known_part_of_a_number_is_named():
    sentence, code = explain(np.array(3.64), np.array(2.64), {"terms": {"the 1": 1.0}})
    assert code == "extra-term"
    assert sentence == "The difference is exactly this: the 1 is there once too often."


def test_any_factor_between_two_numbers_is_not_called_a_cause():
    assert explain(np.array(3.1), np.array(2.0), {"N": 4}) == ("", "wrong")


def test_a_nearly_exact_term_is_not_called_the_cause():
    near = {"terms": {"the regulariser": term * (1 + 1e-4 * random.normal(size=term.shape))}}
    assert explain(expected - term, expected, near) == ("", "wrong")


def test_nothing_is_said_about_noise():
    assert explain(expected + random.normal(size=(6, 3)), expected, {"N": 4}) == ("", "wrong")


def test_an_expected_array_of_zeros_is_no_trouble():
    assert explain(term, 0 * expected, {"N": 4}) == ("", "wrong")


def test_a_gradient_is_traced_to_the_right_class():
    wrong = np.where(G < 0, 0, G)
    sentence, code = explain(X.T @ wrong / 4, dW, {"X": X, "y": y})
    assert code == "right-class"
    assert "Look at example 0, whose right class is 0: it adds X[0] times (0, 1, 1)" in sentence
    assert "should add (-2, 1, 1)" in sentence


def test_a_gradient_is_traced_to_the_other_classes():
    wrong = np.where(G > 0, 0.5, G)
    assert explain(X.T @ wrong / 4, dW, {"X": X, "y": y})[1] == "other-classes"


def test_a_gradient_is_traced_to_the_first_wrong_example():
    wrong = G.copy()
    wrong[2] = (1, -2, 1)
    sentence, code = explain(X.T @ wrong / 4, dW, {"X": X, "y": y})
    assert code == "examples" and "Look at example 2" in sentence


def test_a_gradient_that_is_no_product_with_the_examples_is_not_traced():
    assert explain(dW + expected, dW, {"X": X, "y": y}) == ("", "wrong")


def test_what_is_known_later_is_asked_for_where_an_answer_is_wrong():
    expected = np.array([1.0, 2.0, 4.0])
    later = lambda: {"instead": {"no-mask": np.array([1.0, 5.0, 2.0])}}  # noqa: E731
    assert explain(np.array([1.0, 5.0, 2.0]), expected, {"later": later})[1] == "no-mask"


def test_rounded_numbers_are_not_said_to_have_wrong_signs():
    expected = np.random.default_rng(0).normal(size=(4, 5))
    assert explain(expected.astype(np.float32), expected, {})[1] == "nearly"


def test_a_count_is_never_nearly_right():
    assert explain(np.array(416_616), np.array(416_520), {}) == ("", "wrong")
    assert explain(np.array(416_520 + 1e-3), np.array(416_520), {})[1] == "nearly"
