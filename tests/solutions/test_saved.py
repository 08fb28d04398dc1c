"""What a model has learned can be saved and loaded, exactly and without pickles."""

import numpy as np
import pytest

from solutions.fc_net import FullyConnectedNet, TwoLayerNet
from solutions.linear_classifier import Softmax

X, Y = np.random.default_rng(0).normal(size=(6, 4)), np.array([0, 2, 1, 2, 0, 1])


def two_layer(seed=0, hidden=5):
    """Return a small TwoLayerNet."""
    return TwoLayerNet(4, hidden, 3, weight_scale=1, seed=seed)


def normalised(seed=0):
    """Return a small net with batch norm, which has seen a batch."""
    net = FullyConnectedNet([5], 4, 3, normalization="batchnorm", weight_scale=1, seed=seed)
    net.loss(X + seed, Y)
    return net


@pytest.mark.parametrize("make", [two_layer, normalised])
def test_a_net_that_was_loaded_scores_as_the_one_that_was_saved(make, tmp_path):
    saved, other = make(), make(seed=1)
    assert not np.allclose(saved.loss(X), other.loss(X))
    saved.save(tmp_path / "best.npy")
    other.load(tmp_path / "best.npy")
    np.testing.assert_array_equal(saved.loss(X), other.loss(X))


def test_a_classifier_that_was_loaded_has_the_weights_of_the_one_that_was_saved(tmp_path):
    saved, other = Softmax(seed=0), Softmax()
    saved.train(X, Y, num_iters=3, batch_size=4)
    saved.save(tmp_path / "best.npy")
    other.load(tmp_path / "best.npy")
    np.testing.assert_array_equal(saved.W, other.W)


def test_a_file_of_another_net_is_refused_with_both_shapes(tmp_path):
    two_layer().save(tmp_path / "small.npy")
    with pytest.raises(ValueError, match=r"different model: it holds .*\(4, 5\).*\(4, 7\)"):
        two_layer(hidden=7).load(tmp_path / "small.npy")


def test_a_pickle_is_refused(tmp_path):
    np.save(tmp_path / "pickled.npy", {"W": np.ones(3)}, allow_pickle=True)
    with pytest.raises(ValueError, match="not a checkpoint"):
        Softmax().load(tmp_path / "pickled.npy")
