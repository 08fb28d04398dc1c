"""Hints on the messages of exceptions that students often see."""

import re
from math import prod

SHAPE = re.compile(r"\(([\d,]+,[\d,]*)\)")

POINTERS = {
    "arrays used as indices must be of integer": "Indices are whole numbers, such as labels or "
    "row numbers; of one-hot rows, as_labels(y) makes labels",
    r"could not be broadcast to indexing result of shape \(\d+,\)": "Two indices such as [rows, y] "
    "name one entry for each row, and take a row of numbers as long, without keepdims",
    "could not be broadcast": "Which axes should lie along each other? An axis of length 1, such "
    "as keepdims=True leaves, goes along any other",
    r"matmul|not aligned": "In a product of matrices the first has as many columns as the second "
    "has rows: which of them has to be transposed?",
    "cannot be interpreted as an integer|slice indices must be": "`/` gives a float even where "
    "nothing is left over; `//` divides whole numbers",
    r"^'(gamma|beta)\d+'$": "A net without a norm has no gamma and no beta, and its bn_params is "
    "empty",
    "cannot reshape": "The numbers are not as many as the new shape asks for: which axes belong "
    "together?",
    "out of bounds|list index out of range": "Indices begin with 0, and end with the length less 1",
    "truth value of an array": "An array has many truth values, and `if` wants one",
    "Cannot cast ufunc": "That array holds whole numbers: of which dtype should it be made?",
    r"takes \d+ positional arguments? but \d+ were given": "Compare the call with the line that "
    "begins `def`: of a method, `self` is counted, and given of itself",
    r"(^name|local variable) '(W|params|rng)'": "What an object keeps is found by self, such as "
    "self.W",
    "cannot access local variable": "The name gets a value in this function only later, or nowhere "
    "on the way here; a method of the object is self.name",
    "NoneType": "Something is None there: an argument that may be None, or what a function without "
    "a `return` gives?",
    r"'(float|int)' object has no attribute": "That is one number, and no array: was a shape "
    "forgotten?",
    r"Generator' object has no attribute 'randn?'": "A Generator draws normal numbers by "
    "`standard_normal` and `normal`, even ones by `random`; they take a shape as one tuple",
    r"Cannot interpret '\d+' as a data type": "A Generator takes the shape as one tuple",
}
"""{pattern in an exception's message: what to say of it}."""


OF_LINES = (
    (
        "",
        r"np\.(max)\(\s*0",
        "np.{1} looks for the largest entry of one array, and its second argument is an axis; for "
        "the larger of two, entry by entry, there is np.maximum",
    ),
    (
        "truth value of an array",
        r"(?<![\w.])(max|min)\(",
        "Python's {1} compares two numbers; for two arrays, entry by entry, there is np.{1}imum",
    ),
    (
        "list index out of range",
        "bn_params",
        "Indices begin with 0: layer i has {0}[i - 1]. Where there is no norm, {0} is empty",
    ),
    (
        "matmul",
        r"\b(\w+) *@ *\1\b(?!\.T)",
        "{0} is a product of matrices; the squares of all entries are {1} * {1}",
    ),
    (
        "could not be broadcast",
        r"^\s*(\w+)\[(\w+(?:\[\w+\])?)\] *[+-]?= *\w+\[\w+\]",
        "{1}[{2}] is row {2} of {1}, where the shapes want a column: {1}[:, {2}]",
    ),
)
"""(Part of an exception's message, pattern in its line, what to say of what the pattern finds)."""


def pointer(message, line):
    """Return a question or a hint on an exception's message and its line, or None."""
    for part, pattern, advice in OF_LINES:
        if part in message and (found := re.search(pattern, line)):
            return advice.format(found[0], *found.groups())
    of_message = (advice for pattern, advice in POINTERS.items() if re.search(pattern, message))
    return of_shapes(message) or of_spread(message, line) or next(of_message, None)


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


def of_spread(message, line):
    """Return a hint on an array that is several times too large for its new shape, or None."""
    found = RESHAPED.search(message)
    sizes = [int(n) for n in re.findall(r"\d+", found["shape"])] if found else [0]
    times, left = divmod(int(found["size"]), prod(sizes)) if found and prod(sizes) else (0, 1)
    if times < 2 or left:
        return None
    of_norm = re.search(r"gamma|beta|hat|\bout\b", line)
    return SPREAD.format(times) + (CHANNELS if of_norm else "")


RESHAPED = re.compile(
    r"cannot reshape array of size (?P<size>\d+) into shape (?P<shape>\([\d,]+\))"
)

SPREAD = (
    "It has {} times as many numbers as that: was it broadcast, against an array of other axes?"
)

CHANNELS = (
    " gamma and beta of (1, C, 1, 1) belong to channels: they come in when x_hat is back in the "
    "shape of x"
)

EXCHANGED = (
    "{}. Are rows and columns exchanged somewhere, i with j or height with width, is one of "
    "them taken for both, or has the output a row or a column too many?"
)
