"""The pictures of sliding windows: the input of a filter, and the places of its outputs."""

import numpy as np

from . import plt
from .style import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PALE_GREY,
    blank_axes,
    listed,
    show_picture,
    stretch,
    styled,
)

COLOURS = (BLUE, ORANGE, GREEN, INK)


@styled
def activations(pairs):
    """Draw activations and their slopes; the ground is grey where hardly any gradient passes.

    pairs: {name: (forward, backward)}, as in layers.
    """
    x = np.linspace(-6, 6, 241)
    axes = plt.subplots(1, len(pairs), figsize=(2.3 * len(pairs), 2.4))[1]
    for ax, (name, (forward, backward)) in zip(axes, pairs.items(), strict=True):
        out, cache = forward(x)
        slopes = backward(np.ones_like(x), cache)
        ax.plot(x, out, color=BLUE)
        ax.plot(x, slopes, color=ORANGE)
        ax.fill_between(
            x, -1.2, 2.2, where=np.abs(slopes) < 0.05, color=PALE_GREY, alpha=0.35, lw=0
        )
        ax.set(title=name, xlim=(-6, 6), ylim=(-1.2, 2.2))
    return (
        f"Activations in blue and their slopes in orange, from -6 to 6: {listed(pairs)}. Grey is "
        "where hardly any gradient passes."
    )


def number_table(ax, array, title):
    """Draw a matrix as a table of coloured numbers, one unit a cell."""
    most = np.abs(array).max() or 1
    ax.imshow(array, cmap="RdBu", vmin=-2 * most, vmax=2 * most)
    for (i, j), value in np.ndenumerate(array):
        ax.text(j, i, f"{value + 0.0:.3g}", ha="center", va="center", fontsize=9)
    ax.set_title(title)
    ax.axis("off")


def frame(ax, corner, size, color):
    """Draw a frame around the cells of a table from `corner` (row, column) on."""
    (top, left), (height, width) = corner, size
    place = (left - 0.5, top - 0.5)
    ax.add_patch(plt.Rectangle(place, width, height, fill=False, ec=color, lw=2.5, clip_on=False))


@styled
def sliding(picture, kernel, out, place):
    """Draw a filter at one place of a picture, and the number that it makes there.

    picture (H, W), kernel (HH, WW), out (H', W'): matrices; place: (row, column) of out. The
    stride is 1.
    """
    tables = {"picture": picture, "filter": kernel, "output": out}
    widths = [table.shape[1] for table in tables.values()]
    axes = plt.subplots(1, 3, figsize=(0.5 * sum(widths) + 2, 2.2), width_ratios=widths)[1]
    for ax, (title, table) in zip(axes, tables.items(), strict=True):
        number_table(ax, table, title)
    frame(axes[0], place, kernel.shape, ORANGE)
    frame(axes[2], place, (1, 1), ORANGE)
    return (
        f"A picture of {picture.shape[0]} by {picture.shape[1]} numbers, a filter of "
        f"{kernel.shape[0]} by {kernel.shape[1]}, and the output. The filter lies on the picture "
        f"from row {place[0]}, column {place[1]} on, and makes {out[place]:.3g} there."
    )


@styled
def settings(named, size, window):
    """Draw where a filter lies first and second, one small picture for each setting.

    named: {title: {"stride", "pad" and maybe "dilation"}}; size: (H, W), window: (HH, WW).
    """
    axes = blank_axes(1, len(named), 2.3 * len(named), 2.9)[0]
    (H, W), most = size, max(param["pad"] for param in named.values())
    for ax, (title, param) in zip(axes, named.items(), strict=True):
        stride, pad, dilation = param["stride"], param["pad"], param.get("dilation", 1)
        for i, j in np.ndindex(H + 2 * pad, W + 2 * pad):
            inside = pad <= i < pad + H and pad <= j < pad + W
            cell(ax, i - pad, j - pad, ec=PALE_GREY, ls="-" if inside else ":", fill=False)
        for k, (color, inset) in enumerate(((BLUE, 0.1), (ORANGE, 0.26))):
            for i, j in np.ndindex(*window):
                place = i * dilation - pad, j * dilation - pad + k * stride
                cell(ax, *place, inset, fc=color, alpha=0.8, lw=0)
        places = [
            1 + (n + 2 * pad - dilation * (m - 1) - 1) // stride
            for n, m in zip(size, window, strict=True)
        ]
        ax.set(xlim=(-most - 0.7, W + most - 0.3), ylim=(H + most - 0.3, -most - 0.7))
        ax.set_aspect("equal")
        ax.set_title(f"{title}\n{places[0]} x {places[1]} places")
    return (
        f"Where a filter of {window[0]} by {window[1]} lies first, in blue, and second, in orange, "
        f"on a picture of {size[0]} by {size[1]}: {listed(named)}."
    )


def cell(ax, row, column, inset=0.0, **look):
    """Draw one cell of a grid, smaller by `inset` on each side."""
    corner, side = (column - 0.5 + inset, row - 0.5 + inset), 1 - 2 * inset
    ax.add_patch(plt.Rectangle(corner, side, side, **look))


@styled
def coverage(strides, size, window):
    """Draw in how many windows each number of a picture lies.

    strides: {title: stride}; size: (H, W) of the picture, window: (HH, WW).
    """
    shape = (0.5 * size[1] * len(strides) + 1, 2.6)
    axes = plt.subplots(1, len(strides), figsize=shape, squeeze=False)[1][0]
    for ax, (title, stride) in zip(axes, strides.items(), strict=True):
        counts = np.zeros(size)
        for i in range(0, size[0] - window[0] + 1, stride):
            for j in range(0, size[1] - window[1] + 1, stride):
                counts[i : i + window[0], j : j + window[1]] += 1
        number_table(ax, counts, title)
    return (
        f"In how many windows each number of a {size[0]} by {size[1]} picture lies: "
        f"{listed(strides)}. With stride 1 the middle lies in most, the corners in one."
    )


@styled
def columns(picture, cols, window):
    """Draw a picture, its windows in frames, and the matrix that has them as columns.

    picture: (H, W), cols: (HH * WW, windows), window: (HH, WW); the stride is 1.
    """
    sizes = [picture.shape[1], cols.shape[1]]
    _, (left, right) = plt.subplots(1, 2, figsize=(0.6 * sum(sizes) + 1.5, 2.6), width_ratios=sizes)
    number_table(left, picture, "picture")
    number_table(right, cols, "columns")
    across = picture.shape[1] - window[1] + 1
    for k in (0, cols.shape[1] - 1):
        color = COLOURS[k % len(COLOURS)]
        frame(left, divmod(k, across), window, color)
        frame(right, (0, k), (len(cols), 1), color)
    return (
        f"A picture of {picture.shape[0]} by {picture.shape[1]} numbers and its {cols.shape[1]} "
        f"windows as columns of {len(cols)} numbers; the first and the last are framed in both."
    )


@styled
def pooling(picture, **pooled):
    """Draw a picture whose windows of 2 x 2 tile it, and its pooled version.

    picture: (4, 4); pooled: {title: (2, 2) matrix}, a number for each window.
    """
    widths = [4] + [2] * len(pooled)
    axes = plt.subplots(1, len(widths), figsize=(0.6 * sum(widths), 2.2), width_ratios=widths)[1]
    for ax, (title, table) in zip(axes, ({"feature map": picture} | pooled).items(), strict=True):
        number_table(ax, table, title)
        size = len(table) // 2
        for k, color in enumerate(COLOURS):
            row, column = divmod(k, 2)
            frame(ax, (size * row, size * column), (size, size), color)
    return f"A feature map of 4 by 4 in four windows, and a number for each: {listed(pooled)}."


@styled
def feature_maps(picture, maps, names=()):
    """Draw a picture and, in grey, the output of each filter.

    picture: (3, H, W); maps: (F, H', W'), each stretched to be seen; names: of the filters.
    """
    columns = min(len(maps) + 1, 7)
    rows = -(-(len(maps) + 1) // columns)
    axes = blank_axes(rows, columns, 1.3 * columns, 1.3 * rows + (0.3 if len(names) else 0)).flat
    show_picture(axes[0], stretch(picture.transpose(1, 2, 0)), "picture" if len(names) else None)
    for k, values in enumerate(maps):
        axes[k + 1].imshow(values, cmap="gray", interpolation="nearest")
        axes[k + 1].set_title(names[k] if len(names) else None, pad=3)
    return (
        f"A picture and, in grey, {len(maps)} maps of it: {listed(names) or 'one for each filter'}."
    )


@styled
def fields(named):
    """Draw which pixels one number sees behind several stacks of layers, and by how many paths.

    named: {name of the stack: (H, W) number of paths from each pixel, 0 where it is not seen}.
    """
    axes, seen = blank_axes(1, len(named), 2.1 * len(named), 2.6)[0], []
    for ax, (name, paths) in zip(axes, named.items(), strict=True):
        height, width = (np.count_nonzero(paths.any(axis=axis)) for axis in (1, 0))
        ax.imshow(np.ma.masked_equal(paths, 0), vmin=-0.3 * paths.max())
        for i, j in np.ndindex(*paths.shape):
            cell(ax, i, j, ec=PALE_GREY, lw=0.4, fill=False)
        ax.set_title(f"{name}:\n{height} x {width} pixels")
        seen.append(f"{' '.join(name.split())}: {height} by {width} pixels")
    return f"Which pixels one number sees behind several stacks of layers. {'; '.join(seen)}."


@styled
def times(cases):
    """Draw how long each way of computing the same takes, and what a product and a sum cost in it.

    cases: {title: (multiply-accumulates, {name of the way: seconds})}.
    """
    size = (4.6 * len(cases), 2.2)
    axes = plt.subplots(1, len(cases), figsize=size, sharey=True, squeeze=False)[1][0]
    for ax, (title, (count, seconds)) in zip(axes, cases.items(), strict=True):
        values = list(seconds.values())
        ax.barh(list(seconds), values, color=BLUE, height=0.6)
        for row, value in enumerate(values):
            each = 1e9 * value / count
            ax.text(value * 1.15, row, f"{each:,.{0 if each > 100 else 2}f} ns each", va="center")
        ax.set(xscale="log", xlim=(min(values) / 3, max(values) * 30), xlabel="seconds a call")
        ax.set_title(f"{title}: {count:,} multiply-accumulates")
        ax.grid(visible=False)
    axes[0].invert_yaxis()
    return "How long a convolution takes. " + " ".join(
        f"{title}: " + listed(f"{way} {value:.2g} s" for way, value in seconds.items()) + "."
        for title, (_, seconds) in cases.items()
    )
