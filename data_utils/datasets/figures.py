"""The ten figures of the picture book, each a list of layers from back to front.

A figure takes u, v: (n, H, W), where each pixel lies on the figure's own paper, which goes from -1
to 1 to the right and down. A layer is (distance, colour): see shapes.py; the colour is "main",
"second" or a fixed (red, green, blue) in 0 to 255.
"""
from .shapes import box, disc, either, ellipse, only, polygon, stripes, without

BLACK, BROWN, WHITE, YELLOW = (40, 35, 45), (115, 78, 48), (245, 242, 235), (250, 214, 90)


def balloon(u, v):
    """Return a hot-air balloon with stripes, and its basket."""
    envelope = either(
        disc(u, v, 0, -0.3, 0.68), polygon(u, v, (-0.6, 0), (0.6, 0), (0.2, 0.55), (-0.2, 0.55))
    )
    ropes = box(u, v, -0.18, 0.5, 0.18, 0.8)
    basket = box(u, v, -0.2, 0.7, 0.2, 1)
    return [
        (ropes, WHITE), (basket, BROWN),
        (envelope, "main"), (only(envelope, stripes(u, 0.5)), "second"),
    ]


def boat(u, v):
    """Return a hull with a mast and two sails."""
    hull = polygon(u, v, (-0.95, 0.4), (0.95, 0.4), (0.6, 0.85), (-0.6, 0.85))
    mast = box(u, v, -0.05, -0.95, 0.05, 0.45)
    mainsail = polygon(u, v, (0.1, -0.95), (0.8, 0.28), (0.1, 0.28))
    jib = polygon(u, v, (-0.1, -0.6), (-0.1, 0.28), (-0.65, 0.28))
    return [(mast, BROWN), (mainsail, "second"), (jib, "second"), (hull, "main")]


def butterfly(u, v):
    """Return four spotted wings around a slim body; the two halves are alike."""
    side = abs(u)
    upper = ellipse(side, v, 0.5, -0.35, 0.45, 0.5)
    lower = ellipse(side, v, 0.4, 0.45, 0.36, 0.4)
    spots = either(disc(side, v, 0.55, -0.38, 0.2), disc(side, v, 0.42, 0.45, 0.15))
    body = ellipse(u, v, 0, 0.05, 0.11, 0.7)
    return [(upper, "main"), (lower, "main"), (spots, "second"), (body, BLACK)]


def car(u, v):
    """Return a car from the side: a cabin with two windows, a body and two wheels."""
    cabin = polygon(u, v, (-0.4, -0.5), (0.3, -0.5), (0.6, 0.05), (-0.62, 0.05))
    windows = either(
        polygon(u, v, (-0.34, -0.38), (-0.08, -0.38), (-0.08, 0), (-0.46, 0)),
        polygon(u, v, (0.06, -0.38), (0.24, -0.38), (0.43, 0), (0.06, 0)),
    )
    body = box(u, v, -0.95, 0, 0.95, 0.42)
    wheels = disc(abs(u), v, 0.52, 0.45, 0.27)
    hubs = disc(abs(u), v, 0.52, 0.45, 0.1)
    return [(cabin, "main"), (windows, "second"), (body, "main"), (wheels, BLACK), (hubs, WHITE)]


def cat(u, v):
    """Return a cat's face: pointed ears, two eyes and a nose."""
    side = abs(u)
    ears = polygon(side, v, (0.62, -0.95), (0.75, -0.1), (0.1, -0.45))
    face = ellipse(u, v, 0, 0.15, 0.8, 0.7)
    muzzle = ellipse(u, v, 0, 0.45, 0.36, 0.28)
    eyes = disc(side, v, 0.34, 0.02, 0.16)
    nose = polygon(u, v, (-0.12, 0.28), (0.12, 0.28), (0, 0.45))
    return [(ears, "main"), (face, "main"), (muzzle, WHITE), (eyes, "second"),
            (ellipse(side, v, 0.34, 0.02, 0.07, 0.15), BLACK), (nose, BLACK)]


def fish(u, v):
    """Return a fish that swims to the right, with a striped body, a tail and an eye."""
    body = ellipse(u, v, 0.15, 0, 0.75, 0.48)
    tail = polygon(u, v, (-0.98, -0.5), (-0.4, 0), (-0.98, 0.5))
    fin = polygon(u, v, (0.1, -0.75), (0.4, -0.35), (-0.3, -0.35))
    bands = only(body, stripes(u, 0.5), u - 0.4)
    return [(tail, "second"), (fin, "second"), (body, "main"), (bands, "second"),
            (disc(u, v, 0.55, -0.1, 0.13), WHITE), (disc(u, v, 0.57, -0.1, 0.07), BLACK)]


def flower(u, v):
    """Return a blossom of five petals with a heart, on a stem with a leaf."""
    petals = either(*(disc(u, v, x, y - 0.3, 0.3) for x, y in PETALS))
    stem = box(u, v, -0.06, 0, 0.06, 1)
    leaf = ellipse(u, v, 0.26, 0.7, 0.26, 0.13)
    return [(stem, GREEN), (leaf, GREEN), (petals, "main"), (disc(u, v, 0, -0.3, 0.22), "second")]


def house(u, v):
    """Return a front with a roof, a door and a window."""
    walls = box(u, v, -0.68, -0.15, 0.68, 0.9)
    roof = polygon(u, v, (0, -0.95), (0.92, -0.1), (-0.92, -0.1))
    chimney = box(u, v, 0.4, -0.9, 0.6, -0.3)
    door = box(u, v, -0.45, 0.25, -0.1, 0.9)
    window = box(u, v, 0.12, 0.12, 0.48, 0.48)
    return [(chimney, BROWN), (walls, "second"), (roof, "main"), (door, BROWN), (window, YELLOW)]


def mushroom(u, v):
    """Return a spotted cap on a pale stem."""
    cap = without(ellipse(u, v, 0, 0, 0.9, 0.8), 0.1 - v + 0 * u)
    stem = polygon(u, v, (-0.25, 0), (0.25, 0), (0.36, 0.9), (-0.36, 0.9))
    spots = either(
        disc(u, v, 0, -0.48, 0.18), disc(u, v, -0.45, -0.2, 0.15), disc(u, v, 0.46, -0.2, 0.15)
    )
    return [(stem, WHITE), (cap, "main"), (only(cap, spots), "second")]


def tree(u, v):
    """Return a fir of three tiers with baubles, on a trunk."""
    trunk = box(u, v, -0.14, 0.5, 0.14, 1)
    tiers = either(
        polygon(u, v, (0, -1), (0.42, -0.4), (-0.42, -0.4)),
        polygon(u, v, (0, -0.7), (0.6, 0.1), (-0.6, 0.1)),
        polygon(u, v, (0, -0.3), (0.78, 0.65), (-0.78, 0.65)),
    )
    baubles = either(
        disc(u, v, -0.1, -0.25, 0.1), disc(u, v, 0.22, 0.1, 0.1), disc(u, v, -0.25, 0.4, 0.1)
    )
    return [(trunk, BROWN), (tiers, "main"), (baubles, "second")]


GREEN = (70, 140, 70)
PETALS = ((0, -0.36), (0.34, -0.11), (0.21, 0.29), (-0.21, 0.29), (-0.34, -0.11))
FIGURES = (balloon, boat, butterfly, car, cat, fish, flower, house, mushroom, tree)
