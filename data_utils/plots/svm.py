"""The pictures of notebook 1: slopes, the two losses, and the templates of a linear classifier."""

import numpy as np

from . import plt
from .style import BLUE, GREEN, GREY, INK, ORANGE, blank_axes, listed, show_picture, stretch, styled


@styled
def difference_quotients(f, slope, x, h):
    """Draw f near x with its tangent, the forward and the central difference with step h.

    f: function of a number, slope: its derivative at x.
    """
    t = np.linspace(x - 1.8 * h, x + 1.8 * h, 200)
    _, ax = plt.subplots(figsize=(6, 3.2))
    ax.plot(t, f(t), color=INK, label="f")
    central, forward = (f(x + h) - f(x - h)) / (2 * h), (f(x + h) - f(x)) / h
    ax.plot(t, f(x) + slope * (t - x), "--", color=GREY, label="its tangent")
    ax.plot(t, f(x) + forward * (t - x), color=ORANGE, lw=1.3, label="through x and x + h")
    middle = (f(x + h) + f(x - h)) / 2
    ax.plot(t, middle + central * (t - x), color=BLUE, lw=1.3, label="through x - h and x + h")
    ax.plot([x - h, x, x + h], f(np.array([x - h, x, x + h])), "o", color=INK, ms=5)
    ax.set_ylabel("f(x)")
    ax.set_xticks([x - h, x, x + h], ["x - h", "x", "x + h"])
    ax.legend()
    return (
        f"A curve f with its tangent at x, of slope {slope:.3f}; the line through x and x + h, of "
        f"slope {forward:.3f}; and the line through x - h and x + h, of slope {central:.3f}."
    )


@styled
def difference_errors(f, slope, x):
    """Draw how far forward and central differences of f at x are off, for many steps h."""
    h = np.logspace(-12, -1, 100)
    forward = np.abs((f(x + h) - f(x)) / h - slope)
    central = np.abs((f(x + h) - f(x - h)) / (2 * h) - slope)
    _, ax = plt.subplots(figsize=(6, 3.2))
    ax.loglog(h, forward, color=ORANGE, lw=1.3, label="(f(x + h) - f(x)) / h")
    ax.loglog(h, central, color=BLUE, lw=1.3, label="(f(x + h) - f(x - h)) / 2h")
    ax.axvline(1e-5, color=GREY, ls=":", label="our step, h = 1e-5")
    ax.set(xlabel="step h", ylabel="error of the slope", ylim=(1e-15, None))
    ax.legend(loc="lower left")
    return (
        "The error of a measured slope against the step h, on logarithmic scales: both curves are "
        "valleys. The difference of two points around x is best near h = 1e-5, with an error below "
        "1e-10; that with x itself is best near 1e-8, and a hundred times worse."
    )


@styled
def hinge_loss():
    """Draw the cost of one wrong class, against the lead of the right class."""
    lead = np.linspace(-2, 3, 200)
    _, ax = plt.subplots(figsize=(6, 3))
    ax.axvspan(1, 3, color=GREEN, alpha=0.12, lw=0)
    ax.axvspan(0, 1, color=ORANGE, alpha=0.12, lw=0)
    ax.plot(lead, np.maximum(0, 1 - lead), color=BLUE)
    for x, text in ((-1, "wrong"), (0.5, "right, but\nby too little"), (2, "right: free")):
        ax.text(x, 2.6, text, ha="center", va="center")
    ax.set(xlabel="score of the right class minus score of a wrong class", xlim=(-2, 3))
    ax.set(ylabel="cost")
    return (
        "What a wrong class costs, against the lead of the right one: a line that falls to 0 at a "
        "lead of 1 and stays there. Below 0 the answer is wrong, up to 1 right by too little."
    )


@styled
def losses():
    """Draw hinge loss and cross-entropy of two classes, against the lead of the right one."""
    lead = np.linspace(-3, 5, 200)
    _, ax = plt.subplots(figsize=(6, 3))
    ax.plot(lead, np.maximum(0, 1 - lead), color=GREY, label="hinge loss")
    ax.plot(lead, np.log1p(np.exp(-lead)), color=BLUE, label="cross-entropy")
    ax.plot(0, np.log(2), "o", color=BLUE, ms=5)
    ax.annotate("log 2: cannot tell", (0, np.log(2)), (0.4, 1.5), arrowprops={"arrowstyle": "-"})
    ax.set(xlabel="score of the right class minus score of the other", ylabel="cost")
    ax.legend()
    return (
        "Two costs against the lead of the right class. The hinge loss falls straight to 0 at a "
        "lead of 1. The cross-entropy bends, is log 2 at a lead of 0, and never reaches 0."
    )


@styled
def templates(W, names, shape=(3, 32, 32)):
    """Draw each class's weights as a picture, stretched to be seen.

    W: (D, C) weights, of which the first rows belong to pixels; shape: of a picture.
    """
    columns = -(-len(names) // 2)
    axes = blank_axes(2, columns, 1.5 * columns, 3.3)
    for ax, weights, name in zip(axes.flat, W.T, names, strict=False):
        picture = weights[: np.prod(shape)].reshape(shape).transpose(1, 2, 0)
        show_picture(ax, stretch(picture), name)
    return f"The weights of each class as a picture: {listed(names)}."
