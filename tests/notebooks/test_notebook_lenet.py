"""What the fifth notebook promises beside what test_notebooks.py asks of all."""

import numpy as np
import pytest

from course import notebook, paths
from data_utils.lessons import lenet as lesson
from data_utils.notebook.bar import bar
from solutions import optim
from solutions.lenet import LeNet5, multiply_accumulates
from solutions.tuning import lenet_recipe
from tests.mistakes.harness import execute, rewritten, run

PATH = paths.ASSIGNMENTS / "5_lenet.ipynb"


WRONG_LAYERS = {
    "affine": "def affine_forward(x, w, b):\n    return 0 * b, None\n",
    "tanh": "def tanh_forward(x):\n    return x, x\n",
    "batch norm": "def spatial_batchnorm_forward(x, gamma, beta, bn_param):\n    return x, None\n",
    "dropout": "def dropout_forward(x, dropout_param):\n    return 0 * x, None\n",
    "softmax": "def softmax_loss(x, y):\n    return 0.0, x\n",
}


@pytest.mark.parametrize("layer", WRONG_LAYERS)
def test_a_wrong_layer_of_an_earlier_notebook_costs_nothing_here(layer, tmp_path):
    outcomes = run(PATH, rewritten("layers.py", WRONG_LAYERS[layer]), tmp_path)
    assert not [number for number, outcome in outcomes.items() if outcome.failure]


def contest():
    """Return what the notebook's cell about the contest defines."""
    rules = {name: getattr(optim, name) for name in ("sgd", "sgd_momentum", "rmsprop", "adam")}
    space = {"lesson": lesson, "LeNet5": LeNet5, "rng": lambda: np.random.default_rng(0)}
    space |= {"RULES": rules, "bar": bar}
    for cell in notebook.read(PATH)["cells"]:
        source = "".join(cell["source"])
        if notebook.is_set_up(source) and "def train_by" in source:
            execute(source, space)
    return space


@pytest.mark.parametrize("widths", [(6, 16, 120, 84), (3, 5, 7, 11)])
def test_the_price_of_a_net_is_what_students_can_compute_beforehand(widths):
    assert lesson.price(LeNet5(widths=widths).params) == multiply_accumulates(widths=widths)


class Counting:
    """Stands for LeNet5 and counts the pictures that it is shown."""

    shown = 0

    def __init__(self, **options):
        self.net = LeNet5(**options)
        self.params = self.net.params

    def loss(self, X, y):
        """Count X, and return gradients of 0."""
        Counting.shown += len(X)
        return 0.0, {name: 0 * p for name, p in self.params.items()}


@pytest.mark.parametrize("size", [12, 500])
def test_no_recipe_is_shown_more_pictures_than_the_budget_pays_for(size, monkeypatch):
    space = contest()
    space["LeNet5"], Counting.shown = Counting, 0
    X, y = np.zeros((20, 1, 28, 28), np.float32), np.zeros(20, int)
    space["train_by"]({**lenet_recipe(), "batch_size": size}, X, y)
    price = multiply_accumulates(widths=lenet_recipe()["net"]["widths"])
    left = lesson.BUDGET - price * Counting.shown
    assert 0 <= left < price * size


def test_the_text_names_the_price_of_the_net_of_1998():
    assert f"{multiply_accumulates():,} a picture" in PATH.read_text(encoding="utf-8")
