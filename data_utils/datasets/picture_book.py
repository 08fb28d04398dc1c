"""The picture book: ten kinds of things, drawn as 32 by 32 colour pictures, without a download."""
import numpy as np

from .dice import chance, integers, new_dice, uniform
from .figures import FIGURES
from .scenery import (
    DUSK, MEADOW, NIGHT, ROOM, SEA, SNOW, STREET, WATER,
    draw_backdrop, draw_clutter, expose, paint, paper,
)
from .splits import make_splits

PICTURE_BOOK_CLASSES = tuple(figure.__name__ for figure in FIGURES)
PAGE = 500
COLOURS = np.array(
    [
        (205, 60, 50),    # 0 red
        (235, 140, 50),   # 1 orange
        (240, 205, 75),   # 2 yellow
        (85, 155, 75),    # 3 green
        (70, 120, 195),   # 4 blue
        (130, 80, 160),   # 5 purple
        (230, 140, 170),  # 6 pink
        (240, 235, 225),  # 7 white
        (130, 95, 65),    # 8 brown
        (95, 95, 105),    # 9 grey
    ],
    dtype=np.float32,
)  # fmt: skip
TYPICAL = {
    "balloon": ((0, 2), (MEADOW, DUSK)),
    "boat": ((8, 0), (SEA, SEA)),
    "butterfly": ((1, 5), (MEADOW, ROOM)),
    "car": ((0, 4), (STREET, NIGHT)),
    "cat": ((9, 1), (ROOM, ROOM)),
    "fish": ((1, 2), (WATER, WATER)),
    "flower": ((6, 7), (MEADOW, MEADOW)),
    "house": ((0, 8), (SNOW, DUSK)),
    "mushroom": ((0, 8), (NIGHT, MEADOW)),
    "tree": ((3, 3), (SNOW, NIGHT)),
}
KNOBS = dict(place=0.5, colour=0.5, jitter=25, shift=0.35, small=0.45, large=0.85, turn=0.3,
             behind=3, behind_radius=0.35, front=1, front_radius=0.25, light=0.3, grain=10)


def load_picture_book(num=12000, seed=0):
    """Draw the first pictures of an endless book.

    The same seed gives the same bytes on every machine, and a longer book begins like a shorter
    one. Of every ten pictures in a row, each shows another class.

    Returns pictures (num, 3, 32, 32) uint8 and labels (num,) int64, which index
    PICTURE_BOOK_CLASSES.
    """
    pages = [_draw_page(seed, page) for page in range(-(-num // PAGE))]
    pictures, labels = zip(*pages, strict=True)
    return np.concatenate(pictures)[:num], np.concatenate(labels)[:num]


def get_picture_book_data(num_training=10000, num_validation=1000, num_test=1000,
                          subtract_mean=True):
    """Return the picture book as a dict of X_train, y_train, X_val, y_val, X_test and y_test.

    The pictures are (N, 3, 32, 32) float32 in 0 to 255, minus the mean training picture unless
    subtract_mean=False; the labels are int64 in [0, 10). The test pictures are the first of the
    book, so they stay the same for any num_training.
    """
    X, y = load_picture_book(num_test + num_training + num_validation)
    test, rest = (X[:num_test], y[:num_test]), (X[num_test:], y[num_test:])
    return make_splits(rest, test, num_training, num_validation, num_test, subtract_mean)


def _draw_page(seed, page):
    dice = new_dice(seed, page)
    labels = uniform(dice, 0, 1, PAGE // 10, 10).argsort(axis=1, kind="stable").ravel()
    pictures = np.empty((PAGE, 3, 32, 32), np.uint8)
    for label, figure in enumerate(FIGURES):
        pictures[labels == label] = _draw_figure(dice, figure, PAGE // 10)
    return pictures, labels


def _draw_figure(dice, figure, n):
    k = KNOBS
    colours, places = TYPICAL[figure.__name__]
    x, y = paper(n, 32)
    places = _mostly(dice, places, 8, k["place"], n)
    pictures = draw_backdrop(dice, places, x, y, k["jitter"])
    draw_clutter(dice, pictures, x, y, k["behind"], k["behind_radius"])
    u, v, size = _pose(dice, x, y)
    main = _mostly(dice, colours, 10, k["colour"], n)
    second = (main + 1 + integers(dice, 9, n)) % 10
    palette = {"main": COLOURS[main], "second": COLOURS[second]}
    for c in palette:
        palette[c] = palette[c] + uniform(dice, -k["jitter"], k["jitter"], n, 3)
    layers = figure(u, v)
    outline = np.minimum.reduce([d for d, _ in layers]) - 0.07
    paint(pictures, outline, np.full((n, 3), 45, np.float32), 1 / 16 / size)
    for distance, colour in layers:
        colour = palette[colour] if isinstance(colour, str) else np.full((n, 3), colour, np.float32)
        paint(pictures, distance, colour, 1 / 16 / size)
    draw_clutter(dice, pictures, x, y, k["front"], k["front_radius"])
    return expose(dice, pictures, k["light"], k["grain"])


def _pose(dice, x, y):
    k = KNOBS
    n = len(x)
    cx, cy = uniform(dice, -k["shift"], k["shift"], 2, n, 1, 1)
    size = uniform(dice, k["small"], k["large"], n, 1, 1)
    t = uniform(dice, -k["turn"], k["turn"], n, 1, 1)
    cos, sin = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
    flip = np.where(chance(dice, 0.5, n, 1, 1), np.float32(1), np.float32(-1))
    u = flip * (cos * (x - cx) + sin * (y - cy)) / size
    v = (cos * (y - cy) - sin * (x - cx)) / size
    return u, v, size


def _mostly(dice, usual, count, probability, n):
    usual = np.array(usual)[integers(dice, len(usual), n)]
    return np.where(chance(dice, probability, n), usual, integers(dice, count, n))
