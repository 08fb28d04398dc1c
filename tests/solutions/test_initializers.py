"""First weights: their shape, spread and distribution."""

import numpy as np
import pytest

from solutions.initializers import kaiming_initializer, xavier_initializer

LAYERS = pytest.mark.parametrize(
    ("sizes", "shape", "fan_in", "fan_out"),
    [((200, 300), (200, 300), 200, 300), ((20, 90, 5), (90, 20, 5, 5), 500, 2250)],
    ids=["affine", "convolution"],
)


def close_to(variance, draws, kurtosis):
    """Return the variance of so many draws, within five standard errors."""
    return pytest.approx(variance, rel=5 * np.sqrt((kurtosis - 1) / draws))


@LAYERS
@pytest.mark.parametrize(("relu", "gain"), [(True, 2), (False, 1)])
def test_kaiming_weights_are_normal_of_variance_gain_over_fan_in(
    sizes, shape, fan_in, fan_out, relu, gain
):
    w = kaiming_initializer(*sizes, relu=relu, rng=0)
    assert w.shape == shape
    assert w.var() == close_to(gain / fan_in, w.size, kurtosis=3)
    assert abs(w.mean()) < 5 * np.sqrt(gain / fan_in / w.size)
    assert np.mean(np.abs(w) < np.sqrt(gain / fan_in)) == pytest.approx(0.6827, abs=0.01)


@LAYERS
def test_xavier_weights_are_uniform_within_their_bound(sizes, shape, fan_in, fan_out):
    w = xavier_initializer(*sizes, rng=0)
    bound = np.sqrt(6 / (fan_in + fan_out))
    assert w.shape == shape
    assert w.var() == close_to(2 / (fan_in + fan_out), w.size, kurtosis=1.8)
    assert 0.999 * bound < np.abs(w).max() <= bound * (1 + 1e-6)
    assert np.mean(np.abs(w) < bound / 2) == pytest.approx(0.5, abs=0.01)


def test_ten_layers_with_relu_keep_the_size_of_the_numbers():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 400))
    for _ in range(10):
        x = np.maximum(0, x @ kaiming_initializer(400, 400, dtype=np.float64, rng=rng))
    assert 0.5 < np.mean(x**2) < 2


@pytest.mark.parametrize("initializer", [kaiming_initializer, xavier_initializer])
def test_a_seed_or_a_generator_decides_the_draw_and_dtype_its_type(initializer):
    w = initializer(4, 3, dtype=np.float64, rng=7)
    assert np.array_equal(w, initializer(4, 3, dtype="float64", rng=np.random.default_rng(7)))
    assert not np.array_equal(initializer(4, 3), initializer(4, 3))
    assert (w.dtype, initializer(4, 3).dtype) == (np.float64, np.float32)


@pytest.mark.parametrize("initializer", [kaiming_initializer, xavier_initializer])
@pytest.mark.parametrize("sizes", [(0, 3), (4, 0), (4, 3, 0)])
def test_sizes_below_1_are_refused(initializer, sizes):
    with pytest.raises(ValueError, match="sizes are 1 or more, not Din="):
        initializer(*sizes)
