"""Linear classifiers trained by stochastic gradient descent."""

import sys

import numpy as np
from tqdm import trange

from .given import checkpoint
from .linear_svm import svm_loss_vectorized
from .softmax import softmax_loss_vectorized


class LinearClassifier:
    """A linear map from D features to C scores; a subclass defines the loss of the scores.

    W: (D, C) weights, None before training.
    rng: the generator that draws the first weights and the batches.
    """

    def __init__(self, seed=None):
        self.W = None
        self.rng = np.random.default_rng(seed)

    def loss(self, X_batch, y_batch, reg):
        """Return (loss, dW) of a batch; subclasses say how."""
        raise TypeError("LinearClassifier has no loss of its own: use one of its subclasses")

    def train(
        self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200, verbose=False
    ):
        """Minimise the loss by stochastic gradient descent, starting from W if there is one.

        X: (N, D) training examples, y: (N,) integers in [0, C), the right classes.
        learning_rate: step size, reg: regularisation strength.
        num_iters: number of steps, batch_size: examples drawn for each, with replacement.
        verbose: show a progress bar.
        Returns a list of num_iters floats: each batch's loss before its step.
        """
        num_train, dim = X.shape
        if self.W is None:
            first = 0.001 * self.rng.standard_normal((dim, y.max() + 1))
            self.W = first.astype(np.result_type(X, np.float32))

        loss_history = []
        for _ in trange(num_iters, disable=not verbose, desc="SGD", file=sys.stdout):
            # TODO: Draw a batch of examples together with their own labels, ask
            # self.loss for its loss and gradient, note the loss, and move W downhill.
            raise NotImplementedError("LinearClassifier.train is yours to write")
        return loss_history

    def predict(self, X):
        """Return the class with the highest score for each example.

        X: (N, D) examples. Returns an array (N,) of integers in [0, C).
        """
        # TODO: Score every class for every example, and say which scores highest.
        raise NotImplementedError("LinearClassifier.predict is yours to write")

    def save(self, fname):
        """Write the weights to the file `fname`, without pickles."""
        checkpoint.save(fname, {"W": self.W})

    def load(self, fname):
        """Take the weights from a file that save wrote. Raises ValueError for another file."""
        self.W = checkpoint.load(fname)["W"]


class LinearSVM(LinearClassifier):
    """A linear classifier that pays the hinge loss."""

    def loss(self, X_batch, y_batch, reg):
        """Return (loss, dW) of the hinge loss, from svm_loss_vectorized."""
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)


class Softmax(LinearClassifier):
    """A linear classifier that pays the cross-entropy loss."""

    def loss(self, X_batch, y_batch, reg):
        """Return (loss, dW) of the cross-entropy loss, from softmax_loss_vectorized."""
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)
