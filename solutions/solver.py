"""Train a model by stochastic gradient descent."""

import sys
from copy import deepcopy

import numpy as np
from tqdm import tqdm

from . import optim
from .given import checkpoint
from .given.diagnosis import why_not_finite
from .given.saved import require_same_shapes

RULES = ("sgd", "sgd_momentum", "rmsprop", "adam")
SETTINGS = (
    "update_rule",
    "optim_config",
    "lr_decay",
    "batch_size",
    "num_epochs",
    "num_train_samples",
    "num_val_samples",
    "checkpoint_name",
    "print_every",
    "verbose",
    "seed",
)
PROGRESS = (
    "epoch",
    "loss_history",
    "train_acc_history",
    "val_acc_history",
    "best_val_acc",
    "best_params",
    "best_bn_params",
    "optim_configs",
)


class Solver:
    """Trains a model, follows its accuracy, and leaves it with its best parameters.

    The model has `params`, a dict of arrays, and `loss(X, y)` -> (loss, grads), grads a dict with
    the same keys; `loss(X)` -> scores (N, C). If it has `bn_params`, running statistics, they are
    kept together with the parameters.

        solver = Solver(model, data, update_rule="adam", optim_config={"learning_rate": 1e-3})
        solver.train()

    loss_history: the loss of each step's batch, before the step.
    train_acc_history, val_acc_history: accuracies before the first step and after each epoch.
    best_val_acc, best_params, best_bn_params: the best so far; copies.
    """

    def __init__(
        self,
        model,
        data,
        update_rule="sgd",
        optim_config=None,
        lr_decay=1.0,
        batch_size=100,
        num_epochs=10,
        num_train_samples=1000,
        num_val_samples=None,
        checkpoint_name=None,
        print_every=10,
        verbose=True,
        seed=None,
        **unknown,
    ):
        """Prepare to train; nothing is computed yet.

        data: dict of X_train (N, d_1, ..., d_k), y_train (N,), X_val and y_val.
        update_rule: a function of optim.py by name; optim_config: its settings.
        lr_decay: what the learning rate is multiplied by after each epoch.
        batch_size: examples drawn for each step, with replacement.
        num_epochs: an epoch is N // batch_size steps.
        num_train_samples, num_val_samples: examples to measure accuracy on; None for all.
        checkpoint_name: write <name>_epoch_<n>.npz after each epoch, for Solver.load.
        print_every: steps between updates of the progress bar's loss.
        verbose: show the progress bar and print the accuracies.
        seed: seeds the solver's own generator, which draws the batches.
        Raises ValueError for an unknown argument or update rule.
        """
        if unknown:
            raise ValueError(f"Solver does not know {list(unknown)}; it knows {list(SETTINGS)}")
        rule_of(update_rule)
        self.model = model
        self.X_train, self.y_train = data["X_train"], data["y_train"]
        self.X_val, self.y_val = data["X_val"], data["y_val"]
        self.update_rule = update_rule
        self.optim_config = optim_config or {}
        self.lr_decay = lr_decay
        self.batch_size = batch_size
        self.num_epochs = num_epochs
        self.num_train_samples = num_train_samples
        self.num_val_samples = num_val_samples
        self.checkpoint_name = checkpoint_name
        self.print_every = print_every
        self.verbose = verbose
        self.seed = seed
        self.reset()

    def reset(self):
        """Forget all progress; the model stays as it is."""
        self.rng = np.random.default_rng(self.seed)
        self.epoch = 0
        self.loss_history = []
        self.train_acc_history = []
        self.val_acc_history = []
        self.best_val_acc = 0.0
        self.best_params = {}
        self.best_bn_params = None
        self.optim_configs = {name: deepcopy(self.optim_config) for name in self.model.params}
        self.grads = {}

    @classmethod
    def load(cls, path, model, data, **changes):
        """Return a Solver that goes on from a checkpoint as if it had never stopped.

        path: a file that a solver with a checkpoint_name wrote.
        model: made with the same arguments; gets the checkpoint's parameters.
        data: what the first solver was given.
        changes: settings to change, such as num_epochs=20.
        Raises ValueError if the file is not a checkpoint, or is one of a different model.
        """
        state = checkpoint.load(path)
        require_same_shapes(state["model"]["params"], model.params, path)
        solver = cls(model, data, **{**state["settings"], **changes})
        for name in PROGRESS:
            setattr(solver, name, state["progress"][name])
        solver.rng.bit_generator.state = state["rng"]
        give(model, **state["model"])
        return solver

    def save(self, path):
        """Write all that load needs to the file `path`."""
        state = {
            "settings": {name: getattr(self, name) for name in SETTINGS},
            "progress": {name: getattr(self, name) for name in PROGRESS},
            "rng": self.rng.bit_generator.state,
            "model": {"params": self.model.params, "bn_params": statistics(self.model)},
        }
        checkpoint.save(path, state)

    def train(self):
        """Train until num_epochs are done, then give the model its best parameters.

        Goes on where it stands: after an interruption, or after load.
        Raises FloatingPointError, with the likely cause, when a loss is nan or infinite.
        """
        steps = max(len(self.y_train) // self.batch_size, 1)
        done, total = len(self.loss_history), self.num_epochs * steps
        # On stderr the bar would stand in red in a notebook, as errors do.
        shown = dict(unit="step", disable=not self.verbose, file=sys.stdout)
        with tqdm(total=total, initial=done, **shown) as bar:
            if not self.val_acc_history:
                self.end_epoch(bar)
            for step in range(done + 1, total + 1):
                self.step()
                bar.update()
                if step % self.print_every == 0:
                    bar.set_postfix(loss=f"{self.loss_history[-1]:.4f}", refresh=False)
                if step % steps == 0:
                    self.epoch += 1
                    self.decay()
                    self.end_epoch(bar)
        give(self.model, self.best_params, self.best_bn_params)

    def step(self):
        """Draw a batch and move every parameter once."""
        batch = self.rng.integers(len(self.y_train), size=self.batch_size)
        loss, grads = self.model.loss(self.X_train[batch], self.y_train[batch])
        if not np.isfinite(loss):
            cause = why_not_finite(self, batch, loss)
            raise FloatingPointError(
                f"the loss of step {len(self.loss_history)} is {loss}. {cause}"
            )
        self.loss_history.append(float(loss))
        self.grads = grads
        rule = rule_of(self.update_rule)
        for name, w in self.model.params.items():
            next_w, config = rule(w, grads[name], self.optim_configs[name])
            self.model.params[name], self.optim_configs[name] = next_w, config

    def decay(self):
        """Lower the learning rates, as after each epoch."""
        for config in self.optim_configs.values():
            config["learning_rate"] *= self.lr_decay

    def end_epoch(self, bar):
        """Measure accuracies, keep the best parameters, and write a checkpoint if asked for."""
        train_acc = self.check_accuracy(self.X_train, self.y_train, self.num_train_samples)
        val_acc = self.check_accuracy(self.X_val, self.y_val, self.num_val_samples)
        self.train_acc_history.append(train_acc)
        self.val_acc_history.append(val_acc)
        if val_acc >= self.best_val_acc:
            self.best_val_acc = val_acc
            self.best_params = deepcopy(self.model.params)
            self.best_bn_params = deepcopy(statistics(self.model))
        if self.verbose:
            bar.write(
                f"(Epoch {self.epoch} / {self.num_epochs}) "
                f"train acc: {train_acc:.4f}; val_acc: {val_acc:.4f}"
            )
        if self.checkpoint_name is not None:
            self.save(f"{self.checkpoint_name}_epoch_{self.epoch}.npz")

    def check_accuracy(self, X, y, num_samples=None, batch_size=100):
        """Return the share of examples that the model classifies rightly, 0 to 1.

        X: (N, d_1, ..., d_k) examples, y: (N,) right classes.
        num_samples: draw so many of them, if there are more; batch_size: examples at a time.
        """
        if num_samples is not None and num_samples < len(y):
            chosen = self.rng.choice(len(y), num_samples, replace=False)
            X, y = X[chosen], y[chosen]
        starts = range(0, len(y), batch_size)
        scores = [self.model.loss(X[start : start + batch_size]) for start in starts]
        return float(np.mean(np.concatenate(scores).argmax(axis=1) == y))


def rule_of(name):
    """Return the function of optim.py that is the update rule of that name, or raise ValueError."""
    if name not in RULES:
        raise ValueError(f"there is no update rule {name!r}; there are {RULES}")
    return getattr(optim, name)


def statistics(model):
    """Return a model's running statistics, or None if it keeps none."""
    return getattr(model, "bn_params", None)


def give(model, params, bn_params):
    """Let a model have copies of parameters, and of running statistics if there are any."""
    model.params = deepcopy(params)
    if bn_params is not None:
        model.bn_params = deepcopy(bn_params)
