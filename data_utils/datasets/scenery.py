"""Where a picture of the picture book takes place: what is behind and in front of its figure."""
import numpy as np

from .dice import chance, integers, noise, uniform
from .shapes import box, ellipse

BACKDROPS = np.array(
    [
        [(150, 195, 235), (105, 160, 90)],   # meadow: sky over ground
        [(165, 205, 235), (60, 110, 165)],   # sea
        [(235, 165, 120), (110, 75, 110)],   # dusk
        [(205, 215, 228), (225, 228, 235)],  # snow
        [(195, 180, 165), (120, 120, 125)],  # street
        [(40, 50, 90), (35, 45, 55)],        # night
        [(75, 160, 185), (25, 70, 110)],     # under water
        [(220, 200, 165), (165, 120, 85)],   # room
    ],
    dtype=np.float32,
)  # fmt: skip
MEADOW, SEA, DUSK, SNOW, STREET, NIGHT, WATER, ROOM = range(len(BACKDROPS))


def paper(n, size):
    """Return x and y of the middle of each pixel, (n, size, size), from -1 to 1."""
    middle = (np.arange(size, dtype=np.float32) + np.float32(0.5)) * np.float32(2 / size) - 1
    y, x = np.meshgrid(middle, middle, indexing="ij")
    return np.broadcast_to(x, (n, size, size)), np.broadcast_to(y, (n, size, size))


def paint(pictures, distance, colour, softness=1 / 16):
    """Paint a shape in one colour over each picture, in place, with soft edges.

    pictures: (n, 3, H, W); distance: (n, H, W); colour: (n, 3); softness: width of an edge.
    """
    cover = np.clip(0.5 - distance / softness, 0, 1)[:, None]
    pictures += cover * (colour[:, :, None, None] - pictures)


def draw_backdrop(dice, places, x, y, jitter):
    """Return pictures (n, 3, H, W) of places (n,): a sky that fades into a ground."""
    n = len(places)
    colours = BACKDROPS[places] + uniform(dice, -jitter, jitter, n, 2, 3)
    horizon, slope = uniform(dice, -0.3, 0.5, n, 1, 1), uniform(dice, -0.3, 0.3, n, 1, 1)
    pictures = np.empty((n, 3, *x.shape[1:]), np.float32)
    pictures[:] = colours[:, 0, :, None, None]
    paint(pictures, horizon + slope * x - y, colours[:, 1], uniform(dice, 0.05, 0.8, n, 1, 1))
    return pictures


def draw_clutter(dice, pictures, x, y, count, radius):
    """Paint `count` blobs or boxes of any colour somewhere on each picture, in place."""
    n = len(pictures)
    for _ in range(count):
        cx, cy = uniform(dice, -1, 1, 2, n, 1, 1)
        rx, ry = uniform(dice, radius / 3, radius, 2, n, 1, 1)
        across, down = abs(x - cx) - rx, abs(y - cy) - ry
        blob = np.sqrt(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2) * rx - rx
        shape = np.where(chance(dice, 0.5, n, 1, 1), blob, np.maximum(across, down))
        paint(pictures, shape, uniform(dice, 20, 240, n, 3))


def expose(dice, pictures, light, grain):
    """Return uint8 pictures, each under its own light, with grain like a photograph's."""
    n = len(pictures)
    level = uniform(dice, 1 - light, 1 + light, n, 1, 1, 1)
    tint = uniform(dice, 1 - light / 3, 1 + light / 3, n, 3, 1, 1)
    pictures = pictures * (level * tint) + grain * noise(dice, *pictures.shape)
    return np.clip(np.floor(pictures + 0.5), 0, 255).astype(np.uint8)
