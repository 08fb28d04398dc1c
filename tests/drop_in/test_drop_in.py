"""What is right for CS231n passes every check that asks no more than CS231n does."""

import pytest

from tests.drop_in.judge import answers, refusals
from tests.drop_in.refused import REFUSED


@pytest.mark.parametrize("answer", answers())
def test_an_answer_to_cs231n_is_refused_only_where_the_table_says_so(answer):
    found = refusals(answer)
    assert found.keys() == REFUSED.get(answer, {}).keys(), found


def test_the_table_of_refused_answers_names_answers_that_there_are():
    assert not REFUSED.keys() - set(answers())
