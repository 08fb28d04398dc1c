"""Notebook 4's lesson: its right answers, reached in a second way."""

import numpy as np
import pytest

from data_utils.lessons import batchnorm as lesson
from data_utils.lessons import nets


def by_moments(x, gamma, beta, axis, eps):
    """Return x normalised by np.mean and np.var, scaled and shifted."""
    over = {"axis": axis, "keepdims": True}
    return gamma * (x - x.mean(**over)) / np.sqrt(x.var(**over) + eps) + beta


@pytest.mark.parametrize(("make", "axis"), [(lesson.train_mode, 0), (lesson.layer_norm, 1)])
def test_a_batch_is_normalised_as_by_mean_and_variance(make, axis):
    case = make()
    for out, eps in ((case.out, 0.1), (case.by_default, 1e-5)):
        right = by_moments(case.x, case.gamma, case.beta, axis, eps)
        np.testing.assert_allclose(out.value, right, atol=1e-9)


def test_channels_and_groups_of_pictures_are_normalised_as_by_mean_and_variance():
    case, scale = lesson.pictures(), (1, -1, 1, 1)
    gamma, beta = case.gamma.reshape(scale), case.beta.reshape(scale)
    right = by_moments(case.x, gamma, beta, (0, 2, 3), 0.1)
    np.testing.assert_allclose(case.out.value, right, atol=1e-9)
    case = lesson.groups()
    hat = by_moments(case.x.reshape(3, 2, -1), 1, 0, -1, 0.1).reshape(case.x.shape)
    np.testing.assert_allclose(case.out.value, case.gamma * hat + case.beta, atol=1e-9)
    for out, G in ((case.one_group, 1), (case.each_channel, 8)):
        hat = by_moments(case.x.reshape(3, G, -1), 1, 0, -1, 1e-5).reshape(case.x.shape)
        np.testing.assert_allclose(out, case.gamma * hat + case.beta, atol=1e-9)


def test_running_statistics_are_those_of_a_loop():
    case = lesson.three_batches()
    mean = var = 0
    for x in case.batches:
        mean, var = 0.6 * mean + 0.4 * x.mean(axis=0), 0.6 * var + 0.4 * x.var(axis=0)
    np.testing.assert_allclose(case.mean.value, mean)
    np.testing.assert_allclose(case.var.value, var)


def test_what_is_watched_stays_the_same_dict_and_all_else_is_copied():
    case = lesson.three_batches()
    case.param["running_mean"] = 1
    case.x[:] = 0
    assert case.param["running_mean"] == 1 and case.x.any()


def test_slopes_by_imaginary_steps_are_the_lines_of_the_notebook():
    case = lesson.train_mode()
    dx, dgamma, dbeta = lesson.slopes(case, case.loss)
    hat = by_moments(case.x, 1, 0, 0, 0.1)
    std = np.sqrt(case.x.var(axis=0) + 0.1)
    right = case.gamma / std * (case.dout - (dbeta + hat * dgamma) / len(case.x))
    np.testing.assert_allclose(dx, right, atol=1e-12)
    np.testing.assert_allclose(dgamma, (case.dout * hat).sum(axis=0), atol=1e-12)


@pytest.mark.parametrize("got", [None, [], "mask", 3.0, np.zeros(3), np.full((100, 100), np.nan)])
def test_no_answer_crashes_what_is_said_of_dropout(got):
    for case in (*lesson.dropouts(), *lesson.dropouts_at_test()):
        assert case.out(got).value.shape == case.dx(got, got).value.shape == case.x.shape
        assert case.passed(got).mistakes
        assert case.seeded(got, got)[1] in (True, False)


@pytest.mark.parametrize("shape", [(10, 10), (10, 10, 1, 1)])
def test_a_mask_for_two_of_four_axes_is_told(shape):
    *_, case = lesson.dropouts()
    kept = lesson.rng().random(shape) < 0.8
    with pytest.raises(lesson.check.CheckFailed) as found:
        lesson.check_shares(case, case.x * kept)
    assert found.value.diagnosis == "whole-lines"


def test_a_net_of_affine_layers_by_hand():
    params = {"W1": np.eye(2), "b1": np.array([0.0, -3]), "W2": np.ones((2, 1)), "b2": np.ones(1)}
    X = np.array([[1.0, 2], [3, 4]])
    np.testing.assert_allclose(nets.flat_scores(params, X, nets.untouched), [[2], [5]])


def test_a_net_of_convolutions_pools_behind_the_first():
    w = np.zeros((1, 1, 3, 3))
    w[0, 0, 1, 1] = 1
    params = {"W1": w, "b1": np.zeros(1), "W2": np.ones((2, 1)), "b2": np.zeros(1)}
    X = np.array([[[[1.0, 2, 3, -1], [4, 0, -5, -6]]]])
    np.testing.assert_allclose(nets.deep_scores(params, X, nets.untouched), [[7]])


@pytest.mark.parametrize("case", [nets.fully_connected(), nets.deep(), nets.deep(False)])
def test_the_mistakes_of_a_net_differ_from_what_is_right(case):
    for expected in (case.loss, case.asked, case.penalty):
        for mistake in expected.mistakes:
            assert not np.allclose(mistake.computed, expected.value), mistake.code
