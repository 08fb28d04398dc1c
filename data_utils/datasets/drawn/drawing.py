"""Draw many pictures of one figure, no two alike.

The numbers here are chosen so that models do about as well as on as many photographs of CIFAR-10
(benchmarks/models/ladder): usual colours and places give a linear model something to go by, but
only the shape gives a figure away.
"""

import numpy as np

from .brush import PIXEL, SIZE, blank_paper, develop, paint
from .figures import BLACK
from .portable_random import chance, integers, uniform
from .scenery import BEHIND, COLOURS, IN_FRONT, PLACES, draw_backdrop, draw_clutter, mix_colours
from .shapes import either

USUAL_COLOURS = {
    "balloon": ("red", "yellow"),
    "boat": ("brown", "red"),
    "butterfly": ("orange", "purple"),
    "car": ("red", "blue"),
    "cat": ("grey", "orange"),
    "fish": ("orange", "yellow"),
    "flower": ("pink", "white"),
    "house": ("red", "brown"),
    "mushroom": ("red", "brown"),
    "tree": ("green",),
}
USUAL_PLACES = {
    "balloon": ("meadow", "dusk"),
    "boat": ("sea",),
    "butterfly": ("meadow", "room"),
    "car": ("street", "night"),
    "cat": ("room",),
    "fish": ("underwater",),
    "flower": ("meadow",),
    "house": ("snow", "dusk"),
    "mushroom": ("night", "meadow"),
    "tree": ("snow", "night"),
}
COLOUR_IS_USUAL = 0.5  # how often; else any colour, or any place
PLACE_IS_USUAL = 0.38
OUTLINED = 0.5  # how often
SHIFT = 0.21  # how far from the middle, where 1 is the edge of the picture
SIZES = (0.45, 0.85)
TURN = 0.25  # tangent of half the largest turn: 28 degrees
STRETCH = 0.2
LIGHT = 0.3
GRAIN = 12


def draw_class(bits, figure, n):
    """Return n pictures of one figure, (n, 3, 32, 32) uint8.

    bits: see portable_random.new_bits; figure: see figures.py.
    """
    x, y = blank_paper(n)
    pictures = np.empty((n, 3, SIZE, SIZE), np.float32)
    usual = USUAL_PLACES[figure.__name__]
    draw_backdrop(bits, pictures, x, y, _choose(bits, PLACES, usual, PLACE_IS_USUAL, n))
    for shape in BEHIND:
        draw_clutter(bits, pictures, x, y, shape)
    _draw_figure(bits, pictures, x, y, figure)
    for shape in IN_FRONT:
        draw_clutter(bits, pictures, x, y, shape)
    return develop(bits, pictures, LIGHT, GRAIN)


def _draw_figure(bits, pictures, x, y, figure):
    """Paint a figure on each picture, in place, on some with an outline."""
    n = len(pictures)
    u, v, size = _pose(bits, x, y)
    layers = figure(u, v)
    around = either(*(distance for distance, _ in layers)) - 0.07
    far_away = 9 * (1 - chance(bits, OUTLINED, n, 1, 1).astype(np.float32))
    inks = _choose_inks(bits, USUAL_COLOURS[figure.__name__], n)
    for distance, ink in [(around + far_away, BLACK), *layers]:
        colour = inks[ink] if ink in inks else np.array(ink, np.float32)
        paint(pictures, distance, colour, PIXEL / size)


def _pose(bits, x, y):
    """Return where each pixel lies on a figure's own paper, u and v (n, H, W), and its size.

    A figure is moved, turned, stretched and perhaps mirrored. cos and sin of a turn by 2 atan(t)
    are (1 - t^2) / (1 + t^2) and 2 t / (1 + t^2): no function that differs between machines.
    """
    n = len(x)
    x_0, y_0 = uniform(bits, -SHIFT, SHIFT, 2, n, 1, 1)
    t = uniform(bits, -TURN, TURN, n, 1, 1)
    cos, sin = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
    size = uniform(bits, *SIZES, n, 1, 1)
    width = uniform(bits, 1 - STRETCH, 1 + STRETCH, n, 1, 1)
    side = 1 - 2 * integers(bits, 2, n, 1, 1).astype(np.float32)
    x, y = x - x_0, y - y_0
    u = (cos * x + sin * y) * (side / (size * width))
    v = (cos * y - sin * x) * (width / size)
    return u, v, size


def _choose_inks(bits, usual, n):
    """Return two different colours for each picture, "main" often one of the usual ones."""
    main = _choose(bits, COLOURS, usual, COLOUR_IS_USUAL, n)
    second = (main + 1 + integers(bits, len(COLOURS) - 1, n)) % len(COLOURS)
    return {
        "main": mix_colours(bits, COLOURS, main),
        "second": mix_colours(bits, COLOURS, second),
    }


def _choose(bits, palette, usual, how_often, n):
    """Return (n,) integers: which of a palette; one of the usual ones that often, else any."""
    names = list(palette)
    places = np.array([names.index(name) for name in usual])
    expected = places[integers(bits, len(usual), n)]
    return np.where(chance(bits, how_often, n), expected, integers(bits, len(names), n))
