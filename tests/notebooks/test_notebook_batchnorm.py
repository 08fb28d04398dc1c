"""What the fourth notebook promises beside what test_notebooks.py asks of all."""

import numpy as np
import pytest

from course import paths
from tests.helpers.odd_answers import ODD, ODD_NETS, odd_layers, odd_net
from tests.mistakes.harness import rewritten, run, solutions

PATH = paths.ASSIGNMENTS / "4_batchnorm.ipynb"


def test_the_worked_example_of_the_text_is_right():
    x, dout = np.array([0.0, 6, 6, 8]), np.array([0.0, 0, 0, 18])
    h, slopes = 1e-6, []
    for i in range(4):
        step = h * (np.arange(4) == i)
        above, below = ((z - z.mean()) / z.std() @ dout for z in (x + step, x - step))
        slopes.append((above - below) / (2 * h))
    np.testing.assert_allclose(slopes, [1, -2, -2, 3], rtol=1e-6)
    assert "(1, -2, -2, 3)" in PATH.read_text()


def test_the_bars_of_the_ladder_are_those_that_were_measured():
    ladder = [
        line for line in PATH.read_text().splitlines() if '"linear SVM' in line or "ladder[" in line
    ]
    measured = (paths.ROOT / "docs" / "measured.md").read_text()
    for share in ("42.1%", "52.3%", "78.1%", "87.2%"):
        assert share in measured
        assert f"{float(share[:-1]) / 100:g}" in "".join(ladder)


TRAINING = {20, 21}
"""The checks that train nets."""

LAYERS = [
    *("batchnorm_forward", "batchnorm_backward", "batchnorm_backward_alt"),
    *("layernorm_forward", "layernorm_backward", "dropout_forward", "dropout_backward"),
    *("spatial_batchnorm_forward", "spatial_batchnorm_backward"),
    *("spatial_groupnorm_forward", "spatial_groupnorm_backward"),
]


@pytest.mark.parametrize("odd", ODD)
def test_nothing_that_a_layer_returns_crashes_a_check(odd, tmp_path):
    wrong = rewritten("layers.py", odd_layers(LAYERS, odd))
    outcomes = run(PATH, wrong, tmp_path, skipped=TRAINING)
    assert all(outcomes[number].failure for number in (*range(3, 10), *range(11, 17), 22))


@pytest.mark.parametrize("odd", ODD_NETS)
@pytest.mark.parametrize(
    ("module", "net", "numbers"),
    [("fc_net", "FullyConnectedNet", (10, 17)), ("cnn", "DeepConvNet", (19,))],
)
def test_nothing_that_a_net_returns_crashes_a_check(module, net, numbers, odd, tmp_path):
    code = odd_net(net, odd)
    skipped = set(range(1, 24)) - set(numbers)
    outcomes = run(PATH, rewritten(f"{module}.py", code), tmp_path, skipped=skipped)
    assert all(outcomes[number].failure for number in numbers)


def test_a_wrong_group_norm_is_told_whatever_batch_norm_returns(tmp_path):
    files = solutions()
    rows = "x_hat, cache = layernorm_forward(x.reshape(N * G, -1), 1, 0, gn_param)"
    pixels = """x_hat, cache = layernorm_forward(
        x.reshape(N * G, C // G, -1).swapaxes(1, 2).reshape(-1, C // G), 1, 0, gn_param
    )
    x_hat = x_hat.reshape(N * G, -1, C // G).swapaxes(1, 2)"""
    text = files["normalization.py"].replace(rows, pixels)
    assert text != files["normalization.py"]
    files["normalization.py"] = text.replace(
        "return dx, dgamma, dbeta", "return dx, dgamma[None], dbeta"
    )
    outcomes = run(PATH, files, tmp_path, skipped=set(range(1, 24)) - {6, 12, 13})
    assert not outcomes[6].failure and not outcomes[12].failure
    assert "A remark: dgamma has shape (1, 4)" in outcomes[6].printed
    assert outcomes[13].failure.diagnosis == "pixel-of-group"
