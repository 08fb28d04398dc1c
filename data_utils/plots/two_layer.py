"""The picture of notebook 2 alone: learning rates side by side."""

import matplotlib.pyplot as plt

from .style import ORANGE, styled


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
