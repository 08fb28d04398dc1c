"""What the third notebook promises beside what test_notebooks.py asks of all."""

import pytest

from course import notebook, paths
from tests.mistakes.harness import memorising, rewritten, run, solutions, starter

PATH = paths.ASSIGNMENTS / "3_cnn.ipynb"
FIRST = {"activations": 1, "convolution": 4, "im2col": 6, "pooling": 10, "cnn": 14}
"""The first check of each module."""


@pytest.mark.parametrize("module", FIRST)
def test_one_module_of_stubs_costs_its_own_checks_alone(module, tmp_path):
    outcomes = run(PATH, solutions() | {f"{module}.py": starter()[f"{module}.py"]}, tmp_path)
    failed = {number for number, outcome in outcomes.items() if outcome.failure}
    after = [number for number in (*FIRST.values(), 17) if number > FIRST[module]]
    assert failed == set(range(FIRST[module], after[0]))
    assert all(outcomes[n].failure.diagnosis == "not-written" for n in failed)


def test_a_wrong_layer_of_the_second_notebook_costs_nothing_here(tmp_path):
    wrong = rewritten("layers.py", "def affine_forward(x, w, b):\n    return 0 * b, None\n")
    assert not any(outcome.failure for outcome in run(PATH, wrong, tmp_path).values())


MEMORISED = {
    "activations.py": [
        "leaky_relu_forward",
        "leaky_relu_backward",
        "sigmoid_forward",
        "sigmoid_backward",
        "tanh_forward",
        "tanh_backward",
    ],
    "convolution.py": ["conv_forward_naive", "conv_backward_naive"],
    "im2col.py": ["im2col", "col2im", "conv_forward_im2col", "conv_backward_im2col"],
    "pooling.py": [
        "max_pool_forward_naive",
        "max_pool_backward_naive",
        "avg_pool_forward_naive",
        "avg_pool_backward_naive",
    ],
    "cnn.py": ["ThreeLayerConvNet.loss"],
}


def test_answers_memorised_from_one_seed_fail_at_another(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.memorised", {}, raising=False)
    package, failed = memorising(MEMORISED), []
    for seed in (0, 1):
        (tmp_path / str(seed)).mkdir()
        outcomes = run(PATH, package, tmp_path / str(seed), seed)
        failed.append({number for number, outcome in outcomes.items() if outcome.failure})
    of_shapes = {14}
    assert failed == [set(), set(outcomes) - of_shapes]


POOL = """
import numpy as np


def max_pool_backward_naive(dout, cache):
    x, param = cache
    height, width, stride = param["pool_height"], param["pool_width"], param["stride"]
    dx = np.zeros(x.shape, dout.dtype)
    for n, c, i, j in np.ndindex(dout.shape):
        place = n, c, slice(i * stride, i * stride + height), slice(j * stride, j * stride + width)
        ties = x[place] == x[place].max()
        dx[place] += {share} * dout[n, c, i, j]
    return dx
"""


@pytest.mark.parametrize(
    "share", ["ties", "ties / ties.sum()", "(np.cumsum(ties).reshape(ties.shape) == 1) * ties"]
)
def test_ties_may_share_a_gradient_or_have_all_of_it_or_leave_it_to_one(share, tmp_path):
    outcome = run(PATH, rewritten("pooling.py", POOL.format(share=share)), tmp_path)[11]
    assert outcome.failure is None


def test_a_gradient_lost_at_ties_is_noticed(tmp_path):
    lost = rewritten("pooling.py", POOL.format(share="ties * (ties.sum() == 1)"))
    assert run(PATH, lost, tmp_path)[11].failure.diagnosis == "lost-at-ties"


def test_the_checks_are_worth_45_to_55_points():
    assert 45 <= sum(check.points for check in notebook.checks(PATH)) <= 55
