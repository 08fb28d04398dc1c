"""Lesson 3: what its cases expect, worked out a second time in another way."""

import numpy as np
import pytest

from data_utils.gradient_check import eval_numerical_gradient
from data_utils.lessons import cnn as lesson
from data_utils.verdicts import CheckFailed


def in_loops(case):
    """Return a convolution, number by number."""
    x, w, b, param = case.inputs
    stride, pad, gap = param["stride"], param["pad"], param.get("dilation", 1)
    wide = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros(case.out.value.shape)
    for n, f, i, j in np.ndindex(out.shape):
        rows = slice(i * stride, i * stride + gap * (w.shape[2] - 1) + 1, gap)
        places = slice(j * stride, j * stride + gap * (w.shape[3] - 1) + 1, gap)
        out[n, f, i, j] = np.sum(wide[n, :, rows, places] * w[f]) + b[f]
    return out


def all_convolutions():
    """Return every case of a convolution."""
    return [*lesson.all_conv_cases(), lesson.whole_pictures(), lesson.by_hand()]


def test_what_a_convolution_expects_is_what_loops_add_up():
    for case in all_convolutions():
        np.testing.assert_allclose(case.out.value, in_loops(case), atol=1e-12)


def test_the_example_worked_by_hand_has_the_numbers_of_the_text():
    seen = lesson.by_hand().out.value[0, 0]
    assert seen.tolist() == [[-1, 8, 3, 1], [4, 6, 0, 5], [5, 0, 4, 3]]


def test_filters_tile_the_pictures_where_they_should_and_leave_some_over_where_not():
    def rests(case):
        reach = np.array(case.w.shape[2:])
        return (np.array(case.x.shape[2:]) + 2 * case.param["pad"] - reach) % case.param["stride"]

    assert not any(rests(case).any() for case in lesson.conv_cases())
    assert rests(lesson.left_over()["conv_*_naive"]).all()


def test_windows_tile_the_maps_where_they_should_and_leave_some_over_where_not():
    def rests(case):
        window = np.array([case.param["pool_height"], case.param["pool_width"]])
        return (np.array(case.x.shape[2:]) - window) % case.param["stride"]

    assert not any(rests(case).any() for case in lesson.max_pool_cases())
    assert rests(lesson.left_over()["max_pool_*_naive"]).all()


@pytest.mark.parametrize("cases", [lesson.max_pool_cases, lesson.avg_pool_cases])
def test_the_right_gradient_of_pooling_is_its_slope(cases):
    for case in cases():
        slope = case.slope("x")
        np.testing.assert_allclose(
            case.grads[0], eval_numerical_gradient(slope.of, slope.at), atol=1e-7
        )


def test_the_right_gradients_of_a_convolution_are_its_slopes():
    for case in lesson.conv_cases():
        for name, grad in zip("xwb", case.grads, strict=True):
            slope = case.slope(name)
            numeric = eval_numerical_gradient(slope.of, slope.at)
            np.testing.assert_allclose(grad, numeric, atol=1e-7)


def test_columns_and_the_picture_of_1_to_9_are_as_im2col_means_them():
    case = lesson.counted()
    windows = [case.x[0, 0, i : i + 2, j : j + 2].ravel() for i in (0, 1) for j in (0, 1)]
    np.testing.assert_array_equal(case.cols.value, np.stack(windows, axis=1))


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ((3, 2, 3, 2), "H and W are exchanged"),
        ((3, 2, 1, 2), "One more"),
        ((3, 2, 5, 5), "Yours is (3, 2, 5, 5), expected (3, 2, 2, 3)."),
    ],
)
def test_a_wrong_count_of_windows_is_told_by_its_formula(shape, said):
    case = lesson.max_pool_cases()[0]
    holds, sentence, code = case.counted(np.zeros(shape))
    assert not holds and said in sentence and code == "shape"


def test_a_last_window_that_is_cut_off_is_told_so():
    case = lesson.left_over()["max_pool_*_naive"]
    holds, sentence, _ = case.counted(np.zeros((3, 2, 3, 3)))
    assert not holds and "cut off" in sentence


@pytest.mark.parametrize("strange", [None, [], "dx", 3, np.zeros((2, 2)), np.array([None] * 3)])
def test_no_gradient_however_strange_crashes_a_judgement_of_ties(strange):
    case = lesson.tied()
    assert not case.handed_on(strange)[0]
    assert not case.only_largest(strange)[0]


@pytest.mark.parametrize("strange", [None, [], (1, 2), "dx", (None, None, None)])
def test_no_gradients_however_strange_crash_a_check(strange):
    with pytest.raises(CheckFailed):
        lesson.check_gradients(lesson.conv_cases()[0], strange)


@pytest.mark.parametrize("strange", [None, [], {}, {"W1": None}, {"W1": np.zeros(3), 4: "b"}])
def test_no_parameters_however_strange_crash_a_check(strange):
    with pytest.raises(CheckFailed):
        lesson.check_first_parameters(strange)
    with pytest.raises(CheckFailed):
        lesson.check_net_gradients(lesson.small_net(), strange, strange)


def test_a_gradient_of_ties_may_be_shared_or_handed_to_each_or_left_to_one():
    case = lesson.tied()
    dx = np.zeros(case.x.shape)
    for n, c, i, j in np.ndindex(case.dout.shape):
        window = case.x[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2]
        largest = window == window.max()
        dx[n, c, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] = largest * case.dout[n, c, i, j]
    assert case.only_largest(dx)[0] and case.handed_on(dx)[0]
    assert not case.handed_on(1.5 * dx)[0] and not case.only_largest(dx + 1)[0]
