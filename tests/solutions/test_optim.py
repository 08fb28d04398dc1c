"""Update rules against their papers' formulas, in plain Python on single numbers."""

from math import sqrt

import numpy as np
import pytest

from solutions import optim

W = [1.5, -0.7, 0.02, 3.0]
GRADIENTS = [
    [0.5, -2.0, 1e-9, 0.0],
    [-0.1, 4.0, -3e-9, 0.0],
    [0.3, 1e3, 2e-9, 0.0],
    [0.0, -1e-4, 1e-9, 0.0],
]
"""Gradients of four steps, one column per parameter: ordinary, wild, tiny and zero ones."""


def sgd(w, steps, learning_rate=1e-2):
    for dw in steps:
        w -= learning_rate * dw
    return w, {}


def sgd_momentum(w, steps, learning_rate=1e-2, momentum=0.9):
    v = 0.0
    for dw in steps:
        v = momentum * v - learning_rate * dw
        w += v
    return w, {"velocity": v}


def rmsprop(w, steps, learning_rate=1e-2, decay_rate=0.99, epsilon=1e-8):
    r = 0.0
    for dw in steps:
        r = decay_rate * r + (1 - decay_rate) * dw**2
        w -= learning_rate * dw / (sqrt(r) + epsilon)
    return w, {"cache": r}


def adam(w, steps, learning_rate=1e-3, beta1=0.9, beta2=0.999, epsilon=1e-8):
    m = v = 0.0
    for t, dw in enumerate(steps, start=1):
        m = beta1 * m + (1 - beta1) * dw
        v = beta2 * v + (1 - beta2) * dw**2
        w -= learning_rate * (m / (1 - beta1**t)) / (sqrt(v / (1 - beta2**t)) + epsilon)
    return w, {"m": m, "v": v, "t": len(steps)}


CASES = [
    (sgd, {}),
    (sgd, {"learning_rate": 0.3}),
    (sgd_momentum, {}),
    (sgd_momentum, {"learning_rate": 0.3, "momentum": 0.6}),
    (rmsprop, {}),
    (rmsprop, {"learning_rate": 0.3, "decay_rate": 0.7, "epsilon": 1e-3}),
    (adam, {}),
    (adam, {"learning_rate": 0.3, "beta1": 0.6, "beta2": 0.8, "epsilon": 1e-3}),
]
RULES = pytest.mark.parametrize("name", ["sgd", "sgd_momentum", "rmsprop", "adam"])


def run(name, config=None, dtype=np.float64):
    """Return (w, config) after the four steps."""
    w, rule = np.array(W, dtype), getattr(optim, name)
    for dw in GRADIENTS:
        w, config = rule(w, np.array(dw, dtype), config)
    return w, config


@pytest.mark.parametrize(("reference", "settings"), CASES)
def test_four_steps_match_the_formula(reference, settings):
    w, config = run(reference.__name__, dict(settings))
    columns = zip(W, zip(*GRADIENTS, strict=True), strict=True)
    for i, (start, steps) in enumerate(columns):
        expected, kept = reference(start, steps, **settings)
        assert w[i] == pytest.approx(expected, rel=1e-12)
        for name, value in kept.items():
            assert np.broadcast_to(config[name], 4)[i] == pytest.approx(value, rel=1e-12)


@RULES
def test_defaults_are_filled_in(name):
    _, config = run(name)
    settings = {
        "sgd": {"learning_rate": 1e-2},
        "sgd_momentum": {"learning_rate": 1e-2, "momentum": 0.9},
        "rmsprop": {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8},
        "adam": {"learning_rate": 1e-3, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8, "t": 4},
    }[name]
    assert settings.items() <= {k: v for k, v in config.items() if np.ndim(v) == 0}.items()


@RULES
def test_a_zero_gradient_moves_nothing_from_the_start(name):
    w = np.array(W)
    next_w, _ = getattr(optim, name)(w, np.zeros(4), None)
    assert np.array_equal(next_w, W)


@RULES
def test_a_changed_learning_rate_holds_from_the_next_step_on(name):
    rule, dw = getattr(optim, name), np.ones(1)
    w, config = rule(np.ones(1), dw, {"learning_rate": 0.1, "momentum": 0.0})
    config["learning_rate"] = 0.0
    assert np.array_equal(rule(w, dw, config)[0], w)


@pytest.mark.parametrize("name", ["rmsprop", "adam"])
def test_tiny_and_large_gradients_take_steps_of_one_length(name):
    settings = {"learning_rate": 0.1, "epsilon": 1e-30}
    w, _ = getattr(optim, name)(np.zeros(2), np.array([1e-12, 1e12]), settings)
    assert w[0] == pytest.approx(w[1])


@RULES
def test_a_rule_keeps_float32_even_with_numpys_float64_settings(name):
    w, config = run(name, {"learning_rate": np.float64(0.1)}, np.float32)
    assert w.dtype == np.float32
    assert all(v.dtype == np.float32 for v in config.values() if isinstance(v, np.ndarray))


@RULES
def test_the_gradient_is_left_alone(name):
    dw = np.array(GRADIENTS[0])
    dw.flags.writeable = False
    config = None
    for _ in range(3):
        _, config = getattr(optim, name)(np.array(W), dw, config)


@RULES
def test_the_config_that_was_given_keeps_the_state(name):
    config = {"learning_rate": 0.1}
    _, returned = getattr(optim, name)(np.array(W), np.ones(4), config)
    assert returned is config


@RULES
def test_parameters_do_not_share_their_state(name):
    rule = getattr(optim, name)
    _, first = rule(np.ones(2), np.ones(2), None)
    _, second = rule(np.ones(3), np.ones(3), None)
    for key in first.keys() & {"velocity", "cache", "m", "v"}:
        assert (first[key].shape, second[key].shape) == ((2,), (3,))


def test_sgd_is_downhill():
    assert optim.sgd(np.array([1.0]), np.array([1.0]))[0].item() == pytest.approx(0.99)
