"""Numeric gradients: right where they can be, and refused where they cannot."""

import numpy as np
import pytest

from data_utils.gradient_check import (
    agrees_along_direction,
    directions,
    eval_numerical_gradient,
    eval_numerical_gradient_array,
    grad_check_sparse,
    rel_error,
    slopes_beside,
)

x = np.random.default_rng(0).normal(size=(2, 3))


def test_the_gradient_of_a_sum_of_squares_is_twice_its_argument():
    assert np.abs(eval_numerical_gradient(lambda x: np.sum(x**2), x) - 2 * x).max() < 1e-9


def test_the_gradient_of_a_product_is_weighted_by_the_upstream_gradient():
    w, df = np.arange(12.0).reshape(3, 4), np.ones((2, 4))
    numeric = eval_numerical_gradient_array(lambda x: x @ w, x, df)
    assert np.abs(numeric - df @ w.T).max() < 1e-9


def test_x_is_left_as_it_was_found():
    before = x.copy()
    eval_numerical_gradient(lambda x: np.sum(np.sin(x)), x)
    assert np.array_equal(x, before)


def test_a_function_that_writes_into_its_argument_is_caught():
    def halve(x):
        x /= 2
        return x.sum()

    with pytest.raises(ValueError, match="read-only"):
        eval_numerical_gradient(halve, x)


def test_a_function_that_returns_its_argument_is_differentiated_all_the_same():
    assert np.allclose(eval_numerical_gradient_array(lambda x: x, x, np.ones_like(x)), 1)


@pytest.mark.parametrize("kind", [np.float32, np.int64])
def test_anything_but_float64_is_refused(kind):
    with pytest.raises(TypeError, match="needs a float64 array, not"):
        eval_numerical_gradient(np.sum, np.ones((2, 2), kind))


def test_a_sparse_check_reports_the_largest_error(capsys):
    right = grad_check_sparse(lambda x: np.sum(x**2), x, 2 * x, 5, rng=np.random.default_rng(0))
    wrong = grad_check_sparse(lambda x: np.sum(x**2), x, 3 * x, 5, rng=np.random.default_rng(0))
    assert right < 1e-8 < wrong == pytest.approx(0.2)
    assert len(capsys.readouterr().out.splitlines()) == 10


def test_the_relative_error_is_0_for_equal_and_1_for_opposite_arrays():
    assert rel_error(x, x) == 0
    assert rel_error(x, -x) == 1


def test_the_relative_error_of_two_zeros_is_0():
    assert rel_error(np.zeros(3), np.zeros(3)) == 0


def test_the_relative_error_of_nan_is_infinite():
    assert rel_error(np.array([np.nan, 1.0]), np.ones(2)) == np.inf


def test_the_relative_error_does_not_broadcast():
    with pytest.raises(ValueError, match=r"not \(3,\) and \(3, 1\)"):
        rel_error(np.ones(3), np.ones((3, 1)))


def test_a_function_whose_shape_changes_is_refused():
    shapes = iter([(3, 1), (1, 3)])
    with pytest.raises(ValueError, match="they must agree"):
        eval_numerical_gradient_array(lambda x: np.ones(next(shapes)), np.ones(2), 1.0)


def test_an_upstream_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"df has \(2,\)"):
        eval_numerical_gradient_array(lambda x: x, np.ones((2, 3)), np.ones(2))


def test_the_gradient_of_a_function_that_returns_an_array_is_refused():
    with pytest.raises(ValueError, match=r"shape \(2,\), expected a number"):
        eval_numerical_gradient(lambda x: x * x, np.ones(2))


def test_a_sparse_check_compares_shapes_first():
    with pytest.raises(ValueError, match=r"the gradient has shape \(3,\), x has \(2,\)"):
        grad_check_sparse(np.sum, np.ones(2), np.ones(3))


def test_the_relative_error_is_that_of_the_worst_entry():
    assert rel_error(np.array([1000.0, 1.0]), np.array([1000.0, 2.0])) == pytest.approx(1 / 3)


def test_a_right_gradient_agrees_along_every_direction():
    for _ in range(50):
        assert agrees_along_direction(lambda x: np.sum(np.sin(x)), x, np.cos(x), 1e-6)


@pytest.mark.parametrize("off", [1e-3, 1e-4, 1e-7, np.nan, np.inf])
def test_a_slightly_wrong_entry_disagrees_along_every_direction(off):
    dx = 2 * x
    dx[1, 2] += off * np.abs(dx).max()
    for _ in range(50):
        assert not agrees_along_direction(lambda x: np.sum(x**2), x, dx, 1e-6)


def test_errors_that_cancel_entry_by_entry_do_not_cancel_along_a_direction():
    dx = 2 * x + np.array([[1, -1, 1], [-1, 1, -1]])
    assert not agrees_along_direction(lambda x: np.sum(x**2), x, dx, 1e-6)


@pytest.mark.parametrize("wrong", [[1, -1], [1, -0.9, 0.1], [1, 0.5, 0.5], [1] * 9], ids=str)
def test_wrong_entries_hide_each_other_as_seldom_as_the_docstring_says(wrong):
    directions, tolerance = [], 0.05
    start = np.zeros((50_000, len(wrong)))
    agrees_along_direction(lambda x: directions.append(x) or 0.0, start, start, tolerance, h=1.0)
    assert np.abs(directions[0]).min() >= 1
    assert np.mean(np.abs(directions[0] @ wrong) <= tolerance) <= 0.8 * tolerance


@pytest.mark.parametrize(("large", "allowed"), [(0, 1e-8), (20, 4e-8), (1e3, 1e-6)])
def test_a_direction_is_as_strict_as_the_digits_of_f_allow(large, allowed):
    for off, right in ((allowed / 10, True), (allowed * 2, False)):
        dx = np.array([1 + off])
        assert right == agrees_along_direction(lambda x: large + x[0], np.zeros(1), dx, 1e-6)


def test_a_direction_takes_two_values_of_f_however_large_x_is():
    seen = []
    large = np.ones((30, 40))
    assert agrees_along_direction(lambda x: seen.append(1) or np.sum(x**2), large, 2 * large, 1e-6)
    assert len(seen) == 2


def test_entries_that_do_not_move_are_not_judged():
    dx, moving = 2 * x, np.ones(x.shape, bool)
    dx[0, 1], moving[0, 1] = 1e9, False
    assert agrees_along_direction(lambda x: np.sum(x**2), x, dx, 1e-6, moving)
    dx[1, 1] += 1
    assert not agrees_along_direction(lambda x: np.sum(x**2), x, dx, 1e-6, moving)


def test_a_number_in_an_array_without_dimensions_has_a_direction_too():
    for slope in (6.0, 7.0):
        right = agrees_along_direction(lambda x: x**2, np.array(3.0), np.array(slope), 1e-6)
        assert right == (slope == 6)


def test_a_function_along_a_direction_may_not_write_into_its_argument_nor_return_an_array():
    with pytest.raises(ValueError, match="read-only"):
        agrees_along_direction(lambda x: x.fill(0), x, 2 * x, 1e-6)
    with pytest.raises(ValueError, match="expected a number"):
        agrees_along_direction(lambda x: x, x, 2 * x, 1e-6)


@pytest.mark.parametrize("side", [0, 1])
def test_a_slope_to_either_side_of_a_kink_is_right_beside_a_wrong_entry(side):
    at_kink = np.array([0.0, 1.0])
    dx = np.array([side, 5.0])
    due = slopes_beside(dx, lambda x: np.sum(np.maximum(x, 0)), at_kink, 1e-6)
    assert due[0] == side and due[1] == pytest.approx(1)


def test_a_kink_within_the_first_step_is_seen_though_another_entry_is_wrong():
    x = np.array([4e-6, 1.0])  # the central difference by steps of 1e-5 gives 0.7
    due = slopes_beside(np.array([1.0, 5.0]), lambda x: np.sum(np.maximum(x, 0)), x, 1e-6)
    assert due == pytest.approx([1, 1])


def test_where_a_function_is_smooth_few_values_tell_that_no_kink_excuses_a_gradient():
    asked = []
    due = slopes_beside(0 * x, lambda x: asked.append(0) or np.sum(np.sin(x)), x, 1e-6)
    assert due == pytest.approx(np.cos(x)) and len(asked) <= 2 * x.size + 5


def test_directions_follow_the_seed_even_in_a_process_that_was_imported_before_it(monkeypatch):
    drawn = []
    for seed in ("1", "2", "1"):
        monkeypatch.setenv("COURSE_SEED", seed)
        drawn.append(directions())
    assert drawn[0] is drawn[2] is not drawn[1]
    assert drawn[0].random() != drawn[1].random()
