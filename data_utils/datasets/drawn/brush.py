"""Paint shapes on a stack of pictures, all at once."""

import numpy as np

from .portable_random import noise, uniform

SIZE = 32
PIXEL = 2 / SIZE


def blank_paper(n):
    """Return x and y of the middle of each pixel, both (n, 32, 32), in -1 to 1; y grows down."""
    middle = (np.arange(SIZE, dtype=np.float32) + 0.5) * PIXEL - 1
    y, x = np.meshgrid(middle, middle, indexing="ij")
    return np.broadcast_to(x, (n, SIZE, SIZE)), np.broadcast_to(y, (n, SIZE, SIZE))


def paint(pictures, distance, colour, edge=PIXEL):
    """Paint a shape over each picture, in place.

    pictures: (n, 3, H, W) in 0 to 255.
    distance: (n, H, W) from the shape, see shapes.py; edge: over what distance it fades, a number
    or (n, 1, 1).
    colour: (n, 3), or (3,) for all.
    """
    cover = np.clip(0.5 - distance / edge, 0, 1)
    change = colour[..., None, None] - pictures
    change *= cover[:, None]
    pictures += change


def develop(bits, pictures, light, grain):
    """Return uint8 pictures, each in another light and with the grain of a photograph.

    light: how much brighter or darker one can get, a fraction; grain: its standard deviation, in
    steps of 0 to 255.
    """
    n = len(pictures)
    tint = uniform(bits, 1 - light / 3, 1 + light / 3, n, 3, 1, 1)
    pictures = pictures * (tint * uniform(bits, 1 - light, 1 + light, n, 1, 1, 1))
    pictures += noise(bits, *pictures.shape) * grain
    return np.clip(np.floor(pictures + 0.5), 0, 255).astype(np.uint8)
