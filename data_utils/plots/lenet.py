"""The pictures of LeNet-5: the net itself, runs side by side, and what it gets wrong."""

import numpy as np

from . import plt
from .style import BLUE, INK, blank_axes, ends, listed, styled, text_colour

STEPS = (
    "conv 5×5\npad 2",
    "pool 2×2",
    "conv 5×5",
    "pool 2×2",
    "affine",
    "affine",
    "affine",
)
PALE = "#dce7f2"


@styled
def net(shapes):
    """Draw LeNet-5 as sheets and columns, with the shape of one picture at every arrow.

    shapes: eight tuples, from (C, H, W) of the picture to (classes,).
    """
    _, ax = plt.subplots(figsize=(10.5, 2.9))
    x = 0.0
    for k, shape in enumerate(shapes):
        draw = sheets if len(shape) == 3 else column
        x = draw(ax, x, shape)
        if k < len(STEPS):
            ax.annotate("", (x + 17, 0), (x + 3, 0), arrowprops={"arrowstyle": "->", "color": INK})
            ax.text(x + 10, 3, STEPS[k], ha="center", va="bottom", fontsize=8)
            x += 20
    ax.set(xlim=(-2, x + 2), ylim=(-30, 26), aspect="equal")
    ax.axis("off")
    steps = (step.replace("\n", " ") for step in STEPS)
    parts = (f"{step} to {text_of(shape)}" for step, shape in zip(steps, shapes[1:], strict=True))
    return f"LeNet-5, from {text_of(shapes[0])} through {listed(parts)}."


def sheets(ax, x, shape):
    """Draw the maps of a shape (C, H, W) one behind the other; return where they end."""
    C, H, W = shape
    shown = min(C, 6)
    for k in reversed(range(shown)):
        corner = (x + 1.2 * k, -H / 2 + 1.2 * k)
        ax.add_patch(plt.Rectangle(corner, W, H, fc=PALE, ec=BLUE, lw=0.8))
    end = x + W + 1.2 * (shown - 1)
    ax.text((x + end) / 2, -19, text_of(shape), ha="center", va="top", fontsize=8.5, color=BLUE)
    return end


def column(ax, x, shape):
    """Draw a row of numbers as a thin column; return where it ends."""
    height = 6 + 0.25 * shape[0]
    ax.add_patch(plt.Rectangle((x, -height / 2), 3, height, fc=PALE, ec=BLUE, lw=0.8))
    ax.text(
        x + 1.5, -height / 2 - 2, text_of(shape), ha="center", va="top", fontsize=8.5, color=BLUE
    )
    return x + 3


def text_of(shape):
    """Write a shape with multiplication signs."""
    return " × ".join(map(str, shape))


@styled
def bars(rows, labels):
    """Draw rows of counts side by side, each on a scale of its own, with the counts beside them.

    rows: {title: list of numbers}; labels: what is counted, from top to bottom.
    """
    axes = plt.subplots(1, len(rows), figsize=(9, 0.33 * len(labels) + 0.7), sharey=True)[1]
    for ax, (title, counts) in zip(axes, rows.items(), strict=True):
        ax.barh(labels, counts, color=BLUE, height=0.65)
        for place, count in enumerate(counts):
            share = count / sum(counts)
            ax.text(count, place, f" {count:,} ({share:.0%})", va="center", fontsize=9)
        ax.set(title=title, xticks=[], xlim=(0, 1.45 * max(counts)))
        ax.grid(False)
        ax.spines[:].set_visible(False)
        ax.tick_params(length=0)
    axes[0].invert_yaxis()
    return "Bars of counts. " + " ".join(
        f"{title}: "
        + listed(f"{label} {count:,}" for label, count in zip(labels, counts, strict=True))
        + "."
        for title, counts in rows.items()
    )


@styled
def panels(groups, top=None, window=15, ylabel="loss", xlabel="step"):
    """Draw small multiples on one scale: running means of curves over each other.

    groups: {title: {name of a curve: list of numbers}}; top: the upper end of the scale.
    """
    axes = plt.subplots(1, len(groups), figsize=(2.45 * len(groups), 2.7), sharey=True)[1]
    for ax, (title, runs) in zip(np.ravel(axes), groups.items(), strict=True):
        for name, history in runs.items():
            smooth = np.convolve(history, np.ones(window) / window, mode="valid")
            ax.plot(np.arange(len(smooth)) + window // 2, smooth, lw=1.6, label=name)
        ax.set(title=title, xlabel=xlabel, ylim=(0, top))
        ax.legend(fontsize=8.5)
    np.ravel(axes)[0].set_ylabel(ylabel)
    return f"The {ylabel} by {xlabel}. " + " ".join(
        f"{title}: " + listed(f"{name} {ends(history)}" for name, history in runs.items()) + "."
        for title, runs in groups.items()
    )


@styled
def confusion(counts, names):
    """Draw how often each class (row) was taken for each (column); the mistakes are in orange.

    counts: (C, C) numbers; names: of the classes.
    """
    wrong = counts * (1 - np.eye(len(names)))
    _, ax = plt.subplots(figsize=(5.2, 4.8))
    image = ax.imshow(wrong, cmap="Oranges", vmin=0, vmax=1.4 * max(wrong.max(), 1))
    for (i, j), count in np.ndenumerate(counts):
        if count:
            color = BLUE if i == j else text_colour(image.cmap(image.norm(count)))
            ax.text(j, i, str(int(count)), ha="center", va="center", color=color, fontsize=9)
    ax.set_xticks(range(len(names)), names, rotation=90 if max(map(len, names)) > 2 else 0)
    ax.set_yticks(range(len(names)), names)
    ax.set(xlabel="taken for", ylabel="is")
    ax.grid(False)
    i, j = np.unravel_index(np.argmax(wrong), wrong.shape)
    return (
        f"How often each class was taken for each: {int(np.trace(counts))} of {int(counts.sum())} "
        f"rightly. The most frequent mistake: {names[i]} taken for {names[j]}, {int(wrong[i, j])} "
        "times."
    )


@styled
def verdicts(X, titles, columns=8):
    """Draw pictures with a line of text above each.

    X: (N, 1, H, W) pictures, titles: N texts.
    """
    rows = -(-len(X) // columns)
    axes = blank_axes(rows, columns, 1.25 * columns, 1.6 * rows)
    for ax, picture, title in zip(axes.flat, X, titles, strict=False):
        ax.imshow(picture[0], cmap="gray", interpolation="nearest")
        ax.set_title(title, pad=3, fontsize=9)
    return f"{len(X)} pictures with a line of text above each: {'; '.join(titles)}."


@styled
def saliency_maps(X, maps, titles):
    """Draw pictures in a row, and below each how much its pixels matter.

    X: (N, 1, H, W) pictures, maps: (N, H, W) numbers from 0 on, titles: N texts.
    """
    axes = blank_axes(2, len(X), 1.15 * len(X), 2.6)
    for picture, slopes, title, (above, below) in zip(X, maps, titles, axes.T, strict=True):
        above.imshow(picture[0], cmap="gray", interpolation="nearest")
        above.set_title(title, pad=3)
        below.imshow(picture[0], cmap="gray", interpolation="nearest", alpha=0.25)
        below.imshow(slopes, cmap="Oranges", interpolation="nearest", alpha=0.85)
    return f"Pictures, and below each, in orange, how much its pixels matter: {listed(titles)}."
