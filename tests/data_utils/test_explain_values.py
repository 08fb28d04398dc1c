"""Accounts of a whole answer: each is given for what it is made from, and for nothing else."""

import numpy as np
import pytest

from data_utils.explain import explain
from data_utils.lessons.well_known import WELL_KNOWN

random = np.random.default_rng(1)
x = random.normal(size=(4, 5))
square = random.normal(size=(5, 5))
pictures = random.normal(size=(2, 3, 4, 5))
gamma = random.uniform(0.5, 2, size=5)


@pytest.mark.parametrize(
    ("got", "expected", "known", "code"),
    [
        (x / 8, x, {"D": 8}, "over-D"),
        (0.3 * x, x, {"p": 0.3}, "times-p"),
        (x / 0.3, x, {"p": 0.3}, "over-p"),
        (x / 6, x, {"ph * pw": 6}, "over-ph * pw"),
        (1.25 * x, x, {"N": 5, "C": 4}, "over-C-for-N"),
        (x / np.log(2), x, {}, "log2"),
        (x / np.log(10), x, {}, "log10"),
        (x / gamma, x, {"factors": {"gamma": gamma}}, "missing-factor"),
        (x * gamma, x, {"factors": {"gamma": gamma}}, "extra-factor"),
        (x - 0.75 * gamma, x, {"N": 4, "terms": {"the bias": gamma + 0 * x}}, "term-over-N"),
        (
            *(x + 0.25 * gamma, x, {"N": 4, "D": 5, "terms": {"the bias": gamma + 0 * x}}),
            "term-over-N-for-D",
        ),
        (x + 3 * gamma, x, {"N": 4, "terms": {"the bias": gamma + 0 * x}}, "term-times-N"),
        (x + 0.7 * gamma, x, {"terms": {"the bias": gamma + 0 * x}}, "scaled-term"),
        (x + 1, x, {}, "offset"),
        (0 * x, x, {}, "zeros"),
        (np.abs(x), x, {}, "signs"),
        (np.maximum(x, 0), x, {}, "extra-relu"),
        (np.maximum(x, -0.2), x, {}, "cut-off"),
        (np.minimum(x, 0.3), x, {}, "cut-off"),
        (square.T, square, {}, "transposed"),
        (x[::-1], x, {}, "reversed"),
        (pictures[..., ::-1, ::-1], pictures, {}, "reversed"),
        (pictures.transpose(0, 2, 3, 1).reshape(pictures.shape), pictures, {}, "laid-out"),
        (x.ravel()[random.permutation(20)].reshape(4, 5), x, {}, "order"),
        (x**2, x, {}, "square"),
        (np.sqrt(np.abs(x)), np.abs(x), {}, "root"),
        (1 / x, x, {}, "reciprocal"),
        (1 - x, x, {}, "complement"),
        (np.log(np.abs(x)), np.abs(x), {}, "log"),
        (np.trunc(9 * x), 9 * x, {}, "integers"),
        (x + 1e-6, x * (1 + 1e-6), {}, "nearly"),
        (x * 0 + 3, x, {}, "one-number"),
        (x[:1] + 0 * x, x + x[:1], {}, "same-lines"),
        (np.where(x > 0, np.nan, x), x, {}, "nan"),
    ],
)
def test_an_answer_is_accounted_for(got, expected, known, code):
    assert explain(got, expected, known)[1] == code


@pytest.mark.parametrize("shape", [(), (3,), (7,), (4, 5), (5, 5), (2, 3, 4), (2, 3, 4, 5)])
def test_nothing_is_said_of_an_answer_that_has_nothing_to_do_with_what_was_expected(shape):
    for seed in range(100):
        random = np.random.default_rng(seed)
        got, expected, other = random.normal(size=(3, *shape))
        known = {"N": 4, "C": 5, "p": 0.3, "terms": {"a part": other}, "factors": {"it": other}}
        known["instead"] = {"absolute": np.abs(other)}
        assert explain(got, expected, known) == ("", "wrong"), seed


def test_one_of_several_answers_that_a_mistake_may_give_is_recognised():
    sentence, code = explain(x + square[0], x, {"instead": {"no-mask": [0 * x, x + square[0]]}})
    assert (sentence, code) == (WELL_KNOWN["no-mask"], "no-mask")


def test_what_a_mistake_would_give_in_another_shape_is_passed_over():
    assert explain(x + square[0], x, {"instead": {"no-mask": square}})[1] == "wrong"


def test_labels_that_look_the_same_from_behind_are_not_called_reversed():
    assert explain(np.array([2, 1, 0, 1]), np.array([1, 0, 1, 2]), {})[1] == "wrong"


@pytest.mark.parametrize("sentence", WELL_KNOWN.values(), ids=WELL_KNOWN)
def test_a_sentence_about_a_well_known_mistake_is_one(sentence):
    assert sentence[-1] in ".?" and len(sentence) < 160
