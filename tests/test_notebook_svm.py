"""The first notebook keeps the promises that its checks make."""

import json
import re

import pytest

from course import notebook, paths
from tests.mistakes.harness import run, solutions, starter

PATH = paths.ASSIGNMENTS / "1_svm.ipynb"
CODE = [cell for cell in notebook.read(PATH)["cells"] if cell["cell_type"] == "code"]
SOURCES = ["".join(cell["source"]) for cell in CODE]
SEEDS = 50


def stored():
    """Return {check number: the text stored below its cell}."""
    return {
        check.number: "".join("".join(out["text"]) for out in cell["outputs"])
        for cell, source in zip(CODE, SOURCES, strict=True)
        if (check := notebook.heading(source))
    }


def test_the_solutions_pass_for_every_seed_and_print_what_is_stored(tmp_path):
    for seed in range(SEEDS):
        (tmp_path / str(seed)).mkdir()
        outcomes = run(PATH, solutions(), tmp_path / str(seed), seed)
        assert not {number: o.failure for number, o in outcomes.items() if o.failure}, seed
        assert {number: o.printed for number, o in outcomes.items()} == stored(), seed


def test_every_stub_is_said_to_be_not_written_yet(tmp_path):
    outcomes = run(PATH, starter(), tmp_path)
    file = r"starter/(linear_svm|linear_classifier|softmax|tuning)\.py"
    said = re.compile(rf"\S+ is not written yet: {file}, line \d+")
    for number, outcome in outcomes.items():
        assert said.fullmatch(outcome.failure.sentence), number


def test_a_sentence_about_a_stub_names_the_line_of_its_raise(tmp_path):
    sentence = run(PATH, starter(), tmp_path)[1].failure.sentence
    line = int(sentence.split("line ")[1])
    assert "svm_loss_naive is yours to write" in starter()["linear_svm.py"].splitlines()[line - 1]


def test_the_set_up_cells_need_nothing_of_the_student(tmp_path):
    outcomes = run(PATH, starter(), tmp_path)
    assert len(outcomes) == len(notebook.checks(PATH))


def test_checks_are_numbered_from_1_and_worth_30_to_40_points():
    checks = notebook.checks(PATH)
    assert [check.number for check in checks] == list(range(1, len(checks) + 1))
    assert 30 <= sum(check.points for check in checks) <= 40


def test_the_text_names_the_number_of_checks_and_points():
    checks = notebook.checks(PATH)
    points = sum(check.points for check in checks)
    assert f"There are {len(checks)} checks and {points} points." in PATH.read_text()


def test_no_cell_looks_like_a_check_and_is_none():
    for source in SOURCES:
        assert "# Check" not in source or notebook.heading(source), source.split("\n")[0]


@pytest.mark.parametrize("source", SOURCES[1:], ids=lambda source: source.split("\n")[0])
def test_a_code_cell_has_fewer_than_15_lines(source):
    assert len([line for line in source.split("\n") if line.strip()]) < 15


def test_check_cells_draw_no_figures():
    for cell, source in zip(CODE, SOURCES, strict=True):
        if notebook.heading(source) or notebook.is_set_up(source):
            assert {out["output_type"] for out in cell["outputs"]} <= {"stream"}, source


def test_stored_outputs_hold_no_errors_and_no_paths():
    for cell in CODE:
        text = json.dumps(cell["outputs"])
        assert '"output_type": "error"' not in text
        assert not re.search(r"/(home|tmp|usr|root|work|opt)/|site-packages", text), cell["id"]


def test_every_code_cell_has_been_run_in_order():
    counts = [cell["execution_count"] for cell in CODE]
    assert counts == list(range(1, len(CODE) + 1))


def test_cells_whose_text_varies_are_not_compared():
    varying = ("perf_counter", ".train(X_train", "grad_check_sparse")
    for cell, source in zip(CODE, SOURCES, strict=True):
        if any(part in source for part in varying):
            assert "nbval-ignore-output" in cell["metadata"].get("tags", []), source


def test_the_notebook_is_small_and_its_cells_have_lasting_names():
    document = notebook.read(PATH)
    names = [cell["id"] for cell in document["cells"]]
    assert len(set(names)) == len(names) and "check-1" in names
    assert PATH.stat().st_size < 1.5 * 2**20


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
