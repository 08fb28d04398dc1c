"""What the fourth notebook promises beside what test_notebooks.py asks of all."""

import numpy as np

from course import paths

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
