"""What the first notebook promises beside what test_notebooks.py asks of all."""

from course import paths
from tests.mistakes.harness import rewritten, run, solutions, starter

PATH = paths.ASSIGNMENTS / "1_svm.ipynb"


def test_a_sentence_about_a_stub_names_the_line_of_its_raise(tmp_path):
    sentence = run(PATH, starter(), tmp_path)[1].failure.sentence
    line = int(sentence.split("line ")[1])
    assert "svm_loss_naive is yours to write" in starter()["linear_svm.py"].splitlines()[line - 1]


CS231N = """
import numpy as np
from .linear_svm import svm_loss_vectorized
from .softmax import softmax_loss_vectorized


class LinearClassifier(object):
    def __init__(self):
        self.W = None

    def train(self, X, y, learning_rate=1e-3, reg=1e-5, num_iters=100, batch_size=200,
              verbose=False):
        num_train, dim = X.shape
        if self.W is None:
            self.W = 0.001 * np.random.randn(dim, np.max(y) + 1)
        loss_history = []
        for it in range(num_iters):
            indices = np.random.choice(num_train, batch_size)
            loss, grad = self.loss(X[indices], y[indices], reg)
            loss_history.append(loss)
            self.W -= learning_rate * grad
        return loss_history

    def predict(self, X):
        return X.dot(self.W).argmax(axis=1)

    def loss(self, X_batch, y_batch, reg):
        pass


class LinearSVM(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return svm_loss_vectorized(self.W, X_batch, y_batch, reg)


class Softmax(LinearClassifier):
    def loss(self, X_batch, y_batch, reg):
        return softmax_loss_vectorized(self.W, X_batch, y_batch, reg)
"""


def test_a_classifier_in_the_form_of_cs231n_passes_as_it_is(tmp_path):
    outcomes = run(PATH, solutions() | {"linear_classifier.py": CS231N}, tmp_path)
    assert not [o.failure for o in outcomes.values() if o.failure]


def test_what_the_tables_cost_cannot_be_learned_by_heart(tmp_path):
    code = """
def svm_loss_naive(W, X, y, reg):
    return (2.64 if W.any() else 3.0) + reg * np.sum(W * W), svm_loss_vectorized(W, X, y, reg)[1]
"""
    outcomes = run(PATH, rewritten("linear_svm.py", code), tmp_path)
    assert {number for number, outcome in outcomes.items() if outcome.failure} == {1}
