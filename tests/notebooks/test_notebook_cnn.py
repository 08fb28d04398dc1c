"""What the third notebook promises beside what test_notebooks.py asks of all."""

import pytest

from course import paths
from tests.helpers.odd_answers import ODD, ODD_NETS, odd_layers, odd_net
from tests.mistakes.harness import rewritten, run, solutions

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


LAYERS = [
    *("leaky_relu_forward", "leaky_relu_backward", "sigmoid_forward", "sigmoid_backward"),
    *("tanh_forward", "tanh_backward", "conv_forward_naive", "conv_backward_naive"),
    *("im2col", "col2im", "conv_forward_im2col", "conv_backward_im2col"),
    *("max_pool_forward_naive", "max_pool_backward_naive"),
    *("avg_pool_forward_naive", "avg_pool_backward_naive"),
]


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_a_layer_returns_crashes_a_check(odd, tmp_path):
    wrong = rewritten("layers.py", odd_layers(LAYERS, odd))
    outcomes = run(PATH, wrong, tmp_path, skipped=range(16, 20))
    assert all(outcomes[number].failure for number in (*range(1, 16), 20))


@pytest.mark.parametrize("odd", ODD_NETS)
def test_nothing_that_the_net_returns_crashes_a_check(odd, tmp_path):
    wrong = rewritten("cnn.py", odd_net("ThreeLayerConvNet", odd))
    outcomes = run(PATH, wrong, tmp_path, skipped=range(1, 17))
    assert outcomes[17].failure or outcomes[18].failure


@pytest.mark.parametrize("odd", ["None", "{}", "[]", "{'W1': None}", "{'W1': np.zeros(3)}", "3"])
def test_no_odd_parameters_crash_a_check(odd, tmp_path):
    code = f"""
class Right(ThreeLayerConvNet):
    pass

class ThreeLayerConvNet(Right):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.params = {odd}
"""
    outcomes = run(PATH, rewritten("cnn.py", code), tmp_path, skipped=range(1, 16))
    assert outcomes[16].failure and outcomes[19].failure


def test_a_mistake_of_its_own_is_said_though_the_way_forward_is_wrong_too(tmp_path):
    files = solutions()
    for old, new in (
        ("* w[f]) + b[f]", "* w[f])"),
        ("columns] += dout[n, f, i, j] * w", "columns] = dout[n, f, i, j] * w"),
    ):
        assert files["convolution.py"].count(old) == 1
        files["convolution.py"] = files["convolution.py"].replace(old, new)
    outcomes = run(PATH, files, tmp_path)
    assert outcomes[4].failure.diagnosis == "missing-term"
    assert outcomes[5].failure.diagnosis == "last-of-several"


def test_a_net_with_all_of_its_regulariser_is_told_so_whatever_a_convolution_cuts_off(tmp_path):
    files = solutions()
    half = "            loss += 0.5 * self.reg * np.sum(W * W)"
    files["cnn.py"] = files["cnn.py"].replace(half, half.replace("0.5 * ", ""))
    cut = "dpadded[:, :, pad : pad + H, pad : pad + W]"
    files["convolution.py"] = files["convolution.py"].replace(cut, "dpadded[:, :, pad:-pad]")
    outcomes = run(PATH, files, tmp_path)
    assert outcomes[5].failure and outcomes[17].failure.diagnosis == "l2-without-half"
