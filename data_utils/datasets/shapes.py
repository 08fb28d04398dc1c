"""Shapes as signed distances: negative inside, positive outside, 0 on the edge.

u, v: (n, H, W) where each pixel lies, u to the right and v down. Each function returns (n, H, W).
Only + - * / sqrt, abs, min and max are used: they give the same bits on every machine.
"""
import numpy as np


def ellipse(u, v, x, y, rx, ry):
    """Return (nearly) the distance from an ellipse around (x, y) with radii rx and ry."""
    across, down = (u - x) / rx, (v - y) / ry
    return (np.sqrt(across * across + down * down) - 1) * min(rx, ry)


def disc(u, v, x, y, r):
    """Return the distance from a disc of radius r around (x, y)."""
    return ellipse(u, v, x, y, r, r)


def polygon(u, v, *corners):
    """Return the distance from a convex polygon; corners (x, y) run clockwise as seen."""
    edges = zip(corners, corners[1:] + corners[:1], strict=True)
    return np.maximum.reduce([_beyond_edge(u, v, *start, *end) for start, end in edges])


def _beyond_edge(u, v, x0, y0, x1, y1):
    length = np.sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2).item()
    across, down = (y1 - y0) / length, (x0 - x1) / length
    return (u - x0) * across + (v - y0) * down


def box(u, v, left, top, right, bottom):
    """Return the distance from an upright rectangle."""
    return polygon(u, v, (left, top), (right, top), (right, bottom), (left, bottom))


def either(*distances):
    """Return the distance from the union of shapes."""
    return np.minimum.reduce(distances)


def without(distance, *others):
    """Return the distance from a shape with other shapes cut out of it."""
    return np.maximum.reduce([distance, *(-other for other in others)])


def only(distance, *others):
    """Return the distance from what shapes have in common."""
    return np.maximum.reduce([distance, *others])


def stripes(u, period):
    """Return the distance from upright stripes, as wide as the gaps between them."""
    return (np.abs(u / period - np.floor(u / period) - 0.5) - 0.25) * period
