"""The pictures that several notebooks draw; a module here for each notebook has its own.

A function draws one figure, shows it and returns nothing; only visualize_grid returns an image.
Pictures come as in the data sets, (N, C, H, W), unless said otherwise.
"""

import numpy as np

from . import plt
from .present import Live
from .search import Search, heat_map
from .style import BLUE, ORANGE, blank_axes, ends, listed, show_picture, stretch, styled, two_ways

__all__ = ["Live", "Search", "heat_map"]


def visualize_grid(Xs, ubound=255.0, padding=1):
    """Return one image with pictures side by side, each stretched to the range [0, ubound].

    Xs: (N, H, W, C) pictures; ubound: the brightest value; padding: pixels between them.
    """
    N, H, W, C = Xs.shape
    columns = int(np.ceil(np.sqrt(N)))
    rows = -(-N // columns)
    grid = np.full((rows * (H + padding) - padding, columns * (W + padding) - padding, C), ubound)
    for i, picture in enumerate(Xs):
        top, left = i // columns * (H + padding), i % columns * (W + padding)
        grid[top : top + H, left : left + W] = ubound * stretch(picture)
    return grid


@styled
def samples(X, y, names, per_class=8):
    """Draw the first pictures of every class, a column of them for each.

    X: (N, 3, H, W) pictures with values in [0, 255], y: (N,) labels, names: of the classes.
    """
    axes = blank_axes(per_class, len(names), 0.75 * len(names), 0.72 * per_class + 0.2)
    for label, name in enumerate(names):
        for row, i in enumerate(np.flatnonzero(y == label)[:per_class]):
            picture = X[i].transpose(1, 2, 0) / 255
            show_picture(axes[row, label], picture, name if row == 0 else None)
    return f"The first {per_class} pictures of each class, a column for each: {listed(names)}."


@styled
def tables(named):
    """Draw small matrices as tables of coloured numbers, side by side.

    named: {title: (rows, columns) array}.
    """
    widths = [array.shape[1] for array in named.values()]
    size = (0.46 * sum(widths) + 0.3 * len(named), 0.36 * len(next(iter(named.values()))) + 0.4)
    axes = plt.subplots(1, len(named), figsize=size, width_ratios=widths, squeeze=False)[1]
    for ax, (title, array) in zip(axes[0], named.items(), strict=True):
        most = np.abs(array).max() or 1
        ax.imshow(array, cmap="RdBu", vmin=-2 * most, vmax=2 * most, aspect="auto")
        for (i, j), value in np.ndenumerate(array):
            ax.text(j, i, f"{value + 0.0:.3g}", ha="center", va="center", fontsize=9)
        ax.set_title(title)
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[:].set_visible(False)
    return "Tables of numbers. " + " ".join(map(read_out, named.items()))


def read_out(table):
    """Say a table (title, array) in words, row by row; of a large one, its size alone."""
    title, array = table
    if array.size > 40:
        return f"{title}: {array.shape[0]} rows of {array.shape[1]} numbers."
    rows = (" ".join(f"{value + 0.0:.3g}" for value in row) for row in array)
    return f"{title}: {'; '.join(rows)}."


@styled
def loss_curve(history, window=25):
    """Draw each step's loss, thin, and its running mean over `window` steps."""
    _, ax = plt.subplots(figsize=(6, 3))
    ax.plot(history, color=BLUE, lw=0.6, alpha=0.5, label="each batch")
    smooth = np.convolve(history, np.ones(window) / window, mode="valid")
    ax.plot(np.arange(len(smooth)) + window // 2, smooth, color=BLUE, label="running mean")
    ax.set(xlabel="step", ylabel="loss")
    if max(history) > 20 * min(history):
        ax.set_yscale("log")
    else:
        ax.set_ylim(0)
    ax.legend()
    return f"The loss of {len(history)} steps; its running mean goes {ends(smooth)}."


@styled
def chain(boxes, forward, backward, inputs):
    """Draw functions in a row: what each hands on in blue, the gradients that come back in orange.

    boxes: their names, from left to right; forward, backward: labels of the arrow into each box
    and of the one out of the last; inputs: {place of a box: [(label, label of its gradient)]},
    what enters it from below.
    """
    _, ax = plt.subplots(figsize=(1.5 * len(boxes) + 1.2, 2.6))
    for i, name in enumerate(boxes):
        box = {"boxstyle": "round,pad=0.5", "fc": "#eef3f8", "ec": BLUE}
        ax.text(i, 0, name, ha="center", va="center", bbox=box)
    for i, (value, gradient) in enumerate(zip(forward, backward, strict=True)):
        two_ways(ax, (i - 0.68, 0), (i - 0.32, 0))
        ax.text(i - 0.5, 0.2, value, color=BLUE, ha="center", va="bottom")
        ax.text(i - 0.5, -0.22, gradient, color=ORANGE, ha="center", va="top")
    for i, entering in inputs.items():
        for k, (value, gradient) in enumerate(entering):
            x = i + 0.44 * (k - (len(entering) - 1) / 2)
            two_ways(ax, (x, -0.78), (x, -0.3), back=bool(gradient))
            ax.text(x, -0.84, value, color=BLUE, ha="center", va="top")
            ax.text(x, -1.1, gradient, color=ORANGE, ha="center", va="top")
    ax.set(xlim=(-0.9, len(boxes) - 0.1), ylim=(-1.35 if inputs else -0.5, 0.5))
    ax.axis("off")
    pairs = [pair for entering in inputs.values() for pair in entering]
    entering = listed(f"{value} (gradient {back or 'none'})" for value, back in pairs)
    return one_line(
        f"A chain of functions: {listed(boxes)}. Forward run {listed(forward)}; back come the "
        f"gradients {listed(backward)}. From below enter {entering or 'no others'}."
    )


def one_line(text):
    """Return a text without the breaks of its lines."""
    return " ".join(text.split())


@styled
def weight_grid(W, shape=(3, 32, 32)):
    """Draw the weights into every hidden unit as a picture, stretched to be seen.

    W: (D, H) weights; shape: of a picture, D = the product of its sizes.
    """
    pictures = W.T.reshape(-1, *shape).transpose(0, 2, 3, 1)
    grid = visualize_grid(pictures, ubound=1.0, padding=2)
    axes = blank_axes(1, 1, 5.5, 5.5 * grid.shape[0] / grid.shape[1])
    show_picture(axes[0, 0], np.broadcast_to(grid, (*grid.shape[:2], 3)))
    return f"The weights into each of {W.shape[1]} units, as pictures of {shape[1]} by {shape[2]}."


@styled
def loss_and_accuracy(solver):
    """Draw a solver's loss at each step, and both accuracies before and after each epoch."""
    _, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8))
    left.plot(solver.loss_history, color=BLUE, lw=0.8)
    left.set(xlabel="step", ylabel="loss", ylim=(0, None))
    right.plot(solver.train_acc_history, "o-", ms=4, color=ORANGE, label="training")
    right.plot(solver.val_acc_history, "o-", ms=4, color=BLUE, label="validation")
    right.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1))
    right.legend()
    return (
        f"Left, the loss of {len(solver.loss_history)} steps, {ends(solver.loss_history)}. Right, "
        f"the accuracy by epoch: on training pictures {ends(solver.train_acc_history)}, on "
        f"validation pictures {ends(solver.val_acc_history)}."
    )


@styled
def race(histories, ylabel="loss", xlabel="step", window=20):
    """Draw running means of curves over each other; histories: {name: list of numbers}."""
    _, ax = plt.subplots(figsize=(6, 3.2))
    for name, history in histories.items():
        ax.plot(np.convolve(history, np.ones(window) / window, mode="valid"), lw=1.6, label=name)
    ax.set(xlabel=xlabel, ylabel=ylabel, ylim=(0, None))
    ax.legend()
    curves = (f"{name} {ends(history)}" for name, history in histories.items())
    return f"The {ylabel} by {xlabel}: {'; '.join(curves)}."
