"""What is right for CS231n passes every check that asks no more than CS231n does."""

import pytest

from tests.drop_in.judge import answers, refusals, refused_when_graded
from tests.drop_in.packages import PACKAGES, write
from tests.drop_in.refused import REFUSED

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("answer", answers())
def test_an_answer_to_cs231n_is_refused_only_where_the_table_says_so(answer):
    found = refusals(answer)
    assert found.keys() == REFUSED.get(answer, {}).keys(), found


@pytest.mark.parametrize("year", PACKAGES)
def test_a_package_in_the_layout_of_cs231n_is_refused_only_where_the_table_says_so(year, tmp_path):
    write(year, tmp_path)
    found = refused_when_graded(tmp_path)
    assert found.keys() == REFUSED.get(f"cs231n/{year}", {}).keys(), found


def test_the_table_of_refused_answers_names_answers_that_there_are():
    assert not REFUSED.keys() - {*answers(), *(f"cs231n/{year}" for year in PACKAGES)}
