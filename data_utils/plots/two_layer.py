"""The picture of notebook 2 alone: learning rates side by side."""

import numpy as np

from . import plt
from .style import INK, ORANGE, PALE_GREY, ends, styled


@styled
def curves(histories, top):
    """Draw loss curves side by side on one scale; a cross where one ends before the others do.

    histories: {title: list of numbers}; top: the upper end of the scale.
    """
    axes = plt.subplots(1, len(histories), figsize=(2.2 * len(histories), 2.4), sharey=True)[1]
    length = max(map(len, histories.values()))
    for ax, (title, history) in zip(axes, histories.items(), strict=True):
        ax.plot(history)
        if len(history) < length:
            x, y = len(history) - 1, min(history[-1], top)
            ax.plot(x, y, "x", color=ORANGE, ms=9, mew=2.5, clip_on=False)
        ax.set(title=title, xlabel="step", xlim=(0, length), ylim=(0, top))
    axes[0].set_ylabel("loss")
    return "Loss curves side by side. " + " ".join(
        f"{title}: {len(history)} steps, {ends(history)}." for title, history in histories.items()
    )


@styled
def valley(paths, steep):
    """Draw paths {name: points (steps, 2)} on the loss 0.5 * sum(steep * w**2), a panel each."""
    axes = plt.subplots(1, len(paths), figsize=(2.6 * len(paths), 2.4), sharey=True)[1]
    across, along = np.meshgrid(np.linspace(-5, 5, 101), np.linspace(-1, 1, 81))
    height = 0.5 * (steep[0] * across**2 + steep[1] * along**2)
    for ax, (name, path) in zip(axes, paths.items(), strict=True):
        ax.contour(across, along, np.sqrt(height), 12, colors=PALE_GREY, linewidths=0.6)
        ax.plot(*path.T, ".-", color=ORANGE, ms=4, lw=1)
        ax.set(title=name, xlabel="w[0]", xlim=(-5, 5), ylim=(-1, 1))
    axes[0].set_ylabel("w[1]")
    return "Paths through a narrow valley towards its lowest point, 0, 0. " + " ".join(
        f"{name} ends at {path[-1][0]:.2f}, {path[-1][1]:.2f}." for name, path in paths.items()
    )


@styled
def lines(x, named, xlabel, ylabel):
    """Draw curves {name: numbers, one for each of x} over each other; the last one is thick."""
    axes = plt.subplots(figsize=(5.5, 2.8))[1]
    *others, last = named
    for name in others:
        axes.plot(x, named[name], label=name, lw=1.2)
    axes.plot(x, named[last], label=last, lw=2.5, color=INK)
    axes.set(xlabel=xlabel, ylabel=ylabel)
    axes.legend(frameon=False)
    curves = (f"{name} {ends(numbers)}" for name, numbers in named.items())
    return f"Curves of {ylabel} against {xlabel}: {'; '.join(curves)}."
