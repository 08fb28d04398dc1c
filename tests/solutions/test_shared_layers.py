"""Layers that are done in shares give what they give for the whole, and call the plain layers."""

import numpy as np
import pytest

from solutions import layers
from solutions.given import shared
from solutions.given.fast import threads as parallel
from solutions.layer_utils import affine_relu_backward, affine_relu_forward

CLOSE = 1e-12
"""Sums of ten numbers of order 1, in float64, differ by less, whatever their order."""


def affine(**options):
    rng = np.random.default_rng(0)
    x, w, b, dout = (rng.normal(size=size) for size in ((7, 2, 3), (6, 4), 4, (7, 4)))
    out, cache = affine_relu_forward(x, w, b)
    return out, *affine_relu_backward(dout, cache, **options)


@pytest.mark.parametrize("threads", [1, 3])
def test_halves_give_what_the_whole_gives(monkeypatch, threads):
    whole = affine()
    monkeypatch.setattr(parallel, "THREADS", threads)
    monkeypatch.setattr(shared, "LARGE", 0)
    for share, all_at_once in zip(affine(), whole, strict=True):
        assert np.shape(share) == np.shape(all_at_once)
        np.testing.assert_allclose(share, all_at_once, rtol=CLOSE, atol=CLOSE)


def test_the_number_of_threads_changes_no_bit(monkeypatch):
    monkeypatch.setattr(shared, "LARGE", 0)
    monkeypatch.setattr(parallel, "THREADS", 1)
    one = affine()
    monkeypatch.setattr(parallel, "THREADS", 4)
    for several, alone in zip(affine(), one, strict=True):
        assert np.array_equal(several, alone)


def test_a_wrong_layer_stays_wrong(monkeypatch):
    right = affine()[0]
    monkeypatch.setattr(shared, "LARGE", 0)
    monkeypatch.setattr(layers, "relu_forward", lambda x: (np.abs(x), x))
    assert not np.allclose(affine()[0], right)


def test_a_small_input_is_done_at_once(monkeypatch):
    calls = []
    plain = layers.relu_forward
    monkeypatch.setattr(layers, "relu_forward", lambda x: calls.append(len(x)) or plain(x))
    affine()
    assert calls == [7]


@pytest.mark.parametrize("large", [0, shared.LARGE])
def test_without_dx_the_other_gradients_are_the_same(monkeypatch, large):
    _, _, *grads = affine()
    monkeypatch.setattr(shared, "LARGE", large)
    none, *same = affine(needs_dx=False)[1:]
    assert none is None
    for mine, whole in zip(same, grads, strict=True):
        np.testing.assert_allclose(mine, whole, rtol=CLOSE, atol=CLOSE)


def test_an_affine_backward_of_cs231n_knows_no_needs_dx(monkeypatch):
    plain = layers.affine_backward
    monkeypatch.setattr(layers, "affine_backward", lambda dout, cache: plain(dout, cache))
    for mine, whole in zip(affine(needs_dx=False), affine(), strict=True):
        assert np.array_equal(mine, whole)
