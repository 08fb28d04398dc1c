"""Deep nets: normalisation and dropout in FullyConnectedNet, DeepConvNet, how they are trained."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient
from solutions.cnn import DeepConvNet
from solutions.fc_net import FullyConnectedNet
from solutions.given import checkpoint
from solutions.layers import (
    affine_forward,
    batchnorm_forward,
    conv_forward_naive,
    layernorm_forward,
    max_pool_forward_naive,
    relu_forward,
    spatial_batchnorm_forward,
)
from solutions.solver import Solver
from solutions.tuning import create_convolutional_solver_instance, find_overfit_parameters

NUMERIC = 1e-6
"""A gradient through ReLUs differs from central differences by less, away from kinks."""

Y = np.array([0, 2, 1, 2])

OPTIONS = pytest.mark.parametrize(
    "options",
    [
        {"normalization": "batchnorm"},
        {"normalization": "layernorm"},
        {"dropout_keep_ratio": 0.6},
        {"normalization": "batchnorm", "dropout": 0.6},
        {"normalization": "layernorm", "dropout_keep_ratio": 0.6},
    ],
    ids=str,
)


def fully_connected(**options):
    """Return a net of 6-5-5-3 units, and four examples."""
    defaults = {"weight_scale": 0.5, "dtype": np.float64, "seed": 1}
    return moved(FullyConnectedNet([5, 5], 6, 3, **defaults | options)), examples(2, 3)


def convolutional(**options):
    """Return a net of two convolutions and one pooling, and four pictures."""
    defaults = {"weight_scale": "kaiming", "dtype": np.float64, "seed": 1}
    net = DeepConvNet((2, 4, 5), (3, 4), (1,), num_classes=3, **defaults | options)
    return moved(net), examples(2, 4, 5)


def examples(*shape):
    """Return four examples of a shape."""
    return np.random.default_rng(0).normal(size=(len(Y), *shape))


def moved(net):
    """Return the net with biases, gamma and beta other than 0 and 1."""
    rng = np.random.default_rng(2)
    for name, p in net.params.items():
        if not name.startswith("W"):
            net.params[name] = p + rng.normal(size=p.shape).astype(p.dtype)
    return net


def check_gradients(net, X):
    """Compare the gradients of a net's loss with central differences."""
    grads = net.loss(X, Y)[1]
    assert grads.keys() == net.params.keys()
    for name, p in list(net.params.items()):

        def loss(z, name=name):
            net.params[name] = z
            return net.loss(X, Y)[0]

        numeric = eval_numerical_gradient(loss, p)
        net.params[name] = p
        allowed = NUMERIC * max(np.abs(numeric).max(), 1e-2)
        assert np.allclose(grads[name], numeric, rtol=0, atol=allowed), name


@OPTIONS
@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_gradients_of_a_fully_connected_net_match_central_differences(options, reg):
    check_gradients(*fully_connected(reg=reg, **options))


@pytest.mark.parametrize("batchnorm", [False, True])
@pytest.mark.parametrize("reg", [0.0, 0.7])
def test_gradients_of_a_deep_convnet_match_central_differences(batchnorm, reg):
    check_gradients(*convolutional(reg=reg, batchnorm=batchnorm))


def test_a_deep_convnet_gives_the_gradient_of_the_pictures_to_those_who_ask():
    net, X = convolutional()
    net.loss(X, Y)  # training does not ask
    scores, caches = net.forward(X)
    dX, _ = net.backward(np.ones_like(scores), caches)
    numeric = eval_numerical_gradient(lambda X: net.forward(X)[0].sum(), X)
    assert np.allclose(dX, numeric, rtol=0, atol=NUMERIC * np.abs(numeric).max())


def test_training_asks_for_no_gradient_of_the_pictures(monkeypatch):
    net, X = convolutional(batchnorm=True)
    dxs, backward = [], net.block_backward
    monkeypatch.setattr(net, "block_backward", lambda *args: dxs.append(backward(*args)) or dxs[-1])
    net.loss(X, Y)
    assert [dx is None for dx, _ in dxs] == [False, True]


@pytest.mark.parametrize(
    "net",
    [
        fully_connected(normalization="batchnorm", dropout=0.6),
        fully_connected(normalization="layernorm"),
        convolutional(batchnorm=True),
        convolutional(batchnorm=False),
    ],
    ids=["batchnorm", "layernorm", "convnet with batchnorm", "convnet"],
)
def test_half_the_squares_of_all_weights_are_the_regulariser_and_nothing_else(net):
    net, X = net
    plain, slopes = net.loss(X, Y)
    net.reg = 3.0
    loss, grads = net.loss(X, Y)
    squares = sum((p**2).sum() for name, p in net.params.items() if name.startswith("W"))
    assert loss - plain == pytest.approx(1.5 * squares)
    for name, grad in grads.items():
        added = 3 * net.params[name] if name.startswith("W") else 0
        assert np.allclose(grad - slopes[name], added, rtol=0, atol=1e-12), name


@pytest.mark.parametrize("normalization", ["batchnorm", "layernorm"])
def test_a_fully_connected_net_is_its_layers_one_after_the_other(normalization):
    net, X = fully_connected(normalization=normalization)
    net.loss(X, Y)
    norm = batchnorm_forward if normalization == "batchnorm" else layernorm_forward
    out, p = X, net.params
    for i in (1, 2):
        out, _ = affine_forward(out, p[f"W{i}"], p[f"b{i}"])
        param = net.bn_params[i - 1] | {"mode": "test"}
        out, _ = norm(out, p[f"gamma{i}"], p[f"beta{i}"], param)
        out, _ = relu_forward(out)
    assert np.allclose(net.loss(X), out @ p["W3"] + p["b3"])


@pytest.mark.parametrize("batchnorm", [False, True])
def test_a_deep_convnet_is_its_layers_one_after_the_other(batchnorm):
    net, out = convolutional(batchnorm=batchnorm)
    X, p = out, net.params
    net.loss(X, Y)
    for i in (1, 2):
        out, _ = conv_forward_naive(out, p[f"W{i}"], p[f"b{i}"], {"stride": 1, "pad": 1})
        if batchnorm:
            param = net.bn_params[i - 1] | {"mode": "test"}
            out, _ = spatial_batchnorm_forward(out, p[f"gamma{i}"], p[f"beta{i}"], param)
        out, _ = relu_forward(out)
    out, _ = max_pool_forward_naive(out, {"pool_height": 2, "pool_width": 2, "stride": 2})
    assert np.allclose(net.loss(X), affine_forward(out, p["W3"], p["b3"])[0])


def test_parameters_have_the_names_and_shapes_of_the_layers():
    net = FullyConnectedNet([7, 6], 12, 5, normalization="layernorm")
    shapes = {name: p.shape for name, p in net.params.items() if name[0] in "gb"}
    assert shapes == {
        "gamma1": (7,), "beta1": (7,), "b1": (7,), "gamma2": (6,), "beta2": (6,), "b2": (6,),
        "b3": (5,),
    }  # fmt: skip
    net = DeepConvNet((3, 9, 12), (4, 5), (0, 1), batchnorm=True, num_classes=7)
    shapes = {name: p.shape for name, p in net.params.items()}
    assert shapes == {
        "W1": (4, 3, 3, 3), "b1": (4,), "gamma1": (4,), "beta1": (4,),
        "W2": (5, 4, 3, 3), "b2": (5,), "gamma2": (5,), "beta2": (5,),
        "W3": (5 * 2 * 3, 7), "b3": (7,),
    }  # fmt: skip


@pytest.mark.parametrize(
    "net",
    [
        FullyConnectedNet([5], 4, 3, 0.5, "batchnorm"),
        DeepConvNet((2, 4, 4), (3,), (0,), True, 3, weight_scale="kaiming"),
    ],
    ids=["fully connected", "convnet"],
)
def test_everything_is_of_the_nets_dtype(net):
    X = np.ones((2, 4)) if isinstance(net, FullyConnectedNet) else np.ones((2, 2, 4, 4))
    loss, grads = net.loss(X, np.array([0, 1]))
    scores = net.loss(X)
    arrays = [scores + loss, scores, *net.params.values(), *grads.values()]
    assert {array.dtype for array in arrays} == {np.dtype(np.float32)}


def test_gamma_begins_at_1_and_beta_and_biases_at_0():
    for net in (FullyConnectedNet([5], 4, 3, 1, "batchnorm"), DeepConvNet(batchnorm=True)):
        for name, p in net.params.items():
            assert name.startswith("W") or np.all(p == name.startswith("gamma"))


def test_kaiming_weights_have_the_gain_2_before_a_relu_and_1_at_the_end():
    net = DeepConvNet((20, 8, 8), (30, 40), (0,), weight_scale="kaiming", num_classes=50, seed=0)
    expected = {"W1": 2 / (20 * 9), "W2": 2 / (30 * 9), "W3": 1 / (40 * 4 * 4)}
    for name, variance in expected.items():
        W = net.params[name]
        assert W.var() == pytest.approx(variance, rel=5 * np.sqrt(2 / W.size))


def test_a_number_is_the_standard_deviation_of_all_weights():
    net = DeepConvNet((20, 8, 8), (30, 40), (0,), weight_scale=0.02, num_classes=50, seed=0)
    for name in ("W1", "W2", "W3"):
        W = net.params[name]
        assert W.std() == pytest.approx(0.02, rel=5 * np.sqrt(0.5 / W.size))


def test_with_batch_norm_the_size_of_the_first_weights_hardly_matters():
    small, large = (
        DeepConvNet((2, 4, 5), (3, 4), (1,), True, 3, scale, dtype=np.float64, seed=1)
        for scale in (1.0, 10.0)
    )
    large.params["W3"] = small.params["W3"]
    X = examples(2, 4, 5)
    assert large.loss(X, Y)[0] == pytest.approx(small.loss(X, Y)[0], rel=1e-4)


@OPTIONS
def test_asking_for_scores_draws_nothing_and_changes_nothing(options):
    net, X = fully_connected(**options | {"seed": None})
    net.loss(X, Y)
    before = [dict(param) for param in net.bn_params]
    assert np.array_equal(net.loss(X), net.loss(X))
    alone = np.concatenate([net.loss(X[i : i + 1]) for i in range(len(X))])
    assert np.allclose(net.loss(X), alone)
    for param, kept in zip(net.bn_params, before, strict=True):
        assert all(np.array_equal(param[k], kept[k]) for k in kept if k.startswith("running"))


def test_a_deep_convnet_judges_each_picture_by_itself():
    net, X = convolutional(batchnorm=True)
    net.loss(X, Y)
    alone = np.concatenate([net.loss(X[i : i + 1]) for i in range(len(X))])
    assert np.allclose(net.loss(X), alone)


def test_dropout_draws_anew_without_a_seed_and_the_same_with_one():
    net, X = fully_connected(dropout_keep_ratio=0.5, seed=3)
    assert net.loss(X, Y)[0] == net.loss(X, Y)[0]
    net, X = fully_connected(dropout_keep_ratio=0.5, seed=None)
    assert len({net.loss(X, Y)[0] for _ in range(8)}) > 1


def test_dropout_keeps_a_share_of_the_hidden_units_and_their_mean():
    net = FullyConnectedNet([4000], 1, 2, 0.8, dtype=np.float64)
    net.params = {"W1": np.ones((1, 4000)), "b1": np.zeros(4000)}
    net.params |= {"W2": np.ones((4000, 2)) / 4000, "b2": np.zeros(2)}
    _, grads = net.loss(np.ones((1, 1)), np.array([0]))
    kept = grads["W2"][:, 0] != 0
    assert kept.mean() == pytest.approx(0.8, abs=5 * np.sqrt(0.8 * 0.2 / 4000))
    assert np.allclose(np.unique(grads["W2"][kept, 0]), grads["b2"][0] / 0.8)
    assert np.allclose(net.loss(np.ones((1, 1))), 1)


def test_what_there_is_not_is_refused():
    with pytest.raises(ValueError, match="there is no normalization='groupnorm'; there are"):
        FullyConnectedNet([5], 4, 3, normalization="groupnorm")
    with pytest.raises(ValueError, match="p is the probability to keep a unit"):
        FullyConnectedNet([5], 4, 3, dropout=0)
    with pytest.raises(ValueError, match="3 poolings leave no pixel of pictures of shape"):
        DeepConvNet((3, 7, 9), (4, 4, 4), (0, 1, 2))


def coloured(N, side=8):
    """Return a data set of noise in two colours, which a convolution tells apart."""
    rng = np.random.default_rng(0)
    y = rng.integers(2, size=N)
    X = 30 * rng.normal(size=(N, 3, side, side))
    X[np.arange(N), y] += 60
    X = X.astype(np.float32)
    half = N // 2
    return {"X_train": X[:half], "y_train": y[:half], "X_val": X[half:], "y_val": y[half:]}


def small_convnet(seed=0):
    """Return a small DeepConvNet with batch norm."""
    return DeepConvNet((3, 8, 8), (4, 4), (0, 1), True, 2, "kaiming", seed=seed)


@pytest.fixture
def trained(tmp_path):
    """A solver that has trained a small convnet for two epochs, and where its checkpoints are."""
    options = {"num_epochs": 2, "batch_size": 10, "verbose": False, "seed": 0}
    rate = {"learning_rate": 1e-3}
    name = str(tmp_path / "net")
    solver = Solver(small_convnet(), coloured(80), "adam", rate, checkpoint_name=name, **options)
    solver.train()
    return solver, f"{name}_epoch_2.npz"


def test_the_best_parameters_come_with_their_own_statistics(trained):
    solver, _ = trained
    assert solver.check_accuracy(solver.X_val, solver.y_val) == solver.best_val_acc
    for param, best in zip(solver.model.bn_params, solver.best_bn_params, strict=True):
        assert np.array_equal(param["running_mean"], best["running_mean"])
        assert param["running_mean"] is not best["running_mean"]


def test_a_net_from_a_checkpoint_scores_as_the_net_that_was_saved(trained):
    solver, path = trained
    again = Solver.load(path, small_convnet(seed=5), coloured(80))
    saved = checkpoint.load(path)["model"]
    solver.model.params, solver.model.bn_params = saved["params"], saved["bn_params"]
    X = solver.X_val
    assert np.array_equal(again.model.loss(X), solver.model.loss(X))
    again.model.bn_params = small_convnet().bn_params
    assert not np.allclose(again.model.loss(X), solver.model.loss(X))


def test_the_given_scale_and_rate_overfit_fifty_pictures():
    scale, rate = find_overfit_parameters()
    rng = np.random.default_rng(0)
    X, y = 64 * rng.normal(size=(50, 3, 16, 16)).astype(np.float32), rng.integers(10, size=50)
    net = DeepConvNet((3, 16, 16), (8, 16, 32, 64), range(4), weight_scale=scale, seed=0)
    data = {"X_train": X, "y_train": y, "X_val": X, "y_val": y}
    options = {"num_epochs": 30, "batch_size": 10, "verbose": False, "seed": 0}
    solver = Solver(net, data, "adam", {"learning_rate": rate}, **options)
    solver.train()
    assert solver.best_val_acc == 1


@pytest.mark.parametrize("dtype", [np.float32, "float64"])
def test_the_recipe_fits_its_data(dtype):
    data = coloured(20, side=32)
    net = create_convolutional_solver_instance(data, dtype).model
    assert {p.dtype for p in net.params.values()} == {np.dtype(dtype)}
    assert net.loss(data["X_val"]).shape == (10, 2)


def test_the_recipe_learns():
    solver = create_convolutional_solver_instance(coloured(200, side=16), np.float32)
    solver.verbose, solver.num_epochs, solver.lr_decay = False, 15, 1
    solver.train()
    assert solver.best_val_acc > 0.9
