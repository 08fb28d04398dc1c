"""Dropout."""

import numpy as np
import pytest

from solutions.layers import dropout_backward, dropout_forward

RATIOS = pytest.mark.parametrize("p", [0.3, 0.8])


@pytest.fixture
def x():
    return 1 + np.random.default_rng(0).random((300, 400))


def drop(x, p, seed=1, mode="train"):
    """Return (out, cache) of a dropout that keeps with probability p."""
    return dropout_forward(x, {"mode": mode, "p": p, "seed": seed})


@RATIOS
def test_numbers_are_kept_and_divided_by_p_or_become_0(x, p):
    out, _ = drop(x, p)
    kept = out != 0
    assert np.allclose(out[kept], x[kept] / p)


@RATIOS
@pytest.mark.parametrize("axis", [None, 0, 1])
def test_every_row_and_column_keeps_a_share_of_p(x, p, axis):
    kept = drop(x, p)[0] != 0
    draws = x.size if axis is None else x.shape[axis]
    standard_error = np.sqrt(p * (1 - p) / draws)
    assert np.abs(kept.mean(axis=axis) - p).max() < 5 * standard_error


@RATIOS
def test_the_mean_stays(x, p):
    assert drop(x, p)[0].mean() == pytest.approx(x.mean(), rel=0.02)


@RATIOS
def test_the_gradient_takes_the_way_of_the_numbers(x, p):
    out, cache = drop(x, p)
    dout = np.random.default_rng(2).normal(size=x.shape)
    assert np.allclose(dropout_backward(dout, cache), dout * out / x)


def test_at_test_nothing_changes(x):
    out, cache = drop(x, 0.3, mode="test")
    assert np.array_equal(out, x) and np.array_equal(dropout_backward(2 * x, cache), 2 * x)


def test_with_p_1_nothing_changes(x):
    assert np.array_equal(drop(x, 1)[0], x)


def test_a_seed_fixes_the_mask_and_without_one_masks_differ(x):
    assert np.array_equal(drop(x, 0.5)[0], drop(x, 0.5)[0])
    assert not np.array_equal(drop(x, 0.5)[0], drop(x, 0.5, seed=2)[0])
    assert not np.array_equal(drop(x, 0.5, seed=None)[0], drop(x, 0.5, seed=None)[0])


@pytest.mark.parametrize("mode", ["train", "test"])
@pytest.mark.parametrize("p", [0.3, np.float64(0.3)])
def test_float32_stays_float32_and_x_stays_as_it_is(x, mode, p):
    x = x.astype(np.float32)
    x.flags.writeable = False
    out, cache = drop(x, p, mode=mode)
    assert out.dtype == dropout_backward(x, cache).dtype == np.float32


@pytest.mark.parametrize("p", [0, -0.1, 1.5, float("nan")])
def test_a_keep_ratio_outside_0_to_1_is_refused(x, p):
    with pytest.raises(ValueError, match="p is the probability to keep a unit"):
        drop(x, p)


def test_an_unknown_mode_is_refused(x):
    with pytest.raises(ValueError, match="the mode is 'train' or 'test', not 'eval'"):
        drop(x, 0.5, mode="eval")
