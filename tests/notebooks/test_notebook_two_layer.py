"""What the second notebook promises beside what test_notebooks.py asks of all."""

import numpy as np
import pytest

from course import paths
from solutions.tuning import two_layer_search_space
from tests.mistakes.harness import cells_of, number, rewritten, run, solutions

PATH = paths.ASSIGNMENTS / "2_two_layer_net.ipynb"


def test_the_search_of_the_solutions_is_a_map_of_16_fields():
    rates, strengths = map(np.array, two_layer_search_space())
    assert len(rates) * len(strengths) == 16
    assert (rates > 0).all() and (strengths >= 0).all()


def all_fail(numbers, package, folder):
    """Tell whether these checks fail on a package, each with a sentence; no other is run."""
    others = {number(cell) for cell in cells_of(PATH)} - {*numbers, None}
    outcomes = run(PATH, package, folder, skipped=others)
    return all(outcomes[each].failure for each in numbers)


ODD = ["None", "3.0", "'text'", "(None, None)", "({}, [])", "(args[0], None)", "(1.0, 'text', 2)"]
ODD += ["(np.zeros((2, 1, 2)), np.zeros(0))", "(args[0] > 0, args[1:])", "([1.0], {1: 2}, args[0])"]
"""What functions might return, as code."""

LAYERS = ["affine_forward", "affine_backward", "relu_forward", "relu_backward"]
NETS = {"fc_net.py": ["TwoLayerNet.loss", "FullyConnectedNet.loss"]}
NETS["modules.py"] = ["Affine.forward", "Affine.backward", "ReLU.forward", "ReLU.backward"]
NETS["modules.py"] += ["SoftmaxWithLoss.forward", "SoftmaxWithLoss.backward"]
NETS["modules.py"] += ["ModularTwoLayerNet.predict", "ModularTwoLayerNet.gradient"]


def returning(odd, name):
    """Return a line that lets a function or a method return something odd."""
    return f"\n{name} = lambda *args: {odd}"


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_a_layer_or_a_loss_returns_crashes_a_check(odd, tmp_path):
    odd_layers = [returning(odd, name) for name in (*LAYERS, "softmax_loss", "svm_loss")]
    assert all_fail(range(1, 9), rewritten("layers.py", "".join(odd_layers)), tmp_path)


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_a_rule_or_a_choice_returns_crashes_a_check(odd, tmp_path):
    rules = [returning(odd, name) for name in ("sgd_momentum", "rmsprop", "adam")]
    package = rewritten("optim.py", "".join(rules))
    space = odd.replace("args", "(np.ones(2), 1)")
    package["tuning.py"] += f"\nimport numpy as np\ntwo_layer_search_space = lambda: {space}"
    assert all_fail(range(12, 16), package, tmp_path)


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_a_net_or_an_object_returns_crashes_a_check(odd, tmp_path):
    package = solutions()
    for module, names in NETS.items():
        package[module] += "".join(returning(odd, name) for name in names)
    assert all_fail((10, 11, 16, 18, 19, 20), package, tmp_path)
