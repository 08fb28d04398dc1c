"""What the third notebook promises beside what test_notebooks.py asks of all."""

import pytest

from course import paths
from tests.mistakes.harness import rewritten, run

PATH = paths.ASSIGNMENTS / "3_cnn.ipynb"


def test_a_wrong_layer_of_the_second_notebook_costs_nothing_here(tmp_path):
    wrong = rewritten("layers.py", "def affine_forward(x, w, b):\n    return 0 * b, None\n")
    assert not any(outcome.failure for outcome in run(PATH, wrong, tmp_path).values())


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
    outcome = run(PATH, rewritten("pooling.py", POOL.format(share=share)), tmp_path)[12]
    assert outcome.failure is None


def test_a_gradient_lost_at_ties_is_noticed(tmp_path):
    lost = rewritten("pooling.py", POOL.format(share="ties * (ties.sum() == 1)"))
    assert run(PATH, lost, tmp_path)[12].failure.diagnosis == "lost-at-ties"
