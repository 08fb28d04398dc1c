"""The ten figures of the picture book, each a list of layers from back to front.

A figure takes u, v: (n, H, W), where each pixel lies on the figure's own paper, which goes from -1
to 1 to the right and down. A layer is (distance, colour): see shapes.py; the colour is "main" or
"second", which differ from picture to picture, or one of the fixed colours.
"""

from .shapes import box, disc, either, ellipse, only, polygon, stripes

BLACK, WHITE = (40, 35, 45), (245, 242, 235)
BROWN, GREEN, YELLOW = (115, 78, 48), (70, 140, 70), (250, 214, 90)
PETALS = ((0, -0.66), (0.34, -0.41), (0.21, -0.01), (-0.21, -0.01), (-0.34, -0.41))


def balloon(u, v):
    """Draw a striped hot-air balloon, and its basket."""
    funnel = polygon(u, v, (-0.6, 0), (0.6, 0), (0.2, 0.55), (-0.2, 0.55))
    envelope = either(disc(u, v, 0, -0.3, 0.68), funnel)
    return [
        (box(u, v, 0, 0.65, 0.18, 0.15), WHITE),
        (box(u, v, 0, 0.85, 0.2, 0.15), BROWN),
        (envelope, "main"),
        (only(envelope, stripes(u, 0.5)), "second"),
    ]


def boat(u, v):
    """Draw a hull with a mast and two sails."""
    return [
        (box(u, v, 0, -0.25, 0.05, 0.7), BROWN),
        (polygon(u, v, (0.1, -0.95), (0.8, 0.28), (0.1, 0.28)), "second"),
        (polygon(u, v, (-0.1, -0.6), (-0.1, 0.28), (-0.65, 0.28)), "second"),
        (polygon(u, v, (-0.95, 0.4), (0.95, 0.4), (0.6, 0.85), (-0.6, 0.85)), "main"),
    ]


def butterfly(u, v):
    """Draw four spotted wings, alike left and right, around a slim body."""
    side = abs(u)
    wings = either(ellipse(side, v, 0.5, -0.35, 0.45, 0.5), ellipse(side, v, 0.4, 0.45, 0.36, 0.4))
    spots = either(disc(side, v, 0.55, -0.38, 0.2), disc(side, v, 0.42, 0.45, 0.15))
    return [(wings, "main"), (spots, "second"), (ellipse(u, v, 0, 0.05, 0.11, 0.7), BLACK)]


def car(u, v):
    """Draw a car from the side: a cabin with two windows, a body and two wheels."""
    side = abs(u)
    return [
        (polygon(u, v, (-0.4, -0.5), (0.3, -0.5), (0.6, 0.05), (-0.62, 0.05)), "main"),
        (polygon(u, v, (-0.34, -0.38), (-0.08, -0.38), (-0.08, 0), (-0.46, 0)), "second"),
        (polygon(u, v, (0.06, -0.38), (0.24, -0.38), (0.43, 0), (0.06, 0)), "second"),
        (box(u, v, 0, 0.21, 0.95, 0.21), "main"),
        (disc(side, v, 0.52, 0.45, 0.27), BLACK),
        (disc(side, v, 0.52, 0.45, 0.1), WHITE),
    ]


def cat(u, v):
    """Draw a cat's face: pointed ears, slit eyes, a muzzle and a nose."""
    side = abs(u)
    ears = polygon(side, v, (0.62, -0.95), (0.75, -0.1), (0.1, -0.45))
    return [
        (either(ears, ellipse(u, v, 0, 0.15, 0.8, 0.7)), "main"),
        (ellipse(u, v, 0, 0.45, 0.36, 0.28), WHITE),
        (disc(side, v, 0.34, 0.02, 0.16), "second"),
        (ellipse(side, v, 0.34, 0.02, 0.07, 0.15), BLACK),
        (polygon(u, v, (-0.12, 0.28), (0.12, 0.28), (0, 0.45)), BLACK),
    ]


def fish(u, v):
    """Draw a striped fish that swims to the right."""
    body = ellipse(u, v, 0.15, 0, 0.75, 0.48)
    return [
        (polygon(u, v, (-0.98, -0.5), (-0.4, 0), (-0.98, 0.5)), "second"),
        (polygon(u, v, (0.1, -0.75), (0.4, -0.35), (-0.3, -0.35)), "second"),
        (body, "main"),
        (only(body, stripes(u, 0.5), u - 0.4), "second"),
        (disc(u, v, 0.55, -0.1, 0.13), WHITE),
        (disc(u, v, 0.57, -0.1, 0.07), BLACK),
    ]


def flower(u, v):
    """Draw a blossom of five petals, on a stem with a leaf."""
    leaf = ellipse(u, v, 0.26, 0.7, 0.26, 0.13)
    return [
        (either(leaf, box(u, v, 0, 0.5, 0.06, 0.5)), GREEN),
        (either(*(disc(u, v, x, y, 0.3) for x, y in PETALS)), "main"),
        (disc(u, v, 0, -0.3, 0.22), "second"),
    ]


def house(u, v):
    """Draw a house with a chimney, a door and a window."""
    return [
        (box(u, v, 0.5, -0.6, 0.1, 0.3), BROWN),
        (box(u, v, 0, 0.375, 0.68, 0.525), "second"),
        (polygon(u, v, (0, -0.95), (0.92, -0.1), (-0.92, -0.1)), "main"),
        (box(u, v, -0.28, 0.575, 0.17, 0.325), BROWN),
        (box(u, v, 0.3, 0.3, 0.18, 0.18), YELLOW),
    ]


def mushroom(u, v):
    """Draw a spotted cap on a pale stem."""
    cap = only(ellipse(u, v, 0, 0, 0.9, 0.8), v - 0.1)
    spots = either(disc(u, v, 0, -0.48, 0.18), disc(abs(u), v, 0.45, -0.2, 0.15))
    return [
        (polygon(u, v, (-0.25, 0), (0.25, 0), (0.36, 0.9), (-0.36, 0.9)), WHITE),
        (cap, "main"),
        (only(cap, spots), "second"),
    ]


def tree(u, v):
    """Draw a fir of three tiers with baubles, on a trunk."""
    tiers = either(
        polygon(u, v, (0, -1), (0.42, -0.4), (-0.42, -0.4)),
        polygon(u, v, (0, -0.7), (0.6, 0.1), (-0.6, 0.1)),
        polygon(u, v, (0, -0.3), (0.78, 0.65), (-0.78, 0.65)),
    )
    baubles = ((-0.1, -0.25), (0.22, 0.1), (-0.25, 0.4))
    return [
        (box(u, v, 0, 0.75, 0.14, 0.25), BROWN),
        (tiers, "main"),
        (either(*(disc(u, v, x, y, 0.1) for x, y in baubles)), "second"),
    ]


FIGURES = (balloon, boat, butterfly, car, cat, fish, flower, house, mushroom, tree)
