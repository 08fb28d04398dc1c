"""Numeric gradients: right where they can be, and refused where they cannot."""

import numpy as np
import pytest

from data_utils.gradient_check import (
    DIRECTIONS,
    agrees_along_directions,
    eval_numerical_gradient,
    eval_numerical_gradient_array,
    grad_check_sparse,
    rel_error,
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


def test_a_right_gradient_agrees_along_directions_whatever_their_seed(monkeypatch):
    for seed in range(50):
        monkeypatch.setenv("COURSE_SEED", str(seed))
        assert agrees_along_directions(lambda x: np.sum(np.sin(x)), x, np.cos(x), 1e-6)


@pytest.mark.parametrize("off", [1e-3, 1e-4, np.nan, np.inf])
def test_a_slightly_wrong_entry_disagrees_along_directions_whatever_their_seed(monkeypatch, off):
    dx = 2 * x
    dx[1, 2] += off * np.abs(dx).max()
    for seed in range(50):
        monkeypatch.setenv("COURSE_SEED", str(seed))
        assert not agrees_along_directions(lambda x: np.sum(x**2), x, dx, 1e-6)


def test_errors_that_cancel_entry_by_entry_do_not_cancel_along_directions():
    dx = 2 * x + np.array([[1, -1, 1], [-1, 1, -1]])
    assert not agrees_along_directions(lambda x: np.sum(x**2), x, dx, 1e-6)


def test_directions_take_two_values_of_f_each_however_large_x_is():
    seen = []
    large = np.ones((30, 40))
    assert agrees_along_directions(lambda x: seen.append(1) or np.sum(x**2), large, 2 * large, 1e-6)
    assert len(seen) == 2 * DIRECTIONS


def test_a_function_along_directions_may_not_write_into_its_argument_nor_return_an_array():
    with pytest.raises(ValueError, match="read-only"):
        agrees_along_directions(lambda x: x.fill(0), x, 2 * x, 1e-6)
    with pytest.raises(ValueError, match="expected a number"):
        agrees_along_directions(lambda x: x, x, 2 * x, 1e-6)
