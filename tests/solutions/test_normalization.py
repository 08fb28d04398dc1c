"""Batch, layer and group norm, for rows and for pictures."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient_array, rel_error
from solutions.layers import (
    batchnorm_backward,
    batchnorm_backward_alt,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
)

NUMERIC = 1e-7
"""A gradient of these small smooth functions differs from central differences by less."""


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def train(**settings):
    """Return a bn_param in training."""
    return {"mode": "train"} | settings


def rows_layer(rng):
    """Return x (4, 3), gamma, beta (3,) and a gradient from above (4, 3)."""
    return 3 + 2 * rng.normal(size=(4, 3)), *rng.normal(size=(2, 3)), rng.normal(size=(4, 3))


def pictures_layer(rng, per_channel=6):
    """Return x (2, 6, 3, 4), gamma and beta of a shape, and a gradient from above."""
    x, dout = 3 + 2 * rng.normal(size=(2, 2, 6, 3, 4))
    return x, rng.normal(size=per_channel), rng.normal(size=per_channel), dout


def normalised(numbers, eps):
    """Return numbers of mean 0 and variance 1, if eps is small, by the definitions."""
    N = len(numbers)
    mean = sum(numbers) / N
    var = sum((number - mean) ** 2 for number in numbers) / N
    return [(number - mean) / (var + eps) ** 0.5 for number in numbers]


def batchnorm(x, gamma, beta):
    return batchnorm_forward(x, gamma, beta, train(eps=0.1))


def layernorm(x, gamma, beta):
    return layernorm_forward(x, gamma, beta, {"eps": 0.1})


def spatial_batchnorm(x, gamma, beta):
    return spatial_batchnorm_forward(x, gamma, beta, train(eps=0.1))


def groupnorm(x, gamma, beta):
    return spatial_groupnorm_forward(x, gamma, beta, 2, {"eps": 0.1})


def test_batch_norm_normalises_every_feature_over_the_batch(rng):
    x, gamma, beta, _ = rows_layer(rng)
    out, _ = batchnorm(x, gamma, beta)
    for d in range(3):
        assert np.allclose(out[:, d], gamma[d] * np.array(normalised(x[:, d], 0.1)) + beta[d])


def test_layer_norm_normalises_every_example_over_its_features(rng):
    x, gamma, beta, _ = rows_layer(rng)
    out, _ = layernorm(x, gamma, beta)
    for n in range(4):
        assert np.allclose(out[n], gamma * np.array(normalised(x[n], 0.1)) + beta)


def test_spatial_batch_norm_normalises_every_channel_over_batch_and_pixels(rng):
    x, gamma, beta, _ = pictures_layer(rng)
    out, _ = spatial_batchnorm(x, gamma, beta)
    for c in range(6):
        expected = gamma[c] * np.array(normalised(x[:, c].ravel(), 0.1)) + beta[c]
        assert np.allclose(out[:, c].ravel(), expected)


@pytest.mark.parametrize("G", [1, 2, 3, 6])
def test_group_norm_normalises_some_channels_of_one_picture(rng, G):
    x, gamma, beta, _ = pictures_layer(rng, (1, 6, 1, 1))
    out, _ = spatial_groupnorm_forward(x, gamma, beta, G, {"eps": 0.1})
    for n, first in np.ndindex(2, G):
        group = slice(first * 6 // G, (first + 1) * 6 // G)
        hat = np.reshape(normalised(x[n, group].ravel(), 0.1), (6 // G, 3, 4))
        assert np.allclose(out[n, group], gamma[0, group] * hat + beta[0, group])


GRADIENTS = pytest.mark.parametrize(
    ("make", "forward", "backward"),
    [
        (rows_layer, batchnorm, batchnorm_backward),
        (rows_layer, batchnorm, batchnorm_backward_alt),
        (rows_layer, layernorm, layernorm_backward),
        (pictures_layer, spatial_batchnorm, spatial_batchnorm_backward),
        (
            lambda rng: pictures_layer(rng, (1, 6, 1, 1)),
            groupnorm,
            spatial_groupnorm_backward,
        ),
    ],
    ids=["batch", "batch alt", "layer", "spatial batch", "group"],
)


@GRADIENTS
def test_gradients_match_central_differences(rng, make, forward, backward):
    *inputs, dout = make(rng)
    grads = backward(dout, forward(*inputs)[1])
    for i, grad in enumerate(grads):

        def f(z, i=i):
            return forward(*inputs[:i], z, *inputs[i + 1 :])[0]

        assert grad.shape == inputs[i].shape
        assert rel_error(grad, eval_numerical_gradient_array(f, inputs[i], dout)) < NUMERIC


@GRADIENTS
def test_float32_stays_float32_and_inputs_stay_as_they_are(rng, make, forward, backward):
    *inputs, dout = (array.astype(np.float32) for array in make(rng))
    for array in (*inputs, dout):
        array.flags.writeable = False
    out, cache = forward(*inputs)
    assert {array.dtype for array in (out, *backward(dout, cache))} == {np.dtype(np.float32)}


@GRADIENTS
def test_backward_may_be_called_twice(rng, make, forward, backward):
    *inputs, dout = make(rng)
    cache = forward(*inputs)[1]
    for once, again in zip(backward(dout, cache), backward(dout, cache), strict=True):
        assert np.array_equal(once, again)


def test_both_backwards_of_batch_norm_agree(rng):
    x, gamma, beta, dout = rows_layer(rng)
    _, cache = batchnorm(x, gamma, beta)
    one, other = batchnorm_backward(dout, cache), batchnorm_backward_alt(dout, cache)
    assert all(np.allclose(a, b, rtol=1e-12, atol=1e-12) for a, b in zip(one, other, strict=True))


def test_a_shift_of_the_batch_has_no_slope(rng):
    x, gamma, beta, dout = rows_layer(rng)
    dx, _, _ = batchnorm_backward(dout, batchnorm(x, gamma, beta)[1])
    assert np.allclose(dx.sum(axis=0), 0, atol=1e-12)


def test_a_stretch_of_the_batch_has_no_slope_without_eps(rng):
    x, gamma, beta, dout = rows_layer(rng)
    _, cache = batchnorm_forward(x, gamma, beta, train(eps=0.0))
    dx, _, _ = batchnorm_backward(dout, cache)
    assert np.allclose(((x - x.mean(axis=0)) * dx).sum(axis=0), 0, atol=1e-12)


def test_a_constant_feature_becomes_its_shift(rng):
    x = np.full((4, 3), 7.0)
    out, cache = batchnorm_forward(x, np.ones(3), np.arange(3.0), train())
    assert np.array_equal(out, np.tile(np.arange(3.0), (4, 1)))
    assert all(np.isfinite(grad).all() for grad in batchnorm_backward(np.ones((4, 3)), cache))


def test_eps_is_added_to_the_variance_of_a_nearly_constant_feature():
    x = np.array([[1e-3], [-1e-3]])
    out, _ = batchnorm_forward(x, np.ones(1), np.zeros(1), train(eps=3e-6))
    assert np.allclose(out, [[0.5], [-0.5]])


def test_a_batch_of_one_becomes_the_shift(rng):
    out, _ = batchnorm_forward(rng.normal(size=(1, 3)), np.ones(3), np.arange(3.0), train())
    assert np.allclose(out, np.arange(3.0))


@pytest.mark.parametrize("momentum", [0.6, 0.0, 1.0])
def test_running_statistics_keep_the_share_of_momentum(rng, momentum):
    param, mean, var = train(momentum=momentum), 0, 0
    for x in rng.normal(2, 3, size=(3, 2, 4)):
        batchnorm_forward(x, np.ones(4), np.zeros(4), param)
        a, b = x
        mean = momentum * mean + (1 - momentum) * (a + b) / 2
        var = momentum * var + (1 - momentum) * (a - b) ** 2 / 4
    assert np.allclose(param["running_mean"], mean)
    assert np.allclose(param["running_var"], var)


def test_the_default_momentum_is_nine_tenths_and_the_default_eps_1e_5(rng):
    param = train()
    x = np.array([[0.0], [2.0]])
    out, _ = batchnorm_forward(x, np.ones(1), np.zeros(1), param)
    assert np.allclose(param["running_mean"], 0.1) and np.allclose(param["running_var"], 0.1)
    assert np.allclose(out, (x - 1) / np.sqrt(1.00001), rtol=1e-12)


def test_running_statistics_are_new_arrays_each_time(rng):
    param = train(running_mean=np.zeros(3), running_var=np.zeros(3))
    before = param["running_mean"]
    batchnorm_forward(rng.normal(size=(4, 3)), np.ones(3), np.zeros(3), param)
    assert not before.any() and param["running_mean"].any()


def test_at_test_running_statistics_normalise_and_stay(rng):
    x, gamma, beta, _ = rows_layer(rng)
    mean, var = rng.normal(size=3), rng.random(3)
    param = {"mode": "test", "eps": 0.1, "running_mean": mean.copy(), "running_var": var.copy()}
    expected = gamma * (x - mean) / np.sqrt(var + 0.1) + beta
    for _ in range(2):
        out, _ = batchnorm_forward(x, gamma, beta, param)
        assert np.allclose(out, expected)
    assert np.array_equal(param["running_mean"], mean) and np.array_equal(param["running_var"], var)


def test_at_test_an_example_does_not_depend_on_its_neighbours(rng):
    x, gamma, beta, _ = rows_layer(rng)
    param = train()
    batchnorm_forward(x, gamma, beta, param)
    param["mode"] = "test"
    together, _ = batchnorm_forward(x, gamma, beta, param)
    alone, _ = batchnorm_forward(x[:1], gamma, beta, param)
    assert np.allclose(together[0], alone[0])


def test_spatial_statistics_are_one_number_a_channel(rng):
    x, gamma, beta, _ = pictures_layer(rng)
    param = train(momentum=0.6)
    spatial_batchnorm_forward(x, gamma, beta, param)
    for c in range(6):
        assert np.isclose(param["running_mean"][c], 0.4 * x[:, c].mean())
    param["mode"] = "test"
    out, _ = spatial_batchnorm_forward(x, gamma, beta, param)
    assert param["running_var"].shape == (6,) and out.shape == x.shape


def test_layer_norm_treats_examples_apart(rng):
    x, gamma, beta, _ = rows_layer(rng)
    assert np.allclose(layernorm(x, gamma, beta)[0][1:2], layernorm(x[1:2], gamma, beta)[0])


def test_one_group_of_a_single_pixel_is_layer_norm(rng):
    x, gamma, beta, _ = rows_layer(rng)
    out, _ = spatial_groupnorm_forward(
        x[:, :, None, None], gamma.reshape(1, 3, 1, 1), beta.reshape(1, 3, 1, 1), 1, {"eps": 0.1}
    )
    assert np.allclose(out[:, :, 0, 0], layernorm(x, gamma, beta)[0])


def test_an_unknown_mode_is_refused(rng):
    x, gamma, beta, _ = rows_layer(rng)
    for param in ({"mode": "eval"}, {}):
        with pytest.raises(ValueError, match="the mode is 'train' or 'test', not"):
            batchnorm_forward(x, gamma, beta, param)


@pytest.mark.parametrize("G", [0, 4, 7])
def test_groups_must_divide_the_channels(rng, G):
    x, gamma, beta, _ = pictures_layer(rng, (1, 6, 1, 1))
    with pytest.raises(ValueError, match=f"6 channels cannot be put into G = {G} groups"):
        spatial_groupnorm_forward(x, gamma, beta, G, {})


NEEDS_TORCH = "compares with PyTorch, which the course itself does not need"


def of_torch(torch, f, inputs, dout):
    """Return out and the gradients of all inputs, as PyTorch has them."""
    leaves = [torch.tensor(array, requires_grad=True) for array in inputs]
    out = f(*leaves)
    out.backward(torch.tensor(dout))
    return [out.detach().numpy(), *(leaf.grad.numpy() for leaf in leaves)]


def test_pytorch_agrees(rng):
    torch = pytest.importorskip("torch", reason=NEEDS_TORCH)
    F = torch.nn.functional
    cases = [
        (rows_layer, lambda x, g, b: F.batch_norm(x, None, None, g, b, True, eps=0.1)),
        (rows_layer, lambda x, g, b: F.layer_norm(x, (3,), g, b, eps=0.1)),
        (pictures_layer, lambda x, g, b: F.batch_norm(x, None, None, g, b, True, eps=0.1)),
        (
            lambda rng: pictures_layer(rng, (1, 6, 1, 1)),
            lambda x, g, b: F.group_norm(x, 2, g.ravel(), b.ravel(), eps=0.1),
        ),
    ]
    ours = [
        (batchnorm, batchnorm_backward),
        (layernorm, layernorm_backward),
        (spatial_batchnorm, spatial_batchnorm_backward),
        (groupnorm, spatial_groupnorm_backward),
    ]
    for (make, theirs), (forward, backward) in zip(cases, ours, strict=True):
        *inputs, dout = make(rng)
        out, cache = forward(*inputs)
        answers = zip(
            [out, *backward(dout, cache)], of_torch(torch, theirs, inputs, dout), strict=True
        )
        assert all(np.allclose(mine, other) for mine, other in answers)
