"""Hints on the messages of exceptions."""

import pytest

from data_utils.pointers import pointer

BROADCAST = "operands could not be broadcast together with shapes {} {} "


def said(one, other):
    """Return the hint on two arrays that do not fit each other."""
    return pointer(BROADCAST.format(one, other), "out = window * w[f]")


def test_exchanged_sides_of_a_window_are_called_that():
    assert "Height and width are exchanged" in said("(2,2,3)", "(2,3,2)")


@pytest.mark.parametrize("window", ["(2,2,2)", "(2,3,3)", "(2,1,2)"])
def test_a_window_of_other_sides_asks_for_rows_and_columns(window):
    assert "Are rows and columns exchanged somewhere, i with j" in said(window, "(2,3,2)")


@pytest.mark.parametrize(
    ("one", "other"), [("(3,4)", "(4,2)"), ("(5,)", "(3,)"), ("(3,2,2)", "(2,2,2)")]
)
def test_arrays_that_are_no_windows_get_the_general_hint(one, other):
    assert "Which axes should lie along each other?" in said(one, other)


def test_a_matrix_that_meets_its_transpose_is_called_that():
    assert "which of them is transposed?" in said("(4,7)", "(7,4)")


@pytest.mark.parametrize("name", ["max", "min"])
def test_the_larger_of_two_arrays_is_asked_of_numpy(name):
    message = "The truth value of an array with more than one element is ambiguous."
    assert f"np.{name}imum" in pointer(message, f"margins = {name}(0, scores - own + 1)")
    assert "`if` wants one" in pointer(message, f"if scores.{name}(axis=1) > 0:")


def test_a_matrix_times_itself_is_no_square_of_its_entries():
    message = "matmul: Input operand 1 has a mismatch in its core dimension 0"
    assert "squares of all entries are W * W" in pointer(message, "loss += reg * (W @ W)")
    assert "squares" not in pointer(message, "scores = X @ W")


def test_a_row_that_stands_for_a_column_is_called_that():
    message = BROADCAST.format("(4,)", "(7,)")
    for row, column in {"dW[j]": "dW[:, j]", "dW[y[i]]": "dW[:, y[i]]"}.items():
        assert column in pointer(message, f"{row} += X[i]")
        assert "[:" not in pointer(message, f"{column} += X[i]")


def test_a_method_that_is_given_itself_is_told_of_self():
    message = "LeastSquares.loss() takes 4 positional arguments but 5 were given"
    assert "`self` is counted" in pointer(message, "loss, dW = self.loss(self.W, X, y, reg)")


def test_a_window_that_ends_too_late_asks_for_the_size_of_the_output():
    assert "has the output a row or a column too many" in said("(2,1,2)", "(2,3,2)")


def test_an_empty_window_begins_beyond_the_edge():
    message = "zero-size array to reduction operation maximum which has no identity"
    assert "A window is empty" in pointer(message, "window.max()")


def test_an_array_that_was_broadcast_on_the_way_to_its_shape_is_called_that():
    message = "cannot reshape array of size {} into shape (3,8,5,2)"
    spread = message.format(1920)
    assert "8 times as many numbers" in pointer(spread, "x_hat.reshape(x.shape)")
    assert "belong to channels" in pointer(spread, "x_hat.reshape(x.shape)")
    assert pointer(spread, "dx = dout.reshape(x.shape)").endswith("against an array of other axes?")
    for size in (240, 120, 300):
        assert "which axes belong together?" in pointer(message.format(size), "x.reshape(3, 8)")
    unknown = "cannot reshape array of size 10 into shape (3,newaxis)"
    assert "which axes belong together?" in pointer(unknown, "x.reshape(3, -1)")


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("'float' object cannot be interpreted as an integer", "`//` divides whole numbers"),
        ("slice indices must be integers or None", "`//` divides whole numbers"),
        ("name 'W' is not defined", "such as self.W"),
        ("cannot access local variable 'W' where it is not", "such as self.W"),
        (
            "value array of shape (5,1) could not be broadcast to indexing result of shape (5,)",
            "without keepdims",
        ),
        ("cannot access local variable 'loss' where", "a method of the object is self.name"),
        ("'gamma1'", "A net without a norm has no gamma"),
        ("list index out of range", "end with the length less 1"),
    ],
)
def test_other_messages_that_many_meet_have_a_hint(message, says):
    assert says in pointer(message, "a line")


def test_a_key_that_is_not_of_a_norm_has_no_hint_on_norms():
    assert pointer("'gamma'", "a line") is None and pointer("'W1'", "a line") is None


def test_an_entry_of_bn_params_that_is_not_there_asks_for_the_norm():
    line = "out, cache = batchnorm_forward(x, gamma, beta, self.bn_params[i])"
    assert "bn_params is empty" in pointer("list index out of range", line)


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("'float' object has no attribute 'astype'", "was a shape forgotten?"),
        ("'numpy.random._generator.Generator' object has no attribute 'randn'", "standard_normal"),
        ("Cannot interpret '200' as a data type", "the shape as one tuple"),
    ],
)
def test_how_a_generator_is_asked_for_an_array_is_said(message, says):
    assert says in pointer(message, "a line")
