"""Lesson 1: its tables and gradients, worked out a second time in another way."""

import numpy as np
import pytest

from data_utils.expected import Slope
from data_utils.gradient_check import eval_numerical_gradient
from data_utils.lessons import svm as lesson


def hinge(W, X, y):
    """Return the mean hinge loss, margin by margin."""
    total = 0.0
    for x, right in zip(X, y, strict=True):
        scores = [float(x @ w) for w in W.T]
        total += sum(max(0, s - scores[right] + 1) for j, s in enumerate(scores) if j != right)
    return total / len(X)


def cross_entropy(W, X, y):
    """Return the mean of -log p of the right classes."""
    total = 0.0
    for x, right in zip(X, y, strict=True):
        weights = [np.exp(x @ w) for w in W.T]
        total -= np.log(weights[right] / sum(weights))
    return total / len(X)


@pytest.mark.parametrize(
    "make, cost",
    [(lesson.table, hinge), (lesson.random_scores, hinge)]
    + [(make, cross_entropy) for make in (lesson.probabilities, lesson.random_probabilities)],
)
def test_a_table_or_random_scores_cost_what_a_loop_counts(make, cost):
    case = make()
    assert case.loss.value == pytest.approx(cost(case.W, case.X, case.y))


def test_equal_scores_cost_one_for_each_wrong_class():
    case = lesson.table()
    assert case.equal.value == hinge(0 * case.W, case.X, case.y)


@pytest.mark.parametrize(
    "make, cost", [(lesson.pushes, hinge), (lesson.probabilities, cross_entropy)]
)
def test_a_gradient_is_the_slope_of_the_cost(make, cost):
    case = make()
    numeric = eval_numerical_gradient(lambda W: cost(W, case.X, case.y), case.W)
    np.testing.assert_allclose(case.dW.value, numeric, atol=1e-7)


def test_the_slope_of_the_regulariser_is_that_of_what_it_adds():
    for case, added in (
        (lesson.table(), lesson.pushes().penalty.value),
        (lesson.probabilities(), lesson.probabilities().penalty_slope.value),
    ):
        W = lesson.pushes().W if case.W.shape[1] == 4 else case.W
        slope = eval_numerical_gradient(lambda W: lesson.REG * np.sum(W * W), W)
        np.testing.assert_allclose(added, slope, atol=1e-7)


def test_lifted_scores_cost_what_the_table_costs_and_being_behind_costs_the_lead():
    case = lesson.lifted()
    np.testing.assert_allclose(np.ptp(case.X @ case.W, axis=1), np.ptp(np.log(lesson.P), axis=1))
    for lead in (30.0, 800.0):
        case = lesson.behind(lead)
        scores = (case.X @ case.W)[0]
        assert np.logaddexp.reduce(scores) - scores[0] == pytest.approx(case.loss.value)


def test_many_examples_have_the_gradient_that_rows_of_the_table_make():
    for many, cost in ((lesson.many, hinge), (lesson.many_probabilities, cross_entropy)):
        seen = []
        run, right = many(lambda *inputs, seen=seen: seen.extend(inputs))(np.random.default_rng(0))
        run()
        W, X, y = seen
        step = 1e-7 * np.random.default_rng(1).normal(size=W.shape)
        slope = (cost(W + step, X, y) - cost(W - step, X, y)) / 2
        assert slope == pytest.approx(np.sum(right * step), rel=1e-4)


def test_the_matrices_of_section_5_are_the_two_loops_step_by_step():
    made = lesson.matrices()
    ones = np.ones((4, 4))
    np.testing.assert_array_equal(made["(S ∘ Y) 1"], made["S ∘ Y"] @ ones)
    np.testing.assert_array_equal(made["B"], (made["M"] > 0) * (1 - made["Y"]))
    np.testing.assert_array_equal(made["(B 1) ∘ Y"], made["B"] @ ones * made["Y"])
    np.testing.assert_array_equal(made["G"], made["B"] - made["(B 1) ∘ Y"])


def test_steps_by_least_squares_go_down_the_measured_slope():
    case = lesson.steps()
    one_hot = np.eye(3)[case.y]
    loss = Slope(lambda W: np.sum((case.X @ W - one_hot) ** 2) / 4 + 0.5 * np.sum(W * W), case.W)
    W = case.W
    for expected in (case.one, None, case.three):
        W = W - 0.01 * eval_numerical_gradient(loss.of, W)
        if expected:
            np.testing.assert_allclose(W, expected.value, atol=1e-7)


@pytest.mark.parametrize("strange", [None, [], "fast", [None, 1], [[1e-7], [1e-6]], 3, {1: 2}])
def test_no_choice_however_strange_crashes_a_judgement(strange):
    judges = (lesson.positive, lesson.far_apart, lesson.rates_first)
    for judge in (*judges, lambda tried: lesson.gentle(tried, tried)):
        holds, said, code = judge(strange)
        assert isinstance(holds, bool) and said and code == "choice"
    lesson.few(strange, strange)


def test_no_history_however_strange_crashes_a_judgement():
    case = lesson.batches()
    for strange in (None, 3.0, "ab", [1.0, None], [1.0], [(1.0, case.W), 2.0], np.ones((2, 2))):
        assert not case.noted(strange, steps=2)[0]
        for judge in (case.at_rest, case.single, case.all_drawn, case.pairs):
            assert not judge(strange)[0]


def test_a_gradient_that_is_no_array_of_numbers_is_not_finite_and_crashes_nothing():
    for strange in (None, "ab", [1.0, None], np.array([np.inf])):
        assert not lesson.lifted().finite(strange)[0]
