"""An answer of the right shape with other values earns no point, in any check of any notebook.

Six packages are the solutions, whose functions return zeros, ones, what they were given, nothing,
or every float doubled or negated, wherever the judge asks; what they compute within stays right. Of
the last two, gradients are those of the scores and losses returned: they agree with each other.
"""

from pathlib import Path

import pytest

from course import paths, stubs
from course.authoring.trial import run
from tests.mistakes.harness import solutions

MODULE, WRAPPING = (
    Path(__file__).with_name(name).read_text(encoding="utf-8")
    for name in ("other_values.py", "wrapping.py")
)
WRAP = (
    "\nfrom . import other_values, wrapping\n\nwrapping.wrap_all(globals(), other_values.other)\n"
)
RIGHT = {
    ("4_batchnorm", "inputs"): {16},
    ("1_svm", "twice"): {7, 8},
    ("2_two_layer_net", "twice"): {15},
    ("3_cnn", "twice"): {19},
    ("4_batchnorm", "twice"): {20},
    ("5_lenet", "twice"): {10},
    ("1_svm", "negated"): {7},
    ("2_two_layer_net", "negated"): {9},
    ("3_cnn", "negated"): {16, 19},
    ("4_batchnorm", "negated"): {1, 2},
    ("5_lenet", "negated"): {10},
}
"""{(notebook, way): checks} where these are right: at test, dropout changes nothing; integers, such
as classes and counts, stay as they are; a search may try other rates; random numbers around 0 may
have another sign; and a seed gives the same net twice."""


def package(way):
    """Return the solutions whose answers have other values."""
    files = solutions() | {"other_values.py": MODULE.replace("@WAY@", way)}
    files["wrapping.py"] = WRAPPING
    return files | {name: files[name] + WRAP for name in stubs.task_modules()}


@pytest.mark.parametrize("way", ["zeros", "ones", "inputs", "nothing", "twice", "negated"])
@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_other_values_than_the_right_ones_earn_no_point(path, way, tmp_path):
    outcomes = run(path, package(way), tmp_path, seed=7)
    passed = {number for number, outcome in outcomes.items() if not outcome.failure}
    assert passed == RIGHT.get((path.stem, way), set())
