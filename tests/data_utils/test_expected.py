"""A right answer with its mistakes, a slope, and the checks that take them."""

import numpy as np
import pytest

from data_utils import check
from data_utils.expected import Expected, Mistake, Slope
from data_utils.lessons.common import Case, sum_of_w
from data_utils.seeds import drawn_once, rng
from data_utils.verdicts import CheckFailed

x = np.random.default_rng(0).normal(size=(4, 3))
CUBED = Mistake("cubed", "This is x cubed.", lambda: x**3 + 1)
SQUARED = Expected(x * x, [CUBED], N=4, terms={"the first row": x * (x == x[0])})


def refused(got, expected):
    """Return what a check says of an answer."""
    with pytest.raises(CheckFailed) as caught:
        check.close("x is squared", got, expected)
    return caught.value


def test_a_right_answer_passes_and_its_mistakes_are_not_computed(capsys):
    check.close("x is squared", x * x, Expected(x * x, lambda: 1 / 0))
    check.close("and", x * x, Expected(x * x, [Mistake("no", "No.", lambda: 1 / 0)]))
    assert capsys.readouterr().out == "✓ x is squared\n✓ and\n"


def test_a_usual_mistake_is_told_by_its_sentence_and_code():
    failure = refused(x**3 + 1, SQUARED)
    assert failure.diagnosis == "cubed" and failure.sentence.endswith("This is x cubed.")


def test_what_is_known_of_an_answer_is_told():
    assert refused(4 * x * x, SQUARED).diagnosis == "times-N"
    assert refused(x * x - x * (x == x[0]), SQUARED).diagnosis == "missing-term"


def test_a_part_of_an_answer_has_that_part_of_its_mistakes_and_terms():
    part = SQUARED[:2]
    check.close("the first rows", x[:2] ** 2, part)
    assert refused(x[:2] ** 3 + 1, part).diagnosis == "cubed"
    assert refused(x[:2] ** 2 - (x * (x == x[0]))[:2], part).diagnosis == "missing-term"
    assert refused(4 * x[:2] ** 2, part).diagnosis == "times-N"


def test_a_mistake_of_another_shape_is_not_in_a_part():
    assert Expected(x, [Mistake("short", "Short.", x[0])])[:2].mistakes == ()


def test_a_slope_is_checked_and_its_mistakes_are_told():
    slope = Slope(lambda x: np.sum(x * x), x, [sum_of_w(x.sum() + 0 * x)], N=4)
    check.gradient("dx", 2 * x, slope)
    for got, code in ((x.sum() + 0 * x, "sum-of-w"), (8 * x, "times-N"), (x, "over-2")):
        with pytest.raises(CheckFailed) as caught:
            check.gradient("dx", got, slope)
        assert caught.value.diagnosis == code


def test_a_case_hands_out_copies_of_arrays_and_settings():
    class Inputs(Case):
        x, param = np.zeros(3), {"pad": 1}

    case = Inputs()
    case.x[:] = 1
    case.param["pad"] = 2
    assert not case.x.any() and case.param == {"pad": 1}


def test_a_watched_dict_that_is_as_it_was_passes():
    param = check.watched({"mode": "test", "running_mean": np.zeros(3)})
    param["running_mean"] = np.zeros(3)
    check.unchanged("the settings stay", param)


@pytest.mark.parametrize(
    "change, name",
    [
        (lambda p: p["running_mean"].fill(1), "running_mean"),
        (lambda p: p.pop("mode"), "mode"),
        (lambda p: p.update(cache=1), "cache"),
    ],
)
def test_what_was_changed_in_a_watched_dict_is_named(change, name):
    param = check.watched({"mode": "test", "running_mean": np.zeros(3)})
    change(param)
    with pytest.raises(CheckFailed, match=f"Changed: {name}"):
        check.unchanged("the settings stay", param)


def test_a_function_that_writes_into_an_argument_is_refused_and_others_give_their_result():
    assert check.left_alone("f", 3, lambda x, k: k, x, 3) == 3
    with pytest.raises(ValueError, match="read-only"):
        check.left_alone("f", x, lambda x: x.fill(0), x)


def test_a_function_that_leaves_its_arguments_alone_must_be_right_too():
    with pytest.raises(CheckFailed):
        check.left_alone("f", x, np.zeros_like, x)


def fail():
    check.that("it holds", False, "It does not.")


def test_a_failure_is_put_down_to_what_an_earlier_task_gave_wrong_in_this_case():
    for got in (2 * x, lambda: 2 * x, None, x[0]):
        with (
            pytest.raises(CheckFailed, match="Check 3 comes first: relu"),
            check.after(3, "relu", got, SQUARED),
        ):
            fail()


def test_a_failure_beside_a_right_earlier_answer_is_told_as_it_is():
    with pytest.raises(CheckFailed, match="It does not"), check.after(3, "relu", x * x, SQUARED):
        fail()


def test_of_two_earlier_tasks_that_are_wrong_the_outer_comes_first():
    with (
        pytest.raises(CheckFailed, match="Check 1 comes first"),
        check.after(1, "affine", 2 * x, SQUARED),
        check.after(3, "relu", 2 * x, SQUARED),
    ):
        fail()


def test_what_is_drawn_once_is_drawn_anew_for_another_seed(monkeypatch):
    draw = drawn_once(lambda: rng().normal(size=3))
    first = draw()
    monkeypatch.setenv("COURSE_SEED", "1")
    assert not np.array_equal(first, draw())
    monkeypatch.setenv("COURSE_SEED", "0")
    assert draw() is first
