"""Shapes as signed distances: negative inside, positive outside, 0 on the edge.

u, v: (n, H, W) where each pixel lies, u to the right and v down. Each function returns (n, H, W).
Only + - * / sqrt, abs, floor, min and max are used, one at a time on whole arrays: they give the
same bits on every machine.
"""

import math
from functools import reduce

import numpy as np


def ellipse(u, v, x, y, rx, ry):
    """Return (nearly) the distance from an ellipse around (x, y) with radii rx and ry.

    x, y, rx, ry: numbers, or (n, 1, 1).
    """
    across, down = (u - x) / rx, (v - y) / ry
    return (np.sqrt(across * across + down * down) - 1) * np.minimum(rx, ry, dtype=np.float32)


def disc(u, v, x, y, r):
    """Return the distance from a disc of radius r around (x, y)."""
    across, down = u - x, v - y
    return np.sqrt(across * across + down * down) - r


def box(u, v, x, y, rx, ry):
    """Return the distance from an upright rectangle around (x, y), 2 rx wide and 2 ry high.

    x, y, rx, ry: numbers, or (n, 1, 1).
    """
    return np.maximum(abs(u - x) - rx, abs(v - y) - ry)


def polygon(u, v, *corners):
    """Return the distance from a convex polygon; corners (x, y) run clockwise as seen."""
    edges = zip(corners, corners[1:] + corners[:1], strict=True)
    return only(*(_beyond_edge(u, v, *start, *end) for start, end in edges))


def _beyond_edge(u, v, x0, y0, x1, y1):
    length = math.sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2)
    across, down = (y1 - y0) / length, (x0 - x1) / length
    return u * across + v * down - (x0 * across + y0 * down)


def stripes(u, period):
    """Return the distance from upright stripes, as wide as the gaps between them."""
    turns = u / period
    return (abs(turns - np.floor(turns) - 0.5) - 0.25) * period


def either(*distances):
    """Return the distance from the union of the shapes."""
    return reduce(np.minimum, distances)


def only(*distances):
    """Return the distance from the intersection of the shapes."""
    return reduce(np.maximum, distances)
