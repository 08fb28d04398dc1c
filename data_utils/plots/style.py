"""The one quiet style of all pictures, and the parts that they are put together from."""

from functools import wraps

import matplotlib.pyplot as plt
import numpy as np

INK, BLUE, ORANGE, GREEN, GREY = "#333333", "#3b6ea5", "#d9822b", "#4f8f5b", "#b8b8b8"
STYLE: dict = {
    "figure.dpi": 80,
    "figure.constrained_layout.use": True,
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.titlesize": 10,
    "axes.prop_cycle": plt.cycler(color=[BLUE, ORANGE, GREEN, INK]),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#eeeeee",
    "xtick.color": INK,
    "ytick.color": INK,
    "legend.frameon": False,
    "lines.linewidth": 2,
    "image.cmap": "Blues",
}


def styled(draw):
    """Let a function draw in our style, show the figure and return nothing."""

    @wraps(draw)
    def show(*args, **kwargs):
        with plt.rc_context(STYLE):
            draw(*args, **kwargs)
            plt.show()

    return show


def stretch(picture):
    """Return a picture scaled so that its darkest entry is 0 and its brightest 1."""
    low, high = picture.min(), picture.max()
    return (picture - low) / (high - low or 1.0)


def blank_axes(rows, columns, width, height):
    """Return rows x columns of axes without frames in a figure of that many inches."""
    axes = plt.subplots(rows, columns, figsize=(width, height), squeeze=False)[1]
    for ax in axes.flat:
        ax.axis("off")
    return axes


def show_picture(ax, picture, title=None):
    """Draw one picture (H, W, C) with values in [0, 1], without axes."""
    ax.imshow(picture, interpolation="nearest")
    ax.set_title(title, pad=3)


def two_ways(ax, start, end, back=True):
    """Draw an arrow and, if `back`, one beside it that comes back."""
    aside = np.array([0, 0.08] if start[1] == end[1] else [-0.05, 0])
    arrows = [(BLUE, start + aside, end + aside), (ORANGE, end - aside, start - aside)]
    for color, tail, head in arrows[: 1 + back]:
        ax.annotate("", head, tail, arrowprops={"arrowstyle": "->", "color": color, "lw": 1.5})
