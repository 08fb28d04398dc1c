"""Hints on the messages of exceptions that students often see."""

import re

NP_MAX = re.compile(r"np\.max\(\s*0")
PLAIN_MAX = re.compile(r"(?<![\w.])(max|min)\(")
SHAPE = re.compile(r"\(([\d,]+,[\d,]*)\)")

POINTERS = {
    "arrays used as indices must be of integer": "Are these one-hot rows? as_labels(y) turns them "
    "into labels, which can be indices",
    "could not be broadcast": "Which axes should lie along each other? An axis of length 1, such "
    "as keepdims=True leaves, goes along any other",
    r"matmul|not aligned": "In a product of matrices the first has as many columns as the second "
    "has rows: which of them has to be transposed?",
    "cannot reshape": "The numbers are not as many as the new shape asks for: which axes belong "
    "together?",
    "out of bounds": "Indices begin with 0, and end with the length less 1",
    "truth value of an array": "An array has many truth values, and `if` wants one",
    "Cannot cast ufunc": "That array holds whole numbers: of which dtype should it be made?",
    "NoneType": "Something is None there: which function was to return it?",
}
"""{pattern in an exception's message: what to say of it}."""


def pointer(message, line):
    """Return a question or a hint on an exception's message and its line, or None."""
    if NP_MAX.search(line):
        return (
            "np.max looks for the largest entry of one array, and its second argument is an axis; "
            "for the larger of two, entry by entry, there is np.maximum"
        )
    if "truth value of an array" in message and (found := PLAIN_MAX.search(line)):
        return (
            f"Python's {found[1]} compares two numbers; for two arrays, entry by entry, there is "
            f"np.{found[1]}imum"
        )
    return of_shapes(message) or next(
        (advice for pattern, advice in POINTERS.items() if re.search(pattern, message)), None
    )


def of_shapes(message):
    """Return a hint on a matrix that meets its transpose, or on windows that do not fit, or None.

    A window may not fit the filter, or lie beyond the edge.
    """
    if "zero-size array to reduction" in message:
        return EXCHANGED.format("A window is empty: it begins beyond the edge")
    shapes = [[int(n) for n in shape.split(",") if n] for shape in SHAPE.findall(message)]
    if (
        "broadcast" in message
        and len(shapes) == 2 == len(shapes[0])
        and shapes[0] == shapes[1][::-1]
    ):
        return "Their shapes are the same the other way round: which of them is transposed?"
    if len(shapes) != 2 or min(map(len, shapes)) < 3:
        return None
    (*ones, height, width), (*others, HH, WW) = shapes
    if ones != others:
        return None
    if (height, width) == (WW, HH):
        return (
            "Height and width are exchanged: rows go with the height, H and HH, columns with the "
            "width, W and WW"
        )
    return EXCHANGED.format(f"A window of {height} x {width} meets one of {HH} x {WW}")


EXCHANGED = (
    "{}. Are rows and columns exchanged somewhere, i with j or height with width, or is one of "
    "them taken for both?"
)
