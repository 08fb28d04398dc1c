"""What the second notebook promises beside what test_notebooks.py asks of all."""

import numpy as np

from solutions.tuning import two_layer_search_space


def test_the_search_of_the_solutions_is_a_map_of_16_fields():
    rates, strengths = map(np.array, two_layer_search_space())
    assert len(rates) * len(strengths) == 16
    assert (rates > 0).all() and (strengths >= 0).all()
