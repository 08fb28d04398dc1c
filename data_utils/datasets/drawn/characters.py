"""Drawn digits and letters: 28 by 28 grey pictures like those of MNIST, without a download.

The numbers here are chosen so that a two-layer net with 50 hidden units, trained on 10,000
pictures, reads 96 or 97 of 100 digits right, and 95 of 100 letters: about as on MNIST.
"""

import numpy as np

from ..splits import make_grey_splits
from .outlines import FACES, POINTS, REACH, STEP, distance_fields
from .portable_random import integers, new_bits, noise, uniform

DRAWN_DIGITS, DRAWN_LETTERS = tuple("0123456789"), tuple("ABCDEFGHIJ")
SIZE = 28
PAGE = 500  # pictures drawn at once; another number makes other pictures
SHIFT = 0.28  # how far from the middle; an upright character reaches from -1 to 1
HEIGHTS, WIDTHS = (7.5, 10.5), (0.7, 1.15)  # of half a character, in pixels; times the height
TURN = 0.2  # tangent of half the largest turn: 23 degrees
SLANT, BEND = 0.32, 0.2
INK = (0, 0.16)  # how much a stroke grows to either side
BLUR = (0, 0.2)  # how much further than a pixel an edge fades
STRENGTH = (0.8, 1.15)  # of the ink; from 1 on it is white
GRAIN = 10  # standard deviation, in steps of 0 to 255


def load_drawn_digits(num=12000, seed=0):
    """Draw the first pictures of an endless row of digits, white on black.

    The same seed gives the same bytes wherever matplotlib has the same fonts, and a longer row
    begins like a shorter one. Ten pictures in a row, from the first on, show ten digits in any
    order.

    Returns pictures (num, 1, 28, 28) uint8 and labels (num,) int64 in [0, 10).
    Raises ValueError if num is not at least 1.
    """
    return _draw(DRAWN_DIGITS, num, seed)


def load_drawn_letters(num=12000, seed=0):
    """Draw the letters A to J as load_drawn_digits draws digits; labels index DRAWN_LETTERS."""
    return _draw(DRAWN_LETTERS, num, seed)


def get_drawn_digits_data(num_training=10000, num_validation=1000, num_test=1000, seed=0):
    """Return drawn digits as a dict of X_train, y_train, X_val, y_val, X_test and y_test.

    The pictures are (N, 1, 28, 28) float32 in 0 to 1; the labels are int64 in [0, 10). The test
    pictures are drawn first, so they are the same for any num_training.
    """
    return _get_data(load_drawn_digits, num_training, num_validation, num_test, seed)


def get_drawn_letters_data(num_training=10000, num_validation=1000, num_test=1000, seed=0):
    """Return drawn letters as get_drawn_digits_data returns digits."""
    return _get_data(load_drawn_letters, num_training, num_validation, num_test, seed)


def _get_data(load, num_training, num_validation, num_test, seed):
    X, y = load(num_test + num_training + num_validation, seed)
    test, rest = (X[:num_test], y[:num_test]), (X[num_test:], y[num_test:])
    return make_grey_splits(rest, test, num_training, num_validation, num_test)


def _draw(characters, num, seed):
    if num < 1:
        raise ValueError(f"num = {num}: expected at least 1 picture")
    fields = distance_fields("".join(characters))
    pages = range(-(-num // PAGE))
    drawn = [_draw_page(new_bits(ord(characters[0]), seed, page), fields) for page in pages]
    pictures, labels = zip(*drawn, strict=True)
    return np.concatenate(pictures)[:num], np.concatenate(labels)[:num]


def _draw_page(bits, fields):
    """Return PAGE pictures, as many of each character, and their labels."""
    labels = uniform(bits, 0, 1, PAGE // 10, 10).argsort(axis=1, kind="stable").ravel()
    faces = integers(bits, len(FACES), PAGE)
    u, v, height = _pose(bits)
    distance = _look_up(fields, faces, labels, u, v) - uniform(bits, *INK, PAGE, 1, 1)
    fade = uniform(bits, *BLUR, PAGE, 1, 1) + 1 / height
    ink = np.clip(0.5 - distance / fade, 0, 1) * uniform(bits, *STRENGTH, PAGE, 1, 1)
    pictures = ink * 255 + noise(bits, PAGE, SIZE, SIZE) * GRAIN
    pictures = np.clip(np.floor(pictures + 0.5), 0, 255).astype(np.uint8)
    return pictures[:, None], labels


def _pose(bits):
    """Return where each pixel lies on a character's own paper, u and v, and the pixels per unit.

    A character is moved, turned, stretched, slanted and bent. See drawing.py for the turn.
    """
    middle = np.arange(SIZE, dtype=np.float32) - (SIZE - 1) / 2
    height = uniform(bits, *HEIGHTS, PAGE, 1, 1)
    width = height * uniform(bits, *WIDTHS, PAGE, 1, 1)
    t = uniform(bits, -TURN, TURN, PAGE, 1, 1)
    cos, sin = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
    x = middle - uniform(bits, -SHIFT, SHIFT, PAGE, 1, 1) * height
    y = middle[:, None] - uniform(bits, -SHIFT, SHIFT, PAGE, 1, 1) * height
    u, v = (cos * x + sin * y) / width, (cos * y - sin * x) / height
    slant, bend_u, bend_v = uniform(bits, -1, 1, 3, PAGE, 1, 1)
    u, v = u + SLANT * slant * v + BEND * bend_u * v * v, v + BEND * bend_v * u * u
    return u, v, height


def _look_up(fields, faces, labels, u, v):
    """Return the distance at each pixel, between the four points around it in the field."""
    column, across = _cell(u)
    row, down = _cell(v)
    start = (faces * fields.shape[1] + labels) * POINTS**2
    at = start[:, None, None] + row * POINTS + column
    near = fields.ravel()
    upper = near[at] + across * (near[at + 1] - near[at])
    at += POINTS
    lower = near[at] + across * (near[at + 1] - near[at])
    return upper + down * (lower - upper)


def _cell(place):
    """Return the number of the cell that places lie in, and how far along it they are, 0 to 1."""
    steps = np.clip((place + REACH) / STEP, 0, POINTS - 1)
    cell = np.minimum(steps.astype(np.int64), POINTS - 2)
    return cell, steps - cell.astype(np.float32)
