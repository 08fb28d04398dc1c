"""What the fourth notebook promises beside what test_notebooks.py asks of all."""

import numpy as np
import pytest

from course import notebook, paths
from tests.mistakes.harness import run, solutions, starter

PATH = paths.ASSIGNMENTS / "4_batchnorm.ipynb"


def test_the_checks_are_worth_50_to_60_points():
    assert 50 <= sum(check.points for check in notebook.checks(PATH)) <= 60


@pytest.mark.parametrize(
    ("module", "costs"),
    [
        ("initializers.py", {1, 2}),
        ("normalization.py", {3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14}),
        ("dropout.py", {15, 16}),
    ],
)
def test_a_module_of_stubs_costs_its_own_checks_alone(module, costs, tmp_path):
    outcomes = run(PATH, solutions() | {module: starter()[module]}, tmp_path)
    failed = {number for number, outcome in outcomes.items() if outcome.failure}
    assert failed == costs
    assert all(outcomes[n].failure.diagnosis == "not-written" for n in failed)


def test_the_worked_example_of_the_text_is_right():
    x, dout = np.array([0.0, 6, 6, 8]), np.array([0.0, 0, 0, 18])
    h, slopes = 1e-6, []
    for i in range(4):
        step = h * (np.arange(4) == i)
        above, below = ((z - z.mean()) / z.std() @ dout for z in (x + step, x - step))
        slopes.append((above - below) / (2 * h))
    np.testing.assert_allclose(slopes, [1, -2, -2, 3], rtol=1e-6)
    assert "(1, -2, -2, 3)" in PATH.read_text()


def test_the_bars_of_the_ladder_are_those_of_the_readme():
    ladder = [
        line for line in PATH.read_text().splitlines() if '"linear SVM' in line or "ladder[" in line
    ]
    readme = (paths.ROOT / "README.md").read_text()
    for share in ("42.1%", "52.3%", "78.1%", "87.2%"):
        assert share in readme
        assert f"{float(share[:-1]) / 100:g}" in "".join(ladder)
