"""Characters as signed distances, from the outlines in the fonts that come with matplotlib.

Distances make strokes easy to thicken (subtract from them) and to blur (let them fade over a wider
band). As in shapes.py, only steps that give the same bits on every machine are taken.
"""

from functools import cache
from pathlib import Path as File

import matplotlib
import numpy as np
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.textpath import TextToPath

FACES = (
    "DejaVuSans", "DejaVuSans-Oblique", "DejaVuSansMono", "DejaVuSerif", "DejaVuSerif-Italic",
    "STIXGeneral", "STIXGeneralItalic", "cmr10", "cmss10", "cmtt10",
)  # fmt: skip
PIECES = 4  # straight pieces for a curve
REACH, POINTS = 1.5, 49  # a field has 49 by 49 points, from -1.5 to 1.5 to the right and down
STEP = 2 * REACH / (POINTS - 1)


class Reader(TextToPath):
    """Read outlines in the units they were drawn in: whole numbers, which no version rounds."""

    FONT_SCALE = 2048.0


@cache
def distance_fields(characters):
    """Return how far each point is from the ink of each character in each face.

    A character is in the middle, its longer side from -1 to 1; inside its ink, distances are
    negative.

    characters: a string of n.
    Returns (len(FACES), n, POINTS, POINTS) float32.
    """
    fields = [[_distance(*_outline(face, one)) for one in characters] for face in FACES]
    return np.array(fields, np.float32)


def _outline(face, character):
    """Return the straight pieces of an outline, two arrays (S, 2): where they start and end."""
    filename = File(matplotlib.get_data_path(), "fonts", "ttf", f"{face}.ttf")
    corners, codes = Reader().get_text_path(FontProperties(fname=filename), character)
    path = Path(corners, codes)
    starts, ends = np.concatenate([_flatten(loop) for loop in _loops(path)], axis=1)
    low, high = ends.min(axis=0), ends.max(axis=0)
    middle, half = (low + high) / 2, (high - low).max() / 2
    down = np.array([1, -1])
    return (starts - middle) / half * down, (ends - middle) / half * down


def _loops(path):
    """Yield the closed curves of a path: each a list of the corners (n, 2) of its lines."""
    loop: list = []
    for corners, code in path.iter_segments(simplify=False):
        if code == Path.CLOSEPOLY:
            yield loop
            loop = []
        else:
            loop.append(np.rint(corners).reshape(-1, 2))


def _flatten(loop):
    """Return the straight pieces of a closed curve, (2, S, 2): starts and ends."""
    points = loop[:1]
    for corners in loop[1:]:
        points.append(_bend(points[-1][-1], *corners))
    ends = np.concatenate(points)
    return np.stack([np.roll(ends, 1, axis=0), ends])


def _bend(start, *corners):
    """Return points (n, 2) along a line or a quadratic curve, from after its start to its end."""
    if len(corners) == 1:
        return corners[0][None]
    middle, end = corners
    t = np.arange(1, PIECES + 1)[:, None] / PIECES
    return (1 - t) * (1 - t) * start + 2 * t * (1 - t) * middle + t * t * end


def _distance(starts, ends):
    """Return the field (POINTS, POINTS) of one outline.

    The nearest piece tells how far. A point is inside if the outline winds around it: the pieces
    that pass it upwards and downwards on one side do not cancel.
    """
    axis = np.arange(POINTS, dtype=np.float32) * STEP - REACH
    y, x = axis[:, None, None], axis[:, None]
    (x0, y0), (x1, y1) = starts.T.astype(np.float32), ends.T.astype(np.float32)
    dx, dy = x1 - x0, y1 - y0
    length2 = np.maximum(dx * dx + dy * dy, np.float32(1e-12))
    along = np.clip(((x - x0) * dx + (y - y0) * dy) / length2, 0, 1)
    across, down = x - x0 - along * dx, y - y0 - along * dy
    distance = np.sqrt((across * across + down * down).min(axis=-1))

    side = dx * (y - y0) - dy * (x - x0)
    grows, shrinks = (y0 <= y) & (y < y1) & (side > 0), (y1 <= y) & (y < y0) & (side <= 0)
    winding = grows.sum(axis=-1) - shrinks.sum(axis=-1)
    return np.where(winding != 0, -distance, distance)
