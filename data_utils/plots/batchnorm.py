"""The pictures of normalisation, first weights and deep nets; in the course's style."""

import numpy as np

from . import plt
from .style import BLUE, ORANGE, PALE_GREY, ends, listed, styled, two_ways

PALE = "#eef3f8"
BOXES = {
    (1.9, 1.6): "mean",
    (3.0, 0): "−",
    (5.0, 1.6): "mean of squares",
    (7.6, 1.6): "√(var + ε)",
    (8.9, 0): "÷",
    (11.0, 0): "×",
    (12.5, 0): "+",
}
"""The steps of batch normalisation, by where they stand."""

TICKS = 8
"""Of so many settings each is written below the axis; more would lie over each other."""

ARROWS = (
    ((0.0, 0), (2.7, 0), (1.2, -0.25), "x", "dx = dc + dmean / N"),
    ((1.9, 0.06), (1.9, 1.3), None, "", ""),
    ((2.15, 1.3), (2.85, 0.3), (2.8, 1.15), "mean", "dmean = −Σ dc"),
    ((3.3, 0), (8.6, 0), (6.0, -0.25), "c = x − mean", "dc = dx̂ / std + ?"),
    ((5.0, 0.06), (5.0, 1.3), None, "", ""),
    ((6.0, 1.6), (6.85, 1.6), (6.4, 1.42), "var", "dvar = ?"),
    ((7.9, 1.3), (8.75, 0.3), (8.65, 1.15), "std", "dstd = −Σ c dx̂ / std²"),
    ((9.2, 0), (10.7, 0), (9.95, -0.25), "x̂", "dx̂ = γ dout"),
    ((11.3, 0), (12.2, 0), (11.75, -0.25), "γ x̂", "dout"),
    ((12.8, 0), (13.7, 0), (13.3, -0.25), "out", "dout"),
    ((11.0, 1.3), (11.0, 0.3), (10.95, 2.0), "γ", "dγ = Σ x̂ dout"),
    ((12.5, 1.3), (12.5, 0.3), (12.65, 2.0), "β", "dβ = Σ dout"),
)
"""Arrows: (from, to, where its labels stand, the number that runs there, its gradient)."""


@styled
def histograms(rows, columns, reach=3.0):
    """Draw the distribution of numbers in the layers of several nets, a row for each net.

    rows: {name: [array of each layer]}; columns: names of the layers; reach: the numbers beyond
    ± reach are left out, but their spread is told.
    """
    size = (1.35 * len(columns) + 0.7, 0.95 * len(rows) + 0.4)
    axes = plt.subplots(len(rows), len(columns), figsize=size, sharex=True, squeeze=False)[1]
    for (name, arrays), line in zip(rows.items(), axes, strict=True):
        line[0].set_ylabel(name)
        for ax, array in zip(line, arrays, strict=True):
            counts, edges = np.histogram(array, np.linspace(-reach, reach, 61))
            ax.stairs(counts, edges, fill=True)
            spread = f"{np.std(array, dtype=np.float64):.2g}"
            ax.text(0.97, 0.92, spread, ha="right", va="top", transform=ax.transAxes, color=ORANGE)
            ax.set(yticks=[], ylim=(0, 1.4 * counts.max(initial=1)))
            ax.grid(False)
    for ax, name in zip(axes[0], columns, strict=True):
        ax.set_title(name)
    return f"Histograms by layer ({listed(columns)}); their standard deviations. " + " ".join(
        f"{' '.join(name.split())}: "
        + listed(f"{np.std(array, dtype=np.float64):.2g}" for array in arrays)
        + "."
        for name, arrays in rows.items()
    )


@styled
def by_layer(spreads, ylabel):
    """Draw one number per layer for several nets, on a logarithmic scale.

    spreads: {name: [number of layer 1, 2, ...]}; the first is drawn thick.
    """
    _, ax = plt.subplots(figsize=(7, 3.4))
    for i, (name, values) in enumerate(spreads.items()):
        style = "-" if i < 4 else "--"
        layers = range(1, len(values) + 1)
        ax.semilogy(layers, values, style, marker="o", ms=3, lw=1.4 if i else 3, label=name)
    ax.set(xlabel="layer", ylabel=ylabel)
    ax.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    curves = (f"{name} {ends(values)}" for name, values in spreads.items())
    return f"The {ylabel} by layer, on a logarithmic scale: {'; '.join(curves)}."


@styled
def batchnorm_graph():
    """Draw batch normalisation as a graph: numbers in blue, the gradients that return in orange.

    What the task asks for is a question mark.
    """
    _, ax = plt.subplots(figsize=(11, 2.7))
    box = {"boxstyle": "round,pad=0.4", "fc": PALE, "ec": BLUE}
    for (x, y), name in BOXES.items():
        ax.text(x, y, name, ha="center", va="center", bbox=box)
    for tail, head, place, number, gradient in ARROWS:
        two_ways(ax, tail, head)
        if place:
            side = "center" if tail[1] == head[1] or tail[0] == head[0] else "left"
            ax.text(*place, number, color=BLUE, ha=side, va="top")
            ax.text(place[0], place[1] - 0.35, gradient, color=ORANGE, ha=side, va="top")
    ax.set(xlim=(-0.3, 13.9), ylim=(-0.95, 2.1))
    ax.axis("off")
    edges = (f"{number} ({gradient})" for *_, number, gradient in ARROWS if number)
    return f"Batch normalisation as a graph. On its arrows, with their gradients: {listed(edges)}."


CELLS = {"C": 6, "HW": 5, "N": 4}
"""The numbers of channels, pixels and pictures in the drawn block."""

MEMBERS = {
    "batch norm": lambda n, c: c == 5,
    "layer norm": lambda n, c: n == 0,
    "group norm": lambda n, c: n == 0 and c >= 3,
    "instance norm": lambda n, c: n == 0 and c == 5,
}
"""For each kind of normalisation: does cell (n, c) belong to the numbers with one mean?"""


@styled
def blocks():
    """Draw a batch of pictures as a block of numbers, and who shares a mean, four times."""
    axes = plt.subplots(1, len(MEMBERS), figsize=(10, 2.6))[1]
    for ax, (name, belongs) in zip(axes, MEMBERS.items(), strict=True):
        for corners, n, c in faces():
            color = BLUE if belongs(n, c) else "white"
            ax.fill(*corners.T, fc=color, ec=PALE_GREY, lw=0.8)
        ax.text(CELLS["C"] / 2, -0.7, "C", ha="center", va="center")
        ax.text(-0.7, CELLS["HW"] / 2, "H, W", ha="center", va="center", rotation=90)
        ax.text(CELLS["C"] + 1.5, 0.2, "N", ha="center", va="center")
        ax.set(title=name, aspect="equal")
        ax.axis("off")
    return (
        "A block of numbers with axes N, C and H W, four times; blue are those that share a mean. "
        "Batch norm: one channel of all pictures. Layer norm: one picture. Group norm: half the "
        "channels of a picture. Instance norm: one channel of a picture."
    )


def faces():
    """Yield (corners (4, 2), n, c) of each cell's face that can be seen of a block."""
    back = np.array([0.55, 0.4])
    right, up = np.array([1, 0]), np.array([0, 1])
    C, HW, N = CELLS.values()
    for c in range(C):
        for k in range(HW):
            yield parallelogram(c * right + k * up, right, up), 0, c
        for n in range(N):
            yield parallelogram(c * right + HW * up + n * back, right, back), n, c
    for n in range(N):
        for k in range(HW):
            yield parallelogram(C * right + k * up + n * back, back, up), n, C - 1


def parallelogram(corner, side, other):
    """Return the corners (4, 2) of the parallelogram that two sides span."""
    return np.array([corner, corner + side, corner + side + other, corner + other])


@styled
def against(values, panels, xlabel):
    """Draw results against a setting, on a logarithmic scale, a panel for each kind of result.

    values: the settings tried; panels: {what was measured: {name of a net: [a result each]}}.
    """
    axes = plt.subplots(1, len(panels), figsize=(4.4 * len(panels), 3), squeeze=False)[1][0]
    for ax, (title, results) in zip(axes, panels.items(), strict=True):
        for name, numbers in results.items():
            ax.semilogx(values, numbers, "o-", ms=4, label=name)
        ax.set(xlabel=xlabel, title=title, ylim=(0, None))
        if len(values) <= TICKS:
            ax.set_xticks(values, [f"{value:g}" for value in values])
            ax.minorticks_off()
    axes[0].legend()
    return f"By {xlabel}, from {values[0]:g} to {values[-1]:g}. " + " ".join(
        f"{title}: " + listed(f"{name} {ends(numbers)}" for name, numbers in results.items()) + "."
        for title, results in panels.items()
    )


@styled
def ladder(accuracies):
    """Draw shares as bars, one below the other; accuracies: {name: share}."""
    _, ax = plt.subplots(figsize=(6.5, 0.45 * len(accuracies) + 0.6))
    bars = ax.barh(list(accuracies), list(accuracies.values()), color=BLUE, height=0.6)
    ax.bar_label(bars, [f"{share:.0%}" for share in accuracies.values()], padding=4)
    ax.set(xlim=(0, 1), xlabel="right on test pictures")
    ax.invert_yaxis()
    ax.grid(False)
    bars = listed(f"{name} {share:.0%}" for name, share in accuracies.items())
    return f"Bars of how many test pictures each gets right: {bars}."


@styled
def training(solver, seconds):
    """Draw a solver's accuracies so far; seconds: since it began."""
    _, ax = plt.subplots(figsize=(6, 3))
    ax.plot(solver.train_acc_history, "o-", ms=4, color=ORANGE, label="training")
    ax.plot(solver.val_acc_history, "o-", ms=4, color=BLUE, label="validation")
    ax.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1), title=f"{seconds:.0f} s")
    ax.legend(loc="lower right")
    return (
        f"The accuracy by epoch after {seconds:.0f} s: on training pictures "
        f"{ends(solver.train_acc_history)}, on validation pictures {ends(solver.val_acc_history)}."
    )


@styled
def accuracies(solvers):
    """Draw accuracies of several solvers after each epoch, on training and validation pictures.

    solvers: {name: Solver}.
    """
    axes = plt.subplots(1, 2, figsize=(9, 3), sharey=True)[1]
    for name, solver in solvers.items():
        axes[0].plot(solver.train_acc_history, label=name)
        axes[1].plot(solver.val_acc_history)
    axes[0].set(title="training pictures", xlabel="epoch", ylabel="accuracy", ylim=(0, 1))
    axes[1].set(title="validation pictures", xlabel="epoch")
    axes[0].legend()
    return "The accuracy by epoch. " + " ".join(
        f"{name}: on training pictures {ends(solver.train_acc_history)}, on validation pictures "
        f"{ends(solver.val_acc_history)}."
        for name, solver in solvers.items()
    )
