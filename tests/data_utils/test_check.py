"""Each check passes what is right, and refuses what is nearly right."""

import time
from itertools import chain, repeat

import numpy as np
import pytest

from data_utils import check
from data_utils.expected import Expected, Mistake
from data_utils.verdicts import CheckFailed

x = np.random.default_rng(0).normal(size=(4, 5))


def squares(x):
    return np.sum(x**2)


def hinge(x):
    return np.maximum(0, x).sum()


def test_close_ticks_the_claim(capsys):
    check.close("it holds", x, x.copy())
    assert capsys.readouterr().out == "✓ it holds\n"


def test_close_accepts_another_order_of_summation():
    big = np.random.default_rng(0).normal(size=10_000)
    check.close("the sum", big.sum(), sum(big))


@pytest.mark.parametrize("change", [1e-6, -1e-6])
def test_close_refuses_one_entry_a_millionth_off(change):
    near = x.copy()
    near[2, 3] += change * np.abs(x).max()
    with pytest.raises(CheckFailed, match=r"^x: 1 of 20 entries are wrong; at \(2, 3\) yours is"):
        check.close("x", near, x)


def test_close_counts_nan_as_wrong():
    got = x.copy()
    got[0, 0] = np.nan
    with pytest.raises(CheckFailed, match=r"at \(0, 0\) yours is nan.* It is nan: look for"):
        check.close("x", got, x)


def test_close_tells_two_numbers_apart():
    with pytest.raises(CheckFailed, match="the loss: no, yours is 2, expected 3"):
        check.close("the loss", 2.0, 3.0)


def test_close_accepts_0_for_0_point_0():
    check.close("it costs nothing", 0, 0.0)


def test_close_accepts_a_number_in_an_array_without_dimensions():
    check.close("the loss", np.array(2.5), 2.5)


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (x[:, :4], r"the shape is \(4, 4\), expected \(4, 5\)"),
        (x.T, "It looks transposed"),
        (x.ravel(), "The entries are as many as they should be"),
        (x.astype(np.float32), "the numbers are float32, expected float64"),
        (x.round().astype(int), "the numbers are int64, expected float64"),
        (
            None,
            r"got None, expected an array .*\. Is there a `return` that gives it",
        ),
        (
            x.tolist(),
            r"got a list, expected an array .*\. np\.array makes one of it",
        ),
        ("x", r"got a str, expected an array of shape \(4, 5\)\. \[type\]$"),
    ],
)
def test_close_is_strict_about_what_it_gets(got, says):
    with pytest.raises(CheckFailed, match=says):
        check.close("x", got, x)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ((3, 4, 5), "Was an axis summed away, or is this the first part"),
        ((2, 3, 4), "An axis is gone"),
        ((2, 3, 4, 5, 1), "an axis too many: was it kept for broadcasting"),
        ((2, 3, 7, 4, 5), "an axis too many: is something to be summed along it"),
        ((2, 4, 5, 3), "The axes are in another order"),
        ((2, 3, 6, 7), "is the padding still there"),
        ((2, 3, 0, 0), "is it cut by pad:-pad"),
        ((6, 20), "as many as they should be: into which shape"),
    ],
)
def test_a_shape_is_told_with_what_it_looks_like(shape, says):
    with pytest.raises(CheckFailed, match=says):
        check.close("dx", np.ones(shape), np.ones((2, 3, 4, 5)))


def test_a_sum_over_the_other_axis_is_asked_by_the_names_of_both_lengths():
    with pytest.raises(CheckFailed, match="These are N numbers, and D are due"):
        check.close("dgamma", np.ones(4), np.ones(5), N=4, D=5)
    for known in ({"N": 4}, {}, {"N": 3, "D": 5}):
        with pytest.raises(CheckFailed, match=r"expected \(5,\)\. \[shape\]$"):
            check.close("dgamma", np.ones(4), np.ones(5), **known)


def test_a_mistake_of_another_shape_is_told_where_the_numbers_are_its_own():
    due = Expected(x.argmax(axis=1), [Mistake("columns", "So.", x.argmax(axis=0))])
    with pytest.raises(CheckFailed, match=r"expected \(4,\)\. So\. \[columns\]$"):
        check.close("labels", x.argmax(axis=0), due)
    with pytest.raises(CheckFailed, match=r"expected \(4,\)\. \[shape\]$"):
        check.close("labels", x.argmin(axis=0), due)


def test_a_list_where_a_number_is_due_asks_for_its_sum():
    with pytest.raises(CheckFailed, match="got a list, expected a number. Is there a sum"):
        check.close("the loss", [1.0, 2.0], 3.0)


def test_close_does_not_broadcast_a_number():
    with pytest.raises(
        CheckFailed, match=r"an array of shape \(4, 5\) where one number is expected"
    ):
        check.close("the loss", x, 1.0)


def test_close_takes_labels_of_any_integer_type():
    check.close("labels", np.array([1, 2], np.uint8), np.array([1, 2]))


def test_close_refuses_labels_as_floats():
    with pytest.raises(CheckFailed, match="the numbers are float64, expected int64"):
        check.close("labels", np.array([1.0, 2.0]), np.array([1, 2]))


def test_frozen_copies_refuse_to_be_written_to():
    for array in check.frozen([1.0, 2.0], x):
        with pytest.raises(ValueError, match="read-only"):
            array += 1


def test_freezing_leaves_the_original_as_it_was():
    check.frozen(x)
    assert x.flags.writeable


def test_that_raises_the_sentence_it_was_given():
    with pytest.raises(CheckFailed, match=r"^rows sum to 1: no\. Which axis\? \[axis\]$"):
        check.that("rows sum to 1", False, "Which axis?", "axis")


def test_gradient_ticks_a_right_gradient(capsys):
    check.gradient("dx", squares, x, 2 * x)
    assert capsys.readouterr().out == "✓ dx agrees with central differences\n"


def test_gradient_refuses_one_entry_a_hundredth_of_a_percent_off():
    dx = 2 * x
    dx[1, 1] += 1e-4 * np.abs(dx).max()
    with pytest.raises(CheckFailed, match="1 of 20 entries are wrong"):
        check.gradient("dx", squares, x, dx)


def test_gradient_refuses_zeros():
    with pytest.raises(CheckFailed, match="entries are wrong"):
        check.gradient("dx", squares, x, np.zeros_like(x))


def test_gradient_steps_aside_from_a_kink():
    near = np.array([3e-6, -3e-6, 1.0, -1.0])
    check.gradient("dx", hinge, near, np.array([1.0, 0.0, 1.0, 0.0]))


@pytest.mark.parametrize("slope", [0.0, 0.5, 1.0])
def test_gradient_accepts_every_slope_exactly_at_a_kink(slope):
    check.gradient("dx", hinge, np.array([0.0, 1.0]), np.array([slope, 1.0]))


@pytest.mark.parametrize("slope", [-0.1, 1.1])
def test_gradient_refuses_a_slope_outside_a_kink(slope):
    with pytest.raises(CheckFailed, match="1 of 2 entries"):
        check.gradient("dx", hinge, np.array([0.0, 1.0]), np.array([slope, 1.0]))


def test_gradient_does_not_take_a_wrong_slope_for_a_kink():
    with pytest.raises(CheckFailed, match="2 of 4 entries"):
        near = np.array([3e-6, -3e-6, 1.0, -1.0])
        check.gradient("dx", hinge, near, np.array([0.0, 1.0, 1.0, 0.0]))


def test_gradient_tells_a_wrong_entry_where_x_is_0_from_its_kink():
    bent = np.array([[0.0, 1.0, -1.0], [2.0, 0.0, -2.0]])
    check.gradient("dx", hinge, bent, (bent > 0) * 1.0)
    with pytest.raises(CheckFailed, match=r"1 of 6 entries are wrong; at \(1, 1\) yours is 1.5"):
        check.gradient("dx", hinge, bent, (bent > 0) + 1.5 * (np.arange(6) == 4).reshape(2, 3))


def test_gradient_knows_a_right_one_by_two_values_and_looks_at_few_entries_beside_kinks():
    seen = []
    check.gradient("dx", lambda x: seen.append(1) or squares(x), x, 2 * x)
    assert len(seen) == 2
    bent = np.ones((30, 40))
    bent[2, 3] = 0
    check.gradient("dx", lambda x: seen.append(1) or hinge(x), bent, np.ceil(bent))
    assert len(seen) < 20


def test_gradient_takes_a_number_in_an_array_without_dimensions():
    check.gradient("dx", lambda x: x**2, np.array(3.0), 6)
    with pytest.raises(CheckFailed, match="yours is 7, expected 6"):
        check.gradient("dx", lambda x: x**2, np.array(3.0), 7)


def test_gradient_names_a_forgotten_mean():
    with pytest.raises(CheckFailed, match="4 times too large, and N = 4"):
        check.gradient("dx", lambda x: squares(x) / 4, x, 2 * x, N=4)


def taking(*seconds, answer=1.0):
    """Return a case for check.faster whose rounds take so many seconds, the last for ever."""
    rounds = chain(seconds, repeat(seconds[-1]))
    return lambda random: (lambda: (time.sleep(next(rounds)), answer)[1], 1.0)


def a_moment():
    """Take ten milliseconds."""
    time.sleep(0.01)


def test_faster_ticks_what_is_faster(capsys):
    check.faster("quick", taking(0), a_moment)
    assert capsys.readouterr().out == "✓ quick\n"


def test_faster_refuses_what_is_slower(capsys):
    with pytest.raises(CheckFailed, match="times as long. Let NumPy work on all examples"):
        check.faster("quick", taking(0.05), a_moment)
    assert not capsys.readouterr().out


def test_faster_takes_each_at_its_best_of_many_rounds():
    check.faster("quick", taking(0.05, 0.05, 0.05, 0.05, 0), a_moment)


def test_faster_is_not_what_was_so_while_the_other_was_disturbed():
    others = chain([0.05], repeat(0.001))
    with pytest.raises(CheckFailed, match="times as long"):
        check.faster("quick", taking(0.02), lambda: time.sleep(next(others)))


@pytest.mark.parametrize("wrong", [0.0, None, np.ones(2), (1.0, 1.0)], ids=str)
def test_faster_judges_what_was_timed(wrong):
    with pytest.raises(CheckFailed, match="wrong. It was right for a few") as caught:
        check.faster("quick", taking(0, answer=wrong), a_moment)
    assert caught.value.diagnosis == "wrong-for-many"


def test_faster_draws_new_inputs_for_each_round():
    drawn = []
    check.faster(
        "quick", lambda random: (lambda: drawn.append(random.random()) or 1.0, 1.0), a_moment
    )
    assert len(set(drawn)) >= 3


def test_booleans_are_compared(capsys):
    check.close("the mask is right", np.array([True, False]), np.array([True, False]))
    assert "✓ the mask is right" in capsys.readouterr().out
    with pytest.raises(CheckFailed, match="1 of 2 entries are wrong"):
        check.close("the mask is right", np.array([True, True]), np.array([True, False]))
