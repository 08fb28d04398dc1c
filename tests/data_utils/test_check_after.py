"""Failures that stem from an earlier task, and the kinds of numbers."""

import numpy as np
import pytest

from data_utils import check, verdicts
from data_utils.expected import Expected, Mistake, Slope

RIGHT = (3, "relu_forward", lambda: np.ones(2), np.ones(2))
WRONG = (3, "relu_forward", lambda: np.zeros(2), np.ones(2))


def fail():
    check.that("it holds", False, "It does not.")


def test_what_fails_because_of_an_earlier_task_is_put_down_to_it():
    said = pytest.raises(verdicts.CheckFailed, match="Check 3 comes first: relu_forward")
    with said as caught, check.after(RIGHT, WRONG):
        fail()
    assert caught.value.diagnosis == "comes-first"


def test_what_fails_by_itself_is_told_as_it_is():
    said = pytest.raises(verdicts.CheckFailed, match="it holds: no. It does not.")
    with said, check.after(RIGHT):
        fail()


HALF = Mistake("half", "It is halved.", np.full(2, 0.5))
EARLIER = Expected(np.ones(2), [Mistake("zero", "It is 0.", np.zeros(2))])


def test_a_failure_with_a_cause_of_its_own_is_said_though_an_earlier_task_is_wrong():
    said = pytest.raises(verdicts.CheckFailed, match="It is halved.")
    with said, check.after(3, "relu_forward", np.zeros(2), EARLIER):
        check.close("out", np.full(2, 0.5), Expected(np.ones(2), [HALF]))


def test_a_failure_with_the_cause_of_an_earlier_task_is_put_down_to_that():
    said = pytest.raises(verdicts.CheckFailed, match="Check 3 comes first")
    with said, check.after(3, "relu_forward", np.zeros(2), EARLIER):
        check.close("out", np.zeros(2), EARLIER)


def test_a_failure_that_no_cause_accounts_for_is_put_down_to_an_earlier_task():
    said = pytest.raises(verdicts.CheckFailed, match="Check 3 comes first")
    with said, check.after(3, "relu_forward", np.zeros(2), EARLIER):
        check.close("out", np.array([0.3, -2.0]), Expected(np.ones(2), [HALF]))


def test_nothing_is_asked_of_earlier_tasks_while_all_is_well():
    with check.after((1, "task", fail, 0)):
        pass


@pytest.mark.parametrize("due", [np.ones(2), Expected(np.ones(2)), (np.ones(2), 3.0)])
def test_what_is_expected_of_an_earlier_task_may_be_a_function_of_nothing(due):
    many = isinstance(due, tuple)
    right, wrong = (np.ones(2), 3.0) if many else np.ones(2), np.zeros(2)
    own = pytest.raises(verdicts.CheckFailed, match="It does not.")
    with own, check.after(3, "relu_forward", right, lambda: due):
        fail()
    earlier = pytest.raises(verdicts.CheckFailed, match="Check 3 comes first: relu_forward")
    with earlier, check.after(3, "relu_forward", wrong, lambda: due):
        fail()


def test_what_is_expected_of_an_earlier_task_is_not_computed_while_all_is_well():
    with check.after(3, "relu_forward", np.ones(2), fail):
        pass


@pytest.mark.parametrize("answer", [fail, lambda: None, lambda: np.ones(3), lambda: (1, 2)])
def test_an_earlier_task_that_raises_or_returns_another_shape_is_not_right(answer):
    said = pytest.raises(verdicts.CheckFailed, match="comes first")
    with said, check.after((1, "task", answer, np.ones(2))):
        fail()


def test_each_part_of_a_tuple_has_to_be_right():
    assert check.is_right(lambda: (np.ones(2), 3.0), (np.ones(2), 3.0))
    assert not check.is_right(lambda: (np.ones(2), 4.0), (np.ones(2), 3.0))
    assert not check.is_right(lambda: np.ones(2), (np.ones(2), 3.0))


def test_an_error_of_the_students_code_is_put_down_to_an_earlier_task_too():
    with pytest.raises(verdicts.CheckFailed, match="comes first"), check.after(WRONG):
        raise ZeroDivisionError


def test_a_stub_is_not_written_yet_whatever_else_is_wrong():
    with pytest.raises(verdicts.NotWritten), check.after(WRONG):
        raise verdicts.NotWritten("f is not written yet", "not-written")


@pytest.mark.parametrize(
    "frame, kind, message",
    [
        (("starter/task.py", 3, "<module>", "return x"), "IndentationError", "unindent"),
        (("starter/layers.py", 1, "<module>", "import f"), "ImportError", "cannot import name 'f'"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_it_is_whatever_else_is_wrong(frame, kind, message):
    error = Exception(message)
    error.kind, error.student_frames = kind, [frame]
    with pytest.raises(Exception, match=message) as caught, check.after(WRONG):
        raise error
    assert caught.value is error


def test_float32_is_ticked(capsys):
    check.float32("dx", np.zeros(2, np.float32), np.zeros(2))
    assert capsys.readouterr().out == "✓ float32 in, float32 out: dx\n"


def test_float64_is_refused_where_the_input_was_float32():
    answers = np.zeros(2, np.float32), np.zeros(2)
    with pytest.raises(verdicts.CheckFailed, match="Got float64") as caught:
        check.float32("dx, dw", answers, answers)
    assert caught.value.diagnosis == "dtype"


def test_the_usual_makers_of_float64_are_told():
    answer = np.random.default_rng(0).random(2) / 0.5
    with pytest.raises(verdicts.CheckFailed) as caught:
        check.float32("out", answer, answer)
    for maker in ("np.zeros", "generator", "np.where of two plain numbers", "mask divided"):
        assert maker in caught.value.sentence


def square(x):
    return np.sum(x * x)


X = np.array([1.0, 2.0, -3.0])


@pytest.mark.parametrize("due", [2 * X, Expected(2 * X), Slope(square, X)])
def test_float32_is_ticked_for_what_is_right_to_single_precision_alone(due, capsys):
    check.float32("dx", np.float32(2 * X) * np.float32(1 + 1e-6), due)
    assert capsys.readouterr().out
    for wrong in (0 * X, np.ones(3), 2 * X + 0.1, np.full(3, np.nan)):
        with pytest.raises(verdicts.CheckFailed, match="dx: no, these are not the right"):
            check.float32("dx", np.float32(wrong), due)


@pytest.mark.parametrize("answers", [None, (), (X, X), (None,), (X[:2],), ("2, 4, -6",)])
def test_float32_is_refused_to_what_is_no_answer(answers):
    with pytest.raises(verdicts.CheckFailed, match="dx: (got|the shape)"):
        check.float32("dx", answers, (2 * X,))


def test_arguments_left_alone_are_ticked_and_the_result_is_returned(capsys):
    assert check.left_alone("f", 2 * X, lambda x: (2 * x, "cache"), X)[1] == "cache"
    assert capsys.readouterr().out == "✓ f leaves its arguments as they are\n"


@pytest.mark.parametrize("wrong", [lambda x: 0 * x, lambda x: x, lambda x: None])
def test_arguments_that_a_wrong_answer_leaves_alone_earn_nothing(wrong):
    with pytest.raises(verdicts.CheckFailed, match="f: (got None|no, these are not)"):
        check.left_alone("f", 2 * X, wrong, X)


def test_an_argument_that_is_written_into_raises():
    def doubled(x):
        x *= 2
        return x

    with pytest.raises(ValueError, match="read-only"):
        check.left_alone("f", 2 * X, doubled, X)


def test_whole_numbers_where_fractions_may_come_out_are_told_the_dtype_for_both():
    with pytest.raises(
        verdicts.CheckFailed, match="expected float64. Means .*result_type"
    ) as caught:
        check.close("out", np.arange(3), np.arange(3) / 2)
    assert caught.value.diagnosis == "dtype"


def test_fractions_where_something_is_counted_are_told_so():
    with pytest.raises(verdicts.CheckFailed, match="such as counts or positions"):
        check.close("products", 416520.0, 416520)


def test_numbers_are_written_with_as_many_digits_as_tell_them_apart():
    with pytest.raises(verdicts.CheckFailed, match="yours is 1.0000002, expected 1."):
        check.close("x", 1.0000002, 1.0)


def test_the_first_entry_that_is_told_is_one_that_is_not_finite():
    with pytest.raises(verdicts.CheckFailed, match=r"at \(2,\) yours is nan, expected 3"):
        check.close("x", np.array([7, 2, np.nan]), np.array([1.0, 2, 3]))


def test_a_well_known_mistake_is_told_before_all_others():
    with pytest.raises(verdicts.CheckFailed, match="networks take half of it") as caught:
        check.close("added", np.float64(4.0), 2.0, instead={"l2-without-half": 4.0})
    assert caught.value.diagnosis == "l2-without-half"
