"""A bonus is earned in a run in full, on top of the maximum, and cannot be claimed."""

import json
import shutil

import numpy as np
import pytest

from course import notebook, paths
from course.intake.submission import read_submission
from course.judge.jobs import Job, collect
from course.outcome import Row
from data_utils.lessons import lenet as lesson
from data_utils.notebook.bar import bar

SET_UP = """# Set-up: what is needed
import sys
sys.path.insert(0, "..")
from data_utils import check
from starter.lenet import LeNet5
from starter.tuning import lenet_recipe
"""
CHECK = "# Check 1 (2 points): lenet_recipe\nlenet_recipe()"
AWARD = 'check.award(3, 5, "so many")'
RECIPE = "# Bonus 2 (up to 5 points): lenet_recipe"


@pytest.fixture
def grade(tmp_path):
    """A function that grades some cells on the solutions with lines added to some modules."""

    def outcomes(cells, full=True, **added):
        package = tmp_path / "handed in" / "starter"
        shutil.copytree(paths.SOLUTIONS, package, ignore=shutil.ignore_patterns("__pycache__"))
        for module, lines in added.items():
            path = package / f"{module}.py"
            path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
        notebook = tmp_path / "1_some.ipynb"
        code = [{"cell_type": "code", "source": source, **EMPTY} for source in (SET_UP, *cells)]
        notebook.write_text(json.dumps({"cells": code, **FORMAT}), encoding="utf-8")
        job = Job(read_submission(package.parent, "student"), notebook, 0, "none", full)
        return collect([job], 1)

    return outcomes


EMPTY = {"outputs": [], "metadata": {"tags": ["nbval-ignore-output"]}, "execution_count": None}
FORMAT = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}}


def test_a_bonus_counts_as_many_points_as_it_says_and_nothing_in_the_maximum(grade):
    row = Row("student", grade([CHECK, f"{RECIPE}\nlenet_recipe()\n{AWARD}"]))
    assert (row.points, row.max_points) == (5, 2)
    assert row.outcomes[1].message == "3 of 5 bonus points: so many"


def test_no_bonus_is_run_or_missed_unless_in_full(grade):
    (outcome,) = grade([CHECK, f"{RECIPE}\n{AWARD}"], full=False)
    assert outcome.check == 1


def test_points_that_a_student_prints_are_not_earned(grade):
    claim = '\n\ndef lenet_recipe():\n    print("★ 5 of 5 bonus points: mine")\n'
    (outcome,) = grade([f"{RECIPE}\nlenet_recipe()\n{AWARD}"], tuning=claim)
    assert (outcome.points, outcome.message) == (3, "3 of 5 bonus points: so many")


def test_a_bonus_that_fails_earns_nothing_and_says_why(grade):
    stops = '\n\ndef lenet_recipe():\n    raise ValueError("no idea")\n'
    (outcome,) = grade([f"{RECIPE}\nlenet_recipe()\n{AWARD}"], tuning=stops)
    assert (outcome.points, outcome.verdict) == (0, "failed")
    assert "no idea" in outcome.message


def test_a_bonus_that_names_no_points_is_our_mistake(grade):
    (outcome,) = grade([f"{RECIPE}\nlenet_recipe()"])
    assert outcome.verdict == "not run"


def test_what_is_given_is_the_references_so_that_nobody_trains_longer_in_secret(grade):
    cheat = "\n\nLeNet5.loss = lambda self, X, y=None: 1 / 0\n"
    cell = f"{RECIPE}, given LeNet5\nS = LeNet5(seed=0).loss([[[[0.0] * 28] * 28]])\n"
    cell += 'check.award(int(S.shape == (1, 10)), 5, "it works")'
    (outcome,) = grade([cell], lenet=cheat)
    assert outcome.points == 1, outcome.message


CONTEST = "def train_by(recipe, X, y)"


def steps_by(batch_size):
    """Return how many steps notebook 5 trains a net of ten million weights, by a recipe."""
    cells = [cell["source"] for cell in notebook.read(paths.notebooks()[4])["cells"]]
    sources = ["".join(source) for source in cells]
    taken = []

    class Net:
        params = {"W3": np.ones((1000, 10))}

        def __init__(self, seed):
            pass

        def loss(self, X, y):
            taken.append(len(y))
            return 0.0, self.params

    known = {"LeNet5": Net, "rng": np.random.default_rng, "lesson": lesson, "bar": bar}
    known["RULES"] = {"sgd": lambda w, dw, config: (w, config)}
    exec(next(source for source in sources if CONTEST in source), known)
    recipe = {"net": {}, "update_rule": "sgd", "optim_config": {"learning_rate": 0.1}}
    data = np.zeros(10), np.zeros(10, int)
    known["train_by"]({**recipe, "batch_size": batch_size}, *data)
    return len(taken)


@pytest.mark.parametrize("kind", [np.uint8, np.int16, np.uint32, np.float32])
def test_a_batch_size_of_few_bits_does_not_wrap_the_budget(kind):
    assert steps_by(kind(200)) == steps_by(200) == 500


def test_an_object_of_its_own_in_a_recipe_fails_the_bonus(grade):
    own = "\n\ndef lenet_recipe():\n    return {'activation': type('Own', (), {})()}\n"
    cell = f"{RECIPE}, given LeNet5\nLeNet5(**lenet_recipe())\n{AWARD}"
    (outcome,) = grade([cell], tuning=own)
    assert (outcome.verdict, outcome.points) == ("failed", 0)
    assert "it takes numbers and arrays of them, not Object" in outcome.message
