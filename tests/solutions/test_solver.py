"""The Solver: training, stopping, and going on."""

import numpy as np
import pytest

from solutions.fc_net import FullyConnectedNet, TwoLayerNet
from solutions.given import checkpoint
from solutions.solver import Solver

RULES = ["sgd", "sgd_momentum", "rmsprop", "adam"]


def three_clouds(num=60):
    """Return data of three classes that are easy to tell apart, 2 x 2 numbers an example."""
    rng = np.random.default_rng(0)
    y = np.arange(num) % 3
    X = (
        rng.normal(size=(num, 2, 2))
        + 4 * np.array([[[1, 0], [0, 0]], [[0, 1], [0, 0]], np.eye(2)])[y]
    )
    return {"X_train": X, "y_train": y, "X_val": X[:20] + 0.1, "y_val": y[:20]}


def small_net(**kwargs):
    return FullyConnectedNet([8], 4, 3, dtype=np.float64, weight_scale=0.1, seed=1, **kwargs)


def quiet(model, data=None, **kwargs):
    """Return a Solver that prints nothing and draws the same batches each time."""
    defaults = {"verbose": False, "seed": 0, "batch_size": 10, "num_epochs": 3}
    return Solver(model, data or three_clouds(), **defaults | kwargs)


def copies(params):
    return {name: p.copy() for name, p in params.items()}


def same(one, other):
    """Tell whether two dicts of arrays are equal to the last bit."""
    return one.keys() == other.keys() and all(np.array_equal(one[k], other[k]) for k in one)


class Scripted:
    """A model whose one parameter counts its steps, and whose scores are set by a script.

    right: for each evaluation, whether the class is guessed rightly.
    """

    def __init__(self, right):
        self.params = {"steps": np.zeros(1)}
        self.right = iter(right)

    def loss(self, X, y=None):
        if y is not None:
            return 1.0, {"steps": -np.ones(1)}
        return np.eye(2)[np.full(len(X), int(next(self.right)))]


def scripted(right, **kwargs):
    """Return a Solver on a Scripted model: one step an epoch, one evaluation each of 2 examples."""
    X, y = np.zeros((2, 1)), np.ones(2, int)
    data = {"X_train": X, "y_train": y, "X_val": X, "y_val": y}
    both = [answer for answer in right for _ in ("train", "val")]
    config = {"learning_rate": 1.0}
    defaults = {"optim_config": config, "batch_size": 2, "num_epochs": len(right) - 1}
    return quiet(Scripted(both), data, **defaults | kwargs)


class Faulty:
    """A linear model with a fault: `fault(self, scores, y)` makes what loss returns."""

    def __init__(self, fault, scale=1.0):
        self.params = {"W": scale * np.random.default_rng(0).normal(size=(4, 3))}
        self.fault = fault
        self.calls = 0

    def loss(self, X, y=None):
        scores = X.reshape(len(X), -1) @ self.params["W"]
        if y is None:
            return scores
        self.calls += 1
        return self.fault(self, scores, y)


def stopped(model, data=None, **kwargs):
    """Return what the Solver says when it stops."""
    solver = quiet(model, data, optim_config={"learning_rate": kwargs.pop("lr", 0.1)}, **kwargs)
    with np.errstate(all="ignore"), pytest.raises(FloatingPointError) as caught:
        solver.train()
    return str(caught.value)


# Training


@pytest.mark.parametrize("rule", RULES)
def test_every_update_rule_learns_three_clouds(rule):
    solver = quiet(small_net(), update_rule=rule, num_epochs=20)
    solver.optim_configs = {name: {"learning_rate": 0.05} for name in solver.model.params}
    solver.train()
    assert solver.best_val_acc == 1
    assert solver.loss_history[-1] < solver.loss_history[0] / 3


def test_histories_hold_every_step_and_every_epoch():
    solver = quiet(small_net(), num_epochs=3)
    solver.train()
    assert len(solver.loss_history) == 3 * 6
    assert len(solver.train_acc_history) == len(solver.val_acc_history) == 3 + 1
    assert solver.best_val_acc == max(solver.val_acc_history)


def test_a_batch_may_be_larger_than_the_data():
    solver = quiet(small_net(), batch_size=1000, num_epochs=2)
    solver.train()
    assert len(solver.loss_history) == 2


def test_the_learning_rate_decays_once_an_epoch():
    solver = quiet(small_net(), optim_config={"learning_rate": 0.1}, lr_decay=0.5, num_epochs=3)
    solver.train()
    assert {c["learning_rate"] for c in solver.optim_configs.values()} == {0.1 * 0.5**3}
    assert solver.optim_config == {"learning_rate": 0.1}


def test_examples_keep_their_labels_in_a_batch():
    X = np.arange(50.0).reshape(50, 1)
    data = {"X_train": X, "y_train": X[:, 0], "X_val": X, "y_val": X[:, 0]}
    seen = []

    class Watching(Scripted):
        def loss(self, X, y=None):
            if y is not None:
                seen.append((X[:, 0], y))
            return super().loss(X, y)

    quiet(Watching([False] * 100), data, num_epochs=1).train()
    assert all(np.array_equal(X, y) for X, y in seen)
    assert len(set(np.concatenate([y for _, y in seen]))) > 25


def test_a_seed_fixes_the_training_and_numpys_generator_is_left_alone():
    np.random.seed(0)
    before = np.random.get_state()[1].copy()
    solvers = [quiet(small_net(), seed=seed) for seed in (5, 5, 6)]
    for solver in solvers:
        solver.train()
    losses = [solver.loss_history for solver in solvers]
    assert losses[0] == losses[1] != losses[2]
    assert np.array_equal(before, np.random.get_state()[1])


def test_float32_stays_float32():
    net = TwoLayerNet(4, 8, 3, dtype=np.float32)
    config = {"learning_rate": np.float64(0.1)}
    quiet(net, update_rule="adam", optim_config=config, lr_decay=np.float64(0.9)).train()
    assert {p.dtype for p in net.params.values()} == {np.dtype(np.float32)}


# Accuracy and the best parameters


def test_the_model_ends_with_the_parameters_of_its_best_epoch():
    solver = scripted([False, False, True, False, False])
    solver.train()
    assert solver.val_acc_history == [0, 0, 1, 0, 0]
    assert solver.best_val_acc == 1
    assert solver.model.params["steps"].item() == 2


def test_training_works_when_validation_accuracy_is_0():
    solver = scripted([False, False, False])
    solver.train()
    assert solver.best_val_acc == 0
    assert solver.model.params["steps"].item() == 2


def test_the_best_parameters_are_copies():
    solver = quiet(small_net())
    solver.train()
    best = copies(solver.best_params)
    for p in solver.model.params.values():
        p += 1
    assert same(solver.best_params, best)


def test_running_statistics_are_kept_with_the_best_parameters():
    solver = scripted([False, True, False, False])
    model = solver.model
    model.bn_params = [{"mode": "train", "running_mean": np.zeros(2)}]
    plain = model.loss

    def loss(X, y=None):
        if y is not None:
            model.bn_params[0]["running_mean"] += 1
        return plain(X, y)

    model.loss = loss
    solver.train()
    assert model.bn_params[0]["running_mean"].tolist() == [1, 1]


def test_accuracy_is_measured_on_all_examples_whatever_the_batch_size():
    data, net = three_clouds(), small_net()
    X, y = data["X_train"], data["y_train"]
    expected = np.mean(net.loss(X).argmax(axis=1) == y)
    solver = quiet(net, data)
    assert solver.check_accuracy(X, y, batch_size=7) == pytest.approx(expected)
    assert solver.check_accuracy(X, y, num_samples=1000) == pytest.approx(expected)


def test_accuracy_may_be_measured_on_a_sample():
    solver, data = quiet(small_net()), three_clouds()
    sample = solver.check_accuracy(data["X_train"], data["y_train"], num_samples=8)
    assert sample * 8 == int(sample * 8)


# Arguments and output


def test_an_unknown_keyword_is_refused_by_name():
    with pytest.raises(ValueError, match="learning_rate.*optim_config"):
        Solver(small_net(), three_clouds(), learning_rate=1)


def test_an_unknown_update_rule_is_refused_by_name():
    with pytest.raises(ValueError, match="no update rule 'nadam'.*'adam'"):
        Solver(small_net(), three_clouds(), update_rule="nadam")


def test_solvers_do_not_share_their_settings():
    first, second = quiet(small_net()), quiet(small_net())
    first.optim_config["learning_rate"] = 5
    assert second.optim_config == {}


def test_a_quiet_solver_prints_nothing(capsys):
    quiet(small_net()).train()
    assert capsys.readouterr() == ("", "")


def test_a_verbose_solver_prints_a_line_an_epoch_and_shows_a_bar(capsys):
    solver = quiet(small_net(), verbose=True, num_epochs=2)
    solver.train()
    printed, errors = capsys.readouterr()
    lines = [
        f"(Epoch {i} / 2) train acc: {train:.4f}; val_acc: {val:.4f}"
        for i, (train, val) in enumerate(
            zip(solver.train_acc_history, solver.val_acc_history, strict=True)
        )
    ]
    assert [line.strip() for line in printed.splitlines() if line.startswith("(")] == lines
    assert "12/12" in printed.splitlines()[-1]
    assert errors == ""


# Going on


class Interrupted(Exception):
    pass


def interrupt(model, after):
    """Let the model's loss fail once, after so many batches."""
    plain, left = model.loss, [after]

    def loss(X, y=None):
        if y is not None:
            left[0] -= 1
            if left[0] == -1:
                raise Interrupted
        return plain(X, y)

    model.loss = loss
    return model


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("epoch", [0, 2, 3])
def test_training_resumed_from_a_checkpoint_is_identical(tmp_path, rule, epoch):
    settings = {
        "update_rule": rule,
        "optim_config": {"learning_rate": np.float64(0.02)},
        "lr_decay": 0.9,
        "num_train_samples": 20,
        "checkpoint_name": str(tmp_path / "run"),
    }
    whole = quiet(small_net(), **settings)
    whole.train()
    resumed = Solver.load(tmp_path / f"run_epoch_{epoch}.npz", small_net(), three_clouds())
    resumed.train()

    for name in ("loss_history", "train_acc_history", "val_acc_history", "best_val_acc"):
        assert getattr(resumed, name) == getattr(whole, name)
    assert same(resumed.model.params, whole.model.params)
    assert same(resumed.best_params, whole.best_params)
    for name, config in whole.optim_configs.items():
        assert same(resumed.optim_configs[name], config)


def test_training_may_go_on_for_more_epochs_than_planned(tmp_path):
    name = str(tmp_path / "run")
    quiet(small_net(), checkpoint_name=name, num_epochs=2).train()
    longer = Solver.load(f"{name}_epoch_2.npz", small_net(), three_clouds(), num_epochs=5)
    longer.train()
    whole = quiet(small_net(), num_epochs=5)
    whole.train()
    assert longer.loss_history == whole.loss_history
    assert same(longer.model.params, whole.model.params)


def test_an_interrupted_solver_goes_on_where_it_stood():
    solver = quiet(interrupt(small_net(), after=8), update_rule="adam")
    with pytest.raises(Interrupted):
        solver.train()
    assert len(solver.loss_history) == 8
    solver.train()
    assert len(solver.loss_history) == 3 * 6
    assert len(solver.val_acc_history) == 3 + 1


def test_checkpoints_hold_the_running_statistics(tmp_path):
    solver = quiet(small_net(), num_epochs=1, checkpoint_name=str(tmp_path / "run"))
    solver.model.bn_params = [{"mode": "train", "running_mean": np.arange(3.0)}]
    solver.train()
    model = small_net()
    model.bn_params = [{"mode": "train"}]
    Solver.load(tmp_path / "run_epoch_1.npz", model, three_clouds())
    assert model.bn_params[0]["running_mean"].tolist() == [0, 1, 2]


def test_there_is_one_checkpoint_an_epoch_and_no_pickle_in_it(tmp_path):
    quiet(small_net(), num_epochs=2, checkpoint_name=str(tmp_path / "run")).train()
    assert sorted(p.name for p in tmp_path.iterdir()) == [f"run_epoch_{i}.npz" for i in (0, 1, 2)]
    with np.load(tmp_path / "run_epoch_2.npz", allow_pickle=False) as file:
        assert all(file[name].dtype.kind in "fU" for name in file.files)


def test_a_checkpoint_of_another_model_is_refused(tmp_path):
    quiet(small_net(), num_epochs=1, checkpoint_name=str(tmp_path / "run")).train()
    other = TwoLayerNet(4, 9, 3)
    with pytest.raises(ValueError, match=r"different model.*\(4, 8\).*\(4, 9\)"):
        Solver.load(tmp_path / "run_epoch_1.npz", other, three_clouds())


@pytest.mark.parametrize("content", [b"not a checkpoint", b"\x80\x04N."])
def test_a_file_that_is_no_checkpoint_is_refused(tmp_path, content):
    path = tmp_path / "run_epoch_1.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="is not a checkpoint"):
        checkpoint.load(path)


def test_an_archive_of_other_arrays_is_refused(tmp_path):
    np.savez(tmp_path / "other.npz", x=np.zeros(2))
    with pytest.raises(ValueError, match="is not a checkpoint"):
        checkpoint.load(tmp_path / "other.npz")


def test_a_checkpoint_keeps_every_kind_of_data_exactly(tmp_path):
    tree = {
        "array": [np.arange(6, dtype=np.float32).reshape(2, 3), np.zeros((0, 2), int)],
        "number": [0.1, 1 / 3, 2**100, np.float32(0.1), -np.inf, True, None],
        "text": {"ä": "json", "json": {}},
    }
    checkpoint.save(tmp_path / "c.npz", tree)
    kept = checkpoint.load(tmp_path / "c.npz")
    assert kept["number"] == tree["number"]
    assert kept["text"] == tree["text"]
    assert type(kept["number"][3]) is np.float32
    for a, b in zip(kept["array"], tree["array"], strict=True):
        assert (a.dtype, a.shape) == (b.dtype, b.shape)
        assert np.array_equal(a, b)


@pytest.mark.parametrize("value", [np.array([None]), {1, 2}, len])
def test_a_checkpoint_refuses_what_is_not_data_and_keeps_the_old_file(tmp_path, value):
    path = tmp_path / "c.npz"
    checkpoint.save(path, {"x": 1})
    with pytest.raises(TypeError):
        checkpoint.save(path, {"x": value})
    assert checkpoint.load(path) == {"x": 1}


# Losses that are nan or infinite


def test_too_large_a_learning_rate_is_named():
    said = stopped(small_net(), lr=1e4, num_epochs=100)
    assert "loss had grown from" in said
    assert "learning rate, 10000" in said


def test_a_learning_rate_that_breaks_everything_in_one_step_is_named():
    net = FullyConnectedNet([8], 4, 3, weight_scale=0.1, seed=1)
    assert "learning rate, 1e+30, looks too large" in stopped(net, lr=1e30)


def test_nan_in_the_data_is_named_with_its_row():
    data = three_clouds()
    data["X_train"][17, 0, 1] = np.nan
    assert "X_train[17] holds nan or inf" in stopped(small_net(), data, num_epochs=50)


def test_first_parameters_that_are_not_finite_are_named():
    net = small_net()
    net.params["W2"][0, 0] = np.inf
    assert "W2 holds nan, inf or huge numbers before the first step" in stopped(net)


def test_a_gradient_that_is_not_finite_is_named():
    def fault(model, scores, y):
        loss = np.nan if np.isnan(scores).any() else 1.0
        return loss, {"W": np.full((4, 3), np.nan if model.calls == 4 else 0.0)}

    said = stopped(Faulty(fault))
    assert "the loss of step 4 is nan" in said
    assert "the gradient of W held nan or inf" in said


def test_an_update_rule_that_divides_by_0_is_named(monkeypatch):
    def broken(w, dw, config):
        return w - dw / np.zeros_like(w), config

    monkeypatch.setattr("solutions.optim.adam", broken)
    assert "made nan or inf of W1: look in adam" in stopped(small_net(), update_rule="adam")


def probabilities(scores):
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(model, scores, y):
    """The mistake of a softmax without a shift."""
    return -np.log(probabilities(scores)[np.arange(len(y)), y]).mean(), {"W": np.zeros((4, 3))}


def test_an_overflow_of_exp_in_the_loss_is_named():
    assert "exp overflowed: subtract each row's maximum" in stopped(Faulty(cross_entropy, 1e3))


def test_the_logarithm_of_0_in_the_loss_is_named():
    def fault(model, scores, y):
        shifted = scores - scores.max(axis=1, keepdims=True)
        return cross_entropy(model, shifted, y)

    assert "logarithm of a probability that was rounded to 0" in stopped(Faulty(fault, 1e3))


def test_a_nan_that_the_loss_makes_of_small_scores_is_named():
    said = stopped(Faulty(lambda model, scores, y: (np.nan, {})))
    assert "Look in the loss for a division by 0" in said


def test_a_forward_pass_that_makes_nan_is_named():
    class Broken(Faulty):
        def loss(self, X, y=None):
            scores = np.log(-1 - X.reshape(len(X), -1)[:, :3] ** 2)
            return scores if y is None else (np.nan, {})

    assert "look in the forward pass" in stopped(Broken(None))


def test_no_cause_is_named_without_evidence_for_it():
    said = stopped(Faulty(lambda model, scores, y: (np.inf, {})), lr=1e9)
    assert "learning rate" not in said
    assert "the loss of step 0 is inf" in said


def test_a_solver_that_stopped_keeps_what_it_had():
    def fault(model, scores, y):
        return (np.nan if model.calls == 9 else 1.0), {"W": np.ones((4, 3))}

    solver = quiet(Faulty(fault))
    with pytest.raises(FloatingPointError):
        solver.train()
    assert len(solver.loss_history) == 8
    assert np.isfinite(solver.best_params["W"]).all()
