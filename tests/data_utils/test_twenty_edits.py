"""Twenty edits in a row: after each, a running kernel says what a fresh one says."""

import pytest

from tests.helpers import kernel
from tests.mistakes.harness import solutions

SVM, CLASSIFIER, OWN = "linear_svm.py", "linear_classifier.py", "own.py"
IMPORTS = """
from functools import partial
from starter.linear_classifier import LinearSVM, Softmax
from starter.linear_svm import svm_loss_naive, svm_loss_vectorized
W, X, y = np.eye(3), np.arange(12.0).reshape(4, 3), np.array([0, 1, 2, 0])
without, both = partial(svm_loss_naive, reg=0.0), {"vectorized": svm_loss_vectorized}
def trained(kind, steps=3):
    model = kind(seed=1)
    return model.train(X, y, num_iters=steps), model.W, model.predict(X)
"""
CHECKS = (
    "# Check 1 (1 point): svm_loss_naive\n"
    "check.close('the loss', without(W, X, y)[0], 2.75)\n"
    "check.close('the loss', svm_loss_naive(W, X, y, 1.0)[0], 5.75)",
    "# Check 2 (1 point): svm_loss_vectorized\n"
    "for case in range(2):\n"
    "    check.close('dW', both['vectorized'](W, X, y, 1.0)[1], svm_loss_naive(W, X, y, 1.0)[1])",
    "# Check 3 (1 point): train\n"
    "losses, W3, right = trained(LinearSVM)\n"
    "check.that('the loss begins near 2', abs(losses[0] - 2) < 0.1, f'It is {losses[0]:.3f}.')",
    "# Check 4 (1 point): Softmax\n"
    "check.that('it is a linear classifier', hasattr(Softmax(), 'rng'), 'No.')\n"
    "print(np.round(trained(Softmax)[1], 4), Softmax.__mro__)",
)
TWICE = "def twice(x):\n    return 2 * x\n"
FIRST = "    num_train, num_classes = X.shape[0], W.shape[1]"
MEAN = "    loss = loss / num_train + reg * np.sum(W * W)"
SUBCLASS = "class LinearSVM(LinearClassifier):\n"
IMPORT = "from .linear_svm import svm_loss_vectorized"
EDITS = (
    (SVM, MEAN, "    loss = 100.0"),
    (SVM, "import numpy as np\n", "import numpy as np\nimport torchnot\n"),
    (SVM, "", ""),
    (SVM, MEAN, MEAN.replace("num_train", "7.0")),
    (SVM, MEAN, MEAN.replace("num_train", "8.0")),
    (CLASSIFIER, SUBCLASS, f"{SUBCLASS}    def __init__(self, seed=None):\n        self.W = X\n"),
    (CLASSIFIER, SUBCLASS, f"{SUBCLASS}    def __init__(self):\n        super().__init__()\n"),
    (
        CLASSIFIER,
        SUBCLASS,
        f"{SUBCLASS}    def __init__(self, seed=None):\n        super().__init__(seed)\n",
    ),
    (CLASSIFIER, IMPORT, f"{IMPORT}\nx = (1,"),
    (CLASSIFIER, IMPORT, IMPORT.replace(".", "")),
    (CLASSIFIER, "self.W -= learning_rate", "self.W += learning_rate"),
    (SVM, "def svm_loss_naive(W, X, y, reg):", "def svm_loss_naive(W, X, y, reg:"),
    (SVM, "return loss, dW", "return dW, loss"),
    (OWN, TWICE, TWICE.replace("2", "3")),
    (SVM, MEAN, "    from .own import twice\n    loss = twice(loss)"),
    (OWN, TWICE, TWICE + "\n1 / 0\n"),
    (OWN, TWICE, TWICE),
    (SVM, FIRST, f"    raise ValueError('here')\n{FIRST}"),
    (CLASSIFIER, "class Softmax(LinearClassifier):", "class Softmax(LinearSVM):"),
    (SVM, "", ""),
)
"""(module, old, new), one after another; what was edited before in that module is as it was."""


def after(count):
    """Return {module: text} after that many of the edits."""
    texts = {name: solutions()[name] for name in (SVM, CLASSIFIER)} | {OWN: TWICE}
    right = dict(texts)
    for module, old, new in EDITS[:count]:
        assert not old or right[module].count(old) == 1, old
        texts[module] = right[module].replace(old, new) if old else right[module]
    return texts


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """What the checks say after each edit, each time in a kernel of its own."""

    def run(count):
        folder = tmp_path_factory.mktemp("fresh") / "course"
        with kernel.running(folder, IMPORTS, package=after(count)) as student:
            return [student.run(source) for source in CHECKS]

    return [run(count) for count in range(1, len(EDITS) + 1)]


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """What the checks say after each edit, in one kernel that goes on."""
    found = []
    with kernel.running(tmp_path_factory.mktemp("running") / "course", IMPORTS) as student:
        for count in range(1, len(EDITS) + 1):
            for module, text in after(count).items():
                student.save(module, text)
            found.append([student.run(source) for source in CHECKS])
    return found


@pytest.mark.parametrize("edit", range(len(EDITS)))
def test_a_running_kernel_says_what_a_fresh_one_says(edit, fresh, running):
    assert running[edit] == fresh[edit]


def test_the_edits_are_told_apart(running):
    assert len(EDITS) == 20 and len(set(map(tuple, running))) >= 12
