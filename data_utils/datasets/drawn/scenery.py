"""Background and foreground of the pictures in the picture book."""

import numpy as np

from .brush import paint
from .portable_random import integers, uniform
from .shapes import box, ellipse

COLOURS = {
    "red": (205, 60, 50),
    "orange": (235, 140, 50),
    "yellow": (240, 205, 75),
    "green": (85, 155, 75),
    "blue": (70, 120, 195),
    "purple": (130, 80, 160),
    "pink": (230, 140, 170),
    "white": (240, 235, 225),
    "brown": (130, 95, 65),
    "grey": (95, 95, 105),
}
PLACES = {
    "meadow": ((150, 195, 235), (105, 160, 90)),
    "sea": ((165, 205, 235), (60, 110, 165)),
    "dusk": ((235, 165, 120), (110, 75, 110)),
    "snow": ((205, 215, 228), (225, 228, 235)),
    "street": ((195, 180, 165), (120, 120, 125)),
    "night": ((40, 50, 90), (35, 45, 55)),
    "underwater": ((75, 160, 185), (25, 70, 110)),
    "room": ((220, 200, 165), (165, 120, 85)),
}
VARIETY = 25  # how far a colour may be from its name, in steps of 0 to 255
BEHIND, IN_FRONT = (box, ellipse, box), (ellipse, box)


def mix_colours(bits, palette, chosen):
    """Return float32 colours, each near one of a palette.

    palette: COLOURS or PLACES; chosen: (n,) integers, which of them.
    Returns (n, 3), or (n, 2, 3) for PLACES: their sky and their ground.
    """
    pure = np.array(list(palette.values()), dtype=np.float32)[chosen]
    return pure + uniform(bits, -VARIETY, VARIETY, *pure.shape)


def draw_backdrop(bits, pictures, x, y, places):
    """Fill pictures (n, 3, H, W), in place, with a sky that fades into the ground of a place.

    x, y: (n, H, W) where each pixel lies; places: (n,) integers, which of PLACES.
    """
    n = len(places)
    sky, ground = mix_colours(bits, PLACES, places).swapaxes(0, 1)
    horizon, slope = uniform(bits, -0.3, 0.5, n, 1, 1), uniform(bits, -0.3, 0.3, n, 1, 1)
    fade = uniform(bits, 0.05, 0.8, n, 1, 1)
    pictures[:] = sky[:, :, None, None]
    paint(pictures, horizon + slope * x - y, ground, fade)


def draw_clutter(bits, pictures, x, y, shape):
    """Paint one box or ellipse of any colour somewhere on each picture, in place."""
    n = len(pictures)
    place_x, place_y = uniform(bits, -1, 1, 2, n, 1, 1)
    rx, ry = uniform(bits, 0.12, 0.35, 2, n, 1, 1)
    colours = mix_colours(bits, COLOURS, integers(bits, len(COLOURS), n))
    paint(pictures, shape(x, y, place_x, place_y, rx, ry), colours)
