"""The pictures in the notebooks, in one quiet style.

A function here draws one figure, shows it and returns nothing; only visualize_grid returns an
image. Pictures come as in the data sets, (N, C, H, W), unless said otherwise.
"""

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


@styled
def hinge_loss():
    """Draw what one wrong class costs, against how far ahead of it the right class is."""
    lead = np.linspace(-2, 3, 200)
    _, ax = plt.subplots(figsize=(6, 3))
    ax.axvspan(1, 3, color=GREEN, alpha=0.12, lw=0)
    ax.axvspan(0, 1, color=ORANGE, alpha=0.12, lw=0)
    ax.plot(lead, np.maximum(0, 1 - lead), color=BLUE)
    for x, text in ((-1, "wrong"), (0.5, "right, but\nby too little"), (2, "right: free")):
        ax.text(x, 2.6, text, ha="center", va="center")
    ax.set(xlabel="score of the right class minus score of a wrong class", xlim=(-2, 3))
    ax.set(ylabel="cost")


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


@styled
def tables(named):
    """Draw small matrices as tables of coloured numbers, side by side.

    named: {title: (rows, columns) array}.
    """
    widths = [array.shape[1] for array in named.values()]
    size = (0.46 * sum(widths) + 0.3 * len(named), 0.36 * len(next(iter(named.values()))) + 0.4)
    axes = plt.subplots(1, len(named), figsize=size, width_ratios=widths, squeeze=False)[1]
    for ax, (title, array) in zip(axes[0], named.items(), strict=True):
        most = np.abs(array).max()
        ax.imshow(array, cmap="RdBu", vmin=-2 * most, vmax=2 * most, aspect="auto")
        for (i, j), value in np.ndenumerate(array):
            ax.text(j, i, f"{value + 0.0:.3g}", ha="center", va="center", fontsize=9)
        ax.set_title(title)
        ax.set(xticks=[], yticks=[])
        ax.grid(False)
        ax.spines[:].set_visible(False)


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


@styled
def heat_map(values, rows, columns, ylabel, xlabel, title):
    """Draw a table of shares, such as accuracies, and frame the best.

    values: (len(rows), len(columns)) array in [0, 1]; rows, columns: the numbers tried.
    """
    size = (0.85 * len(columns) + 1.6, 0.5 * len(rows) + 1.2)
    _, ax = plt.subplots(figsize=size)
    ax.imshow(values, aspect="auto")
    for (i, j), value in np.ndenumerate(values):
        dark = value > (values.min() + values.max()) / 2
        ax.text(j, i, f"{value:.0%}", ha="center", va="center", color="white" if dark else INK)
    i, j = np.unravel_index(np.argmax(values), values.shape)
    ax.add_patch(plt.Rectangle((j - 0.5, i - 0.5), 1, 1, fill=False, ec=ORANGE, lw=3))
    ax.set_xticks(range(len(columns)), [f"{value:g}" for value in columns])
    ax.set_yticks(range(len(rows)), [f"{value:g}" for value in rows])
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    ax.grid(False)
    ax.spines[:].set_visible(False)


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


def two_ways(ax, start, end, back=True):
    """Draw an arrow and, if `back`, one beside it that comes back."""
    aside = np.array([0, 0.08] if start[1] == end[1] else [-0.05, 0])
    arrows = [(BLUE, start + aside, end + aside), (ORANGE, end - aside, start - aside)]
    for color, tail, head in arrows[: 1 + back]:
        ax.annotate("", head, tail, arrowprops={"arrowstyle": "->", "color": color, "lw": 1.5})


@styled
def weight_grid(W, shape=(3, 32, 32)):
    """Draw the weights into every hidden unit as a picture, stretched to be seen.

    W: (D, H) weights; shape: of a picture, D = the product of its sizes.
    """
    pictures = W.T.reshape(-1, *shape).transpose(0, 2, 3, 1)
    grid = visualize_grid(pictures, ubound=1.0, padding=2)
    axes = blank_axes(1, 1, 5.5, 5.5 * grid.shape[0] / grid.shape[1])
    show_picture(axes[0, 0], np.broadcast_to(grid, (*grid.shape[:2], 3)))


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


@styled
def race(histories, ylabel="loss", xlabel="step", window=20):
    """Draw running means of curves over each other; histories: {name: list of numbers}."""
    _, ax = plt.subplots(figsize=(6, 3.2))
    for name, history in histories.items():
        ax.plot(np.convolve(history, np.ones(window) / window, mode="valid"), lw=1.6, label=name)
    ax.set(xlabel=xlabel, ylabel=ylabel, ylim=(0, None))
    ax.legend()
