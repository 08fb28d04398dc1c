"""What the second notebook promises beside what test_notebooks.py asks of all."""

import numpy as np
import pytest

from course import notebook, paths
from solutions.tuning import two_layer_search_space
from tests.mistakes.harness import memorising, run, solutions, starter

PATH = paths.ASSIGNMENTS / "2_two_layer_net.ipynb"


@pytest.mark.parametrize("module", ["layers.py", "fc_net.py", "optim.py", "modules.py"])
def test_one_module_of_stubs_costs_no_check_of_the_modules_before_it(module, tmp_path):
    order = {"layers.py": 1, "fc_net.py": 7, "optim.py": 10, "modules.py": 15}
    outcomes = run(PATH, solutions() | {module: starter()[module]}, tmp_path)
    failed = {number for number, outcome in outcomes.items() if outcome.failure}
    assert min(failed) == order[module]
    assert all(outcomes[n].failure.diagnosis == "not-written" for n in failed)


MEMORISED = {
    "layers.py": [
        "affine_forward",
        "affine_backward",
        "relu_forward",
        "relu_backward",
        "softmax_loss",
        "svm_loss",
    ],
    "optim.py": ["sgd_momentum", "rmsprop", "adam"],
    "fc_net.py": ["TwoLayerNet.loss", "FullyConnectedNet.loss"],
    "modules.py": [
        "Affine.forward",
        "Affine.backward",
        "ReLU.forward",
        "ReLU.backward",
        "SoftmaxWithLoss.forward",
        "SoftmaxWithLoss.backward",
        "ModularTwoLayerNet.predict",
    ],
}


def test_answers_memorised_from_one_seed_fail_at_another(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.memorised", {}, raising=False)
    package, failed = memorising(MEMORISED), []
    for seed in (0, 1):
        (tmp_path / str(seed)).mkdir()
        outcomes = run(PATH, package, tmp_path / str(seed), seed)
        failed.append({number for number, outcome in outcomes.items() if outcome.failure})
    of_shapes_and_choices = {7, 13}
    assert failed == [set(), set(outcomes) - of_shapes_and_choices]


def test_the_checks_are_worth_40_to_50_points():
    assert 40 <= sum(check.points for check in notebook.checks(PATH)) <= 50


def test_the_search_of_the_solutions_is_a_map_of_16_fields():
    rates, strengths = map(np.array, two_layer_search_space())
    assert len(rates) * len(strengths) == 16
    assert (rates > 0).all() and (strengths >= 0).all()
