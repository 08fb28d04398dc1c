"""What the first notebook promises beside what test_notebooks.py asks of all."""

import pytest

from course import paths
from tests.mistakes.harness import cells_of, number, rewritten, run, solutions, starter

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
    assert {number for number, outcome in outcomes.items() if outcome.failure} == {1, 17}


def all_fail(numbers, package, folder):
    """Tell whether these checks fail on a package, each with a sentence; no other is run."""
    others = {number(cell) for cell in cells_of(PATH)} - {*numbers, None}
    outcomes = run(PATH, package, folder, skipped=others)
    return all(outcomes[each].failure for each in numbers)


ODD = ["None", "3.0", "'text'", "(None, None)", "(1.0, 'text')", "({}, [])", "(args[0], args[1])"]
"""What functions might return, as code."""

ODD += ["(np.zeros((2, 1, 2)), np.zeros(0))", "(1.0, args[0].T)", "([1.0], args[0].tolist(), 2)"]


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_a_loss_returns_crashes_a_check(odd, tmp_path):
    names = (
        "svm_loss_naive",
        "svm_loss_vectorized",
        "softmax_loss_naive",
        "softmax_loss_vectorized",
    )
    package = solutions()
    for module in ("linear_svm.py", "softmax.py"):
        own = [name for name in names if f"def {name}" in package[module]]
        package[module] += "".join(f"\ndef {name}(*args):\n    return {odd}\n" for name in own)
    assert all_fail((*range(1, 5), *range(9, 16)), package, tmp_path)


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_training_or_a_choice_returns_crashes_a_check(odd, tmp_path):
    package = solutions()
    package["linear_classifier.py"] += f"""
def odd(*args, **settings):
    return {odd.replace("args[0]", "args[1]")}

LinearClassifier.train = LinearClassifier.predict = odd
"""
    package["tuning.py"] += f"""
import numpy as np

def svm_search_space():
    args = np.ones((2, 3)), 1
    return {odd}
"""
    assert all_fail(range(5, 9), package, tmp_path)
