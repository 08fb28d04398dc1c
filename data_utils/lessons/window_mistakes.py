"""What the usual mistakes in convolutions, columns and pooling would give.

Each function returns what a check may pass on to explain: see there, `instead` and the like.
Sizes and param are as in windows. A mistake is modelled by what it computes, not by its code.
"""

import numpy as np

from .windows import (
    add_up,
    column_slopes,
    columns,
    conv_slopes,
    convolve,
    max_slopes,
    mean_slopes,
    padded,
    pool_windows,
    pooled,
)


def convolution(x, w, b, param):
    """Return what is known of a convolution's output."""
    right, (pad, stride) = convolve(x, w, b, param), (param["pad"], param["stride"])
    every, (H, W) = convolve(x, w, b, param | {"stride": 1}), right.shape[2:]
    wrong = {
        "flipped": convolve(x, w[:, :, ::-1, ::-1], b, param),
        "mirrored": [convolve(x, w[:, :, ::-1], b, param), convolve(x, w[..., ::-1], b, param)],
        "no-stride": [
            every[:, :, :: down * stride or 1, :: across * stride or 1][:, :, :H, :W]
            for down, across in ((0, 0), (0, 1), (1, 0))
        ],
        "no-dilation": convolve(x, w, b, param | {"dilation": 1})[:, :, :H, :W],
        "one-channel": [
            convolve(x[:, k : k + 1], w[:, k : k + 1], b, param) for k in range(x.shape[1])
        ],
        "first-picture": [np.broadcast_to(right[:1], right.shape), of_first(right)],
        "one-filter": convolve(x, np.broadcast_to(w[:1], w.shape), b, param),
        "mean-of-window": (right - b[:, None, None]) / w[0].size + b[:, None, None],
        "rows-of-filters": [
            convolve(x, w.transpose(axes).reshape(w.shape), b, param)
            for axes in ((0, 2, 3, 1), (0, 1, 3, 2))
        ],
        "channels-reversed": convolve(x, w[:, ::-1], b, param),
        "no-filter": convolve(x, np.ones(w.shape), b, param),
        "other-bias": [
            right + np.resize(b, len(x))[:, None, None, None] - b[:, None, None],
            right + b[0] - b[:, None, None],
        ],
    }
    laid_as_columns = w.reshape(-1, len(w)).T.reshape(w.shape)
    wrong["rows-of-filters"].append(convolve(x, laid_as_columns, b, param))
    for name, other in other_paddings(x, pad).items():
        wrong[name] = convolve(other, w, b, param | {"pad": 0})
    if pad == 0:
        wrong["padding-1"] = convolve(padded(x, 1), w, b, param)[:, :, :H, :W]
    return {"instead": wrong, "terms": {"the bias": b[:, None, None] + 0 * right}}


def other_paddings(x, pad):
    """Return {code: pictures padded in another way}."""
    return {
        "pad-after": padded(x, (0, 2 * pad)),
        "pad-before": padded(x, (2 * pad, 0)),
        "edge": padded(x, pad, mode="edge"),
    }


def convolution_slopes(what, x, w, dout, param):
    """Return what is known of `what`, one of dx, dw and db."""
    sizes = {"N": len(x), "H'W'": dout[0, 0].size, "N H'W'": len(x) * dout[0, 0].size}
    dx, dw, db = conv_slopes(x, w, of_first(dout), param)
    of_one = conv_slopes(np.broadcast_to(x[:1], x.shape), w, dout, param)[1]
    wrong = {"dx": {"first-picture": dx}, "dw": {"first-picture": [dw, of_one]}}
    wrong["db"] = {"first-picture": db}
    wrong["dx"] |= of_dx(x, w, dout, param)
    wrong["dw"] |= of_dw(x, w, dout, param)
    for code, axes in {"cut-up": (0, 1, 2, 3), "pictures-last": (1, 2, 3, 0)}.items():
        slopes = conv_slopes(x, w, taken_for_rows(dout, axes), param)
        for kind, other in zip(("dx", "dw", "db"), slopes, strict=True):
            wrong[kind][code] = other
    cut = [conv_slopes(x, w, without_last(dout, axis), param) for axis in (2, 3)]
    for k, kind in enumerate(wrong):
        wrong[kind]["last-windows"] = [slopes[k] for slopes in cut]
    if param["pad"] == 0:
        dx, dw = in_the_corner(padded(x, 1), w, dout, param)
        wrong["dx"]["padding-1"], wrong["dw"]["padding-1"] = dx[:, :, 1:-1, 1:-1], dw
    return {"instead": wrong[what], **sizes}


def without_last(dout, axis):
    """Return dout with zeros in its last row (axis 2), or in its last column (axis 3)."""
    cut = dout.swapaxes(0, axis).copy()
    cut[-1] = 0
    return cut.swapaxes(0, axis)


def taken_for_rows(dout, axes):
    """Return what dout is taken for if its numbers, read along axes, are rows of filters."""
    N, F, *places = dout.shape
    return dout.transpose(axes).reshape(F, N, *places).swapaxes(0, 1)


def of_first(array):
    """Return what belongs to the first picture, and 0 for all others."""
    return array * (np.arange(len(array)) == 0)[:, None, None, None]


def of_dx(x, w, dout, param):
    """Return {code: dx}."""
    HH, WW = w.shape[2:]
    last = dout[:, -1].reshape(-1, 1) * w[-1].ravel()
    filters = [(w[k:][:1], dout[:, k:][:, :1]) for k in (0, -1)]
    return {
        "flipped": conv_slopes(x, w[:, :, ::-1, ::-1], dout, param)[0],
        "last-of-several": last_of_several(x, lambda x: columns(x, HH, WW, param).T, last),
        "uncut": uncut(x, w, dout, param),
        "no-stride": in_the_corner(x, w, dout, param | {"stride": 1})[0],
        "no-dilation": in_the_corner(x, w, dout, param | {"dilation": 1})[0],
        "one-filter": [
            *(conv_slopes(x, one, its, param)[0] for one, its in filters),
            conv_slopes(x, np.broadcast_to(w[:1], w.shape), dout, param)[0],
        ],
    }


def of_dw(x, w, dout, param):
    """Return {code: dw}."""
    wrong = {
        "flipped": conv_slopes(x, w, dout, param)[1][:, :, ::-1, ::-1],
        "last-of-several": conv_slopes(x, w, dout * is_last(dout), param)[1],
        "no-stride": in_the_corner(x, w, dout, param | {"stride": 1})[1],
        "no-dilation": in_the_corner(x, w, dout, param | {"dilation": 1})[1],
    }
    for name, other in other_paddings(x, param["pad"]).items():
        wrong[name] = conv_slopes(other, w, dout, param | {"pad": 0})[1]
    return wrong


def is_last(dout):
    """Return a mask for the last picture's last place."""
    mask = np.zeros(dout.shape, bool)
    mask[-1, :, -1, -1] = True
    return mask


def uncut(x, w, dout, param):
    """Return the first H rows and W columns of the gradient along padded pictures."""
    whole = conv_slopes(padded(x, param["pad"]), w, dout, param | {"pad": 0})[0]
    return whole[:, :, : x.shape[2], : x.shape[3]]


def in_the_corner(x, w, dout, param):
    """Return dx and dw if dout belongs to the first rows and columns of a larger output."""
    wide = np.zeros(convolve(x, w, np.zeros(len(w)), param).shape)
    wide[:, :, : dout.shape[2], : dout.shape[3]] = dout
    return conv_slopes(x, w, wide, param)[:2]


def last_of_several(x, laid_out, values):
    """Return what x gets if numbers that meet in one place replace one another."""
    kept, count = np.zeros(1 + x.size), 1.0 + np.arange(x.size).reshape(x.shape)
    kept[laid_out(count).round().astype(int)] = values
    return kept[1:].reshape(x.shape)


ORDERS = {
    "channels-last": [(1, 2, 0, 3, 4, 5)],
    "batch-last": [(0, 1, 2, 4, 5, 3)],
    "other-way-round": [(0, 2, 1, 3, 4, 5), (0, 1, 2, 3, 5, 4), (0, 2, 1, 3, 5, 4)],
}
"""Orders of the axes (c, hh, ww, n, i, j) in which columns are laid out by mistake."""


def column_axes(x, HH, WW, param):
    """Return the sizes of the axes (c, hh, ww, n, i, j)."""
    places = convolve(x, np.zeros((1, x.shape[1], HH, WW)), np.zeros(1), param).shape[2:]
    return x.shape[1], HH, WW, len(x), *places


def column_orders(x, HH, WW, param):
    """Return what is known of im2col."""
    right, axes = columns(x, HH, WW, param), column_axes(x, HH, WW, param)
    laid, first = right.reshape(axes), (np.arange(len(x)) == 0)[:, None, None]
    wrong = {
        name: [right.reshape(axes).transpose(order).reshape(right.shape) for order in orders]
        for name, orders in ORDERS.items()
    }
    wrong["flipped"] = laid[:, ::-1, ::-1].reshape(right.shape)
    for other in (np.broadcast_to(laid[:, :, :, :1], axes), laid * first):
        wrong.setdefault("first-picture", []).append(other.reshape(right.shape))
    for name in ("stride", "dilation"):
        close = param | {name: 1}
        wide = columns(x, HH, WW, close).reshape(column_axes(x, HH, WW, close))
        wrong[f"no-{name}"] = wide[..., : axes[4], : axes[5]].reshape(right.shape)
    by_tap = laid.transpose(1, 2, 3, 0, 4, 5).reshape(*axes[1:3], *axes[:1], -1)
    wrong["batch-mixed"] = by_tap.transpose(2, 0, 1, 3).reshape(right.shape)
    for name, other in other_paddings(x, param["pad"]).items():
        wrong[name] = columns(other, HH, WW, param | {"pad": 0})
    return {"instead": wrong}


def column_order_slopes(x, cols, HH, WW, param):
    """Return what is known of col2im."""
    axes = column_axes(x, HH, WW, param)
    wrong = {
        name: [
            column_slopes(x, read_in_order(cols, axes, order), HH, WW, param) for order in orders
        ]
        for name, orders in ORDERS.items()
    }
    first = cols.reshape(axes) * (np.arange(len(x)) == 0)[:, None, None]
    wrong["first-picture"] = column_slopes(x, first.reshape(cols.shape), HH, WW, param)
    for name in ("stride", "dilation"):
        close = param | {name: 1}
        wide = np.zeros(column_axes(x, HH, WW, close))
        wide[..., : axes[4], : axes[5]] = cols.reshape(axes)
        wrong[f"no-{name}"] = column_slopes(x, wide.reshape(len(cols), -1), HH, WW, close)
    turned = cols.reshape(axes)[:, ::-1, ::-1].reshape(cols.shape)
    wrong["flipped"] = column_slopes(x, turned, HH, WW, param)
    wrong["last-of-several"] = [
        last_of_several(x, lambda x: columns(x, HH, WW, param), cols),
        last_of_several(x, lambda x: columns(x, HH, WW, param).T, cols.T),
    ]
    whole = column_slopes(padded(x, param["pad"]), cols, HH, WW, param | {"pad": 0})
    wrong["uncut"] = whole[:, :, : x.shape[2], : x.shape[3]]
    wrong["mean-of-several"] = column_slopes(x, cols, HH, WW, param) / np.maximum(
        1, column_slopes(x, np.ones(cols.shape), HH, WW, param)
    )
    return {"instead": wrong}


def read_in_order(cols, axes, order):
    """Return columns as they are if they are taken to be laid out in another order."""
    return cols.reshape([axes[a] for a in order]).transpose(np.argsort(order)).reshape(cols.shape)


def pooling(x, param):
    """Return what is known of pooling's output."""
    largest, (H, W) = pooled(x, param), pooled(x, param).shape[2:]
    wrong = {
        "max": largest,
        "mean": pooled(x, param, np.mean),
        "sum": pooled(x, param, np.sum),
        "smallest": pooled(x, param, np.min),
        "corner": [pool_windows(x, param)[..., k, k] for k in (0, -1)],
        "one-row": list(of_lines(x, param)),
        "place": windows_in_steps(x, param, param["stride"], np.argmax),
        "negatives-as-0": pooled(np.maximum(0, x), param, np.mean),
        "first-picture": [of_first(pooled(x, param, of)) for of in (np.max, np.mean)],
        "max-from-0": np.maximum(0, largest),
        "over-batch": np.broadcast_to(largest.max(axis=0), largest.shape),
        "over-channels": np.broadcast_to(largest.max(axis=1, keepdims=True), largest.shape),
        "largest-size": pooled(np.abs(x), param),
    }
    wrong["no-stride"] = [
        pooled(x, param | {"stride": 1}, of)[:, :, :H, :W] for of in (np.max, np.mean)
    ]
    wrong["sides"] = [other[:, :, :H, :W] for other in other_sides(x, param)]
    sides = param["pool_height"], param["pool_width"]
    wrong["other-step"] = [
        windows_in_steps(x, param, steps, of) for steps in (sides, 2) for of in (np.max, np.mean)
    ]
    return {"instead": wrong, "the window's size": sides[0] * sides[1]}


def of_lines(x, param):
    """Yield the maxima and the means of the first row of each window, and of its first column."""
    seen = pool_windows(x, param)
    for line in (seen[..., 0, :], seen[..., 0]):
        yield line.max(axis=-1)
        yield line.mean(axis=-1)


def windows_in_steps(x, param, steps, of):
    """Return of(window) of windows that lie `steps` apart, if they end and begin at the edges."""
    out = np.zeros(pooled(x, param).shape)
    for place in np.ndindex(out.shape):
        top, left = np.minimum(np.multiply(steps, place[2:]), np.subtract(x.shape[2:], 1))
        below = x[place[:2]][top : top + param["pool_height"], left : left + param["pool_width"]]
        out[place] = of(below)
    return out


def other_sides(x, param):
    """Yield maxima and means of windows whose sides are exchanged, or equal; they stop at edges."""
    height, width = param["pool_height"], param["pool_width"]
    beyond = (0, height + width)
    for h, w in ((width, height), (width, width), (height, height)):
        changed = param | {"pool_height": h, "pool_width": w}
        yield pooled(padded(x, beyond, constant_values=-np.inf), changed)
        total, count = (pooled(padded(a, beyond), changed, np.sum) for a in (x, np.ones(x.shape)))
        yield total / np.maximum(1, count)


def pooling_slopes(x, dout, param):
    """Return what is known of dx, for the maximum and for the mean alike."""
    size, upstream = param["pool_height"] * param["pool_width"], dout[..., None, None]
    seen = pool_windows(x, param)
    largest, ones = seen == seen.max(axis=(-2, -1), keepdims=True), np.ones(seen.shape)
    corner = np.zeros(seen.shape)
    corner[..., 0, 0] = 1
    wrong = {
        "max": max_slopes(x, dout, param),
        "mean": mean_slopes(x, dout, param),
        "whole-window": add_up(x, upstream * ones, param),
        "corner": [add_up(x, share * corner, param) for share in (upstream, upstream / size)],
        "negative-windows": add_up(x, upstream * largest * (seen > 0), param),
        "all-positive": add_up(x, upstream * (seen > 0), param),
        "smallest": max_slopes(-x, dout, param),
        "largest-size": max_slopes(np.abs(x), dout, param),
        "first-picture": [slopes(x, of_first(dout), param) for slopes in (max_slopes, mean_slopes)],
        "no-dout": [add_up(x, largest * 1.0, param), add_up(x, ones / size, param)],
        "last-of-several": [
            last_of_several(x, lambda x: pool_windows(x, param), upstream * ones / size),
            last_of_several(x, lambda x: pool_windows(x, param), upstream * largest),
            last_of_several(x, lambda x: pool_windows(x, param)[largest], dout.ravel()),
        ],
    }
    wide = np.zeros(pool_windows(x, param | {"stride": 1}).shape[:4])
    wide[:, :, : dout.shape[2], : dout.shape[3]] = dout
    wrong["no-stride"] = [
        slopes(x, wide, param | {"stride": 1}) for slopes in (max_slopes, mean_slopes)
    ]
    for code, places in other_places(x, param).items():
        wrong[code] = [handed_on(dout, param, x.shape, place) for place in places]
    return {"instead": wrong, "the window's size": size}


def handed_on(dout, param, shape, place):
    """Return dx of this shape if place(n, c, corner) is where a window's gradient goes."""
    dx, last = np.zeros(shape), np.subtract(shape[2:], 1)
    for window in np.ndindex(dout.shape):
        n, c, i, j = window
        corner = i * param["stride"], j * param["stride"]
        row, column = np.minimum(place(n, c, corner), last)
        dx[n, c, row, column] += dout[window]
    return dx


def place_of_largest(window):
    """Return the row and the column of the largest number of a window."""
    return np.array(np.unravel_index(window.argmax(), window.shape))


def other_places(x, param):
    """Return {code: functions that say where the largest number is, by mistake}."""
    height, width = param["pool_height"], param["pool_width"]

    def within(n, c, corner, h=height, w=width):
        top, left = corner
        return place_of_largest(x[n, c, top : top + h, left : left + w])

    sides = ((width, width), (height, height), (width, height), (2, 2))
    return {
        "not-moved": [within],
        "of-picture": [lambda n, c, corner: place_of_largest(x[n, c])],
        "place-exchanged": [lambda n, c, corner: within(n, c, corner)[::-1] + corner],
        "place-of-first": [
            lambda n, c, corner: within(0, c, corner) + corner,
            lambda n, c, corner: within(n, 0, corner) + corner,
        ],
        "sides": [
            lambda n, c, corner, h=h, w=w: within(n, c, corner, h, w) + corner for h, w in sides
        ],
    }
