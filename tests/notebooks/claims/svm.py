"""What the first notebook says, and what it was tried with."""

import numpy as np

from data_utils.lessons import svm as lesson
from tests.notebooks.claims.table import Claims

claims = Claims("1_svm")


@claims("The mean cost is 13.2 / 5 = 2.64.")
def the_table_costs():
    table = lesson.table()
    scores = table.X @ table.W
    right = scores[np.arange(5), table.y]
    margins = np.maximum(0, scores - right[:, None] + 1)
    margins[np.arange(5), table.y] = 0
    assert np.allclose(margins.sum(axis=1), [0, 1.2, 3.0, 7.5, 1.5])
    assert np.isclose(margins.sum() / 5, 2.64)


@claims("our 30,730 weights would cost 61,460 losses for one gradient")
def the_price_of_a_measured_gradient():
    weights = (3 * 32 * 32 + 1) * 10
    assert (weights, 2 * weights) == (30_730, 61_460)
