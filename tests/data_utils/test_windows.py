"""Sums over windows: the formulas that the third notebook's checks rest on, and wrong ones."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient_array as slope
from data_utils.lessons import window_mistakes
from data_utils.lessons.windows import (
    add_up,
    column_slopes,
    columns,
    conv_slopes,
    convolve,
    max_slopes,
    mean_slopes,
    pool_windows,
    pooled,
)

random = np.random.default_rng(0)
x, w, b = (random.normal(size=size) for size in [(3, 2, 5, 6), (4, 2, 3, 2), 4])
PARAMS = [
    {"stride": 1, "pad": 0},
    {"stride": 2, "pad": 1},
    {"stride": 3, "pad": 2, "dilation": 2},
]
POOLS = [
    {"pool_height": 2, "pool_width": 3, "stride": 2},
    {"pool_height": 3, "pool_width": 1, "stride": 1},
]
of_convolutions = pytest.mark.parametrize("param", PARAMS)
of_pools = pytest.mark.parametrize("param", POOLS)


def upstream(param):
    """Return a gradient shaped like the convolution's output."""
    return np.random.default_rng(1).normal(size=convolve(x, w, b, param).shape)


@of_convolutions
def test_a_convolution_is_a_weighted_sum_at_every_place(param):
    stride, pad, gap = param["stride"], param["pad"], param.get("dilation", 1)
    wide = np.zeros((3, 2, 5 + 2 * pad, 6 + 2 * pad))
    wide[:, :, pad : pad + 5, pad : pad + 6] = x
    out = convolve(x, w, b, param)
    reach = [1 + (n + 2 * pad - gap * (m - 1) - 1) // stride for n, m in ((5, 3), (6, 2))]
    assert out.shape == (3, 4, *reach)
    for n, f, i, j in np.ndindex(out.shape):
        taps = np.ndindex(2, 3, 2)
        total = sum(
            wide[n, c, i * stride + h * gap, j * stride + k * gap] * w[f, c, h, k]
            for c, h, k in taps
        )
        assert out[n, f, i, j] == pytest.approx(total + b[f], abs=1e-12)


@of_convolutions
def test_the_slopes_of_a_convolution_are_its_central_differences(param):
    dout = upstream(param)
    dx, dw, db = conv_slopes(x, w, dout, param)
    np.testing.assert_allclose(dx, slope(lambda x: convolve(x, w, b, param), x, dout), atol=1e-8)
    np.testing.assert_allclose(dw, slope(lambda w: convolve(x, w, b, param), w, dout), atol=1e-8)
    np.testing.assert_allclose(db, slope(lambda b: convolve(x, w, b, param), b, dout), atol=1e-8)


@of_convolutions
def test_filters_as_rows_times_columns_are_a_convolution(param):
    product = w.reshape(4, -1) @ columns(x, 3, 2, param)
    out = convolve(x, w, np.zeros(4), param)
    np.testing.assert_allclose(product, out.swapaxes(0, 1).reshape(4, -1), atol=1e-12)


@of_convolutions
def test_column_slopes_are_the_transpose_of_columns(param):
    cols = random.normal(size=columns(x, 3, 2, param).shape)
    ahead = np.sum(columns(x, 3, 2, param) * cols)
    back = np.sum(x * column_slopes(x, cols, 3, 2, param))
    assert ahead == pytest.approx(back)


@of_pools
def test_pooling_takes_one_number_of_each_window(param):
    seen = pooled(x, param)
    for n, c, i, j in np.ndindex(seen.shape):
        top, left = i * param["stride"], j * param["stride"]
        window = x[n, c, top : top + param["pool_height"], left : left + param["pool_width"]]
        assert seen[n, c, i, j] == window.max()


@of_pools
def test_the_slopes_of_pooling_are_its_central_differences(param):
    dout = random.normal(size=pooled(x, param).shape)
    for slopes, of in ((max_slopes, np.max), (mean_slopes, np.mean)):
        numeric = slope(lambda x, of=of: pooled(x, param, of), x, dout)
        np.testing.assert_allclose(slopes(x, dout, param), numeric, atol=1e-8)


@of_pools
def test_what_several_windows_get_adds_up(param):
    ones = np.ones(pool_windows(x, param).shape)
    assert add_up(x, ones, param).sum() == pytest.approx(ones.size)


def modelled():
    """Yield (mistakes, the right answer) for all that is modelled."""
    for param in PARAMS:
        dout = upstream(param)
        yield window_mistakes.of_convolution(x, w, b, param), convolve(x, w, b, param)
        for what, slopes in zip("xwb", conv_slopes(x, w, dout, param), strict=True):
            yield window_mistakes.of_convolution_slopes(what, x, w, dout, param), slopes
        cols = columns(x, 3, 2, param)
        yield window_mistakes.of_columns(x, 3, 2, param), cols
        right = column_slopes(x, cols, 3, 2, param)
        yield window_mistakes.of_column_slopes(x, cols, 3, 2, param), right
    for param in POOLS:
        for of, slopes in ((np.max, max_slopes), (np.mean, mean_slopes)):
            dout = np.random.default_rng(2).normal(size=pooled(x, param).shape)
            yield window_mistakes.of_pooling(x, param, of), pooled(x, param, of)
            right = slopes(x, dout, param)
            yield window_mistakes.of_pooling_slopes(x, dout, param, right), right


def test_every_mistake_has_the_shape_of_what_it_spoils_and_differs_from_it():
    for mistakes, right in modelled():
        assert mistakes
        for mistake in mistakes:
            assert mistake.value.shape == right.shape, mistake.code
            assert not np.allclose(mistake.value, right), mistake.code


def test_a_mistake_that_a_case_cannot_show_is_dropped():
    still = window_mistakes.no_stride(np.ones(3))
    other, again = window_mistakes.flipped(np.zeros(3)), window_mistakes.mirrored(np.zeros(3))
    assert window_mistakes.distinct(np.ones(3), [still, other, again]) == [other]


def test_the_last_of_several_windows_replaces_the_others():
    param = {"pool_height": 1, "pool_width": 2, "stride": 1}
    row = np.array([[[[1.0, 2, 3]]]])
    kept = window_mistakes.where_the_last_wins(
        row,
        lambda x: pool_windows(x, param),
        np.array([[5.0, 6], [7, 8]]).reshape(1, 1, 1, 2, 1, 2),
    )
    assert kept.tolist() == [[[[5, 7, 8]]]]
