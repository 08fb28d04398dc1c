"""The one quiet style of all pictures, and the parts that they are put together from.

Text stands out from white by 4.5 : 1 or more, and people who are blind to red, green or blue tell
the colours apart; the tests compute both.
"""

from functools import wraps

import numpy as np

from . import plt
from .present import present

INK, BLUE, ORANGE, GREEN, GREY = "#222222", "#1a6fb8", "#bf4f00", "#00583c", "#6e6e6e"
PALE_GREY = "#b8b8b8"
"""For lines that only guide the eye."""
STYLE: dict = {
    "figure.dpi": 80,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "figure.constrained_layout.use": True,
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": INK,
    "axes.edgecolor": PALE_GREY,
    "axes.titlesize": 10,
    "axes.prop_cycle": f"cycler(color={[BLUE, ORANGE, GREEN, INK]})",
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
    """Let a function draw in our style, show the figure and return nothing.

    draw: returns what is to be seen, in words, for those who do not see it.
    """

    @wraps(draw)
    def show(*args, **kwargs):
        with plt.rc_context(STYLE):
            words = draw(*args, **kwargs)
            present(plt.gcf(), words, STYLE)

    return show


def text_colour(ground):
    """Return black or white, whichever stands out more from a colour (red, green, blue, ...)."""
    parts = np.array(ground[:3])
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return "black" if linear @ [0.2126, 0.7152, 0.0722] > 0.179 else "white"


def ends(numbers):
    """Say in words where a row of numbers begins and ends."""
    return f"from {numbers[0]:.3g} to {numbers[-1]:.3g}" if len(numbers) else "empty"


def listed(things):
    """Return things as a list in words."""
    return ", ".join(map(str, things))


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
