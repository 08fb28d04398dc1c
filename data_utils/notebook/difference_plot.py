"""A small picture below a sentence: which entries of an answer are wrong."""

import numpy as np

from ..plots import plt
from ..plots.present import present

ENTRIES = (6, 20_000)
"""A picture of fewer entries tells no more than the sentence; one of more cannot be read."""


def draw(got, expected):
    """Show your result minus the expected one as a map, if a part of it is wrong.

    got, expected: arrays of one shape. The last two axes are the rows and columns of a panel,
    the two before them say where the panel stands.
    """
    away = np.nan_to_num(np.asarray(got, float) - np.asarray(expected, float), nan=np.inf)
    largest = np.abs(away[np.isfinite(away)]).max(initial=0) or 1.0
    away = np.clip(away, -largest, largest)
    tiny = 1e-6 * np.abs(expected).max(initial=0)
    if not ENTRIES[0] <= away.size <= ENTRIES[1] or away.ndim > 4 or not is_mixed(away, tiny):
        return
    sheet = as_sheet(away)
    figure, axes = plt.subplots(figsize=(4, np.clip(4 * sheet.shape[0] / sheet.shape[1], 0.5, 4)))
    colours = plt.get_cmap("RdBu").with_extremes(bad="0.85")
    axes.imshow(sheet, colours, vmin=-largest, vmax=largest, interpolation="nearest")
    axes.set(xticks=[], yticks=[])
    axes.set_title("white is right; blue is too large, red too small", fontsize=9)
    wrong = np.count_nonzero(np.abs(away) > tiny)
    present(figure, f"A map of what is wrong: {wrong} of {away.size} entries.")


def is_mixed(away, tiny):
    """Tell whether some entries are right and some wrong."""
    wrong = np.abs(away) > tiny
    return wrong.any() and not wrong.all()


def as_sheet(array):
    """Lay an array of up to four axes out in two, with a gap of nan between its panels."""
    panels = array.reshape((1,) * (4 - array.ndim) + array.shape)
    padded = np.pad(panels, ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=np.nan)
    A, B, H, W = padded.shape
    return padded.transpose(0, 2, 1, 3).reshape(A * H, B * W)[:-1, :-1]
