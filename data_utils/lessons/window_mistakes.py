"""What usual mistakes make of convolutions, columns and pooling, each beside its sentence.

Sizes and param are as in windows. A mistake is modelled by what it computes, not by its code.
Where a case cannot show a mistake (a stride that is ignored, at stride 1), `distinct` drops it.
"""

from functools import partial

import numpy as np

from ..expected import Mistake
from . import common
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

AGREE = 2e-6
"""Two values are taken for the same below this difference, relative to the largest entry."""


def distinct(right, mistakes):
    """Return the Mistakes that differ from the right answer and from all that come before them."""
    kept, seen = [], [right]
    for mistake in mistakes:
        if not any(same(mistake.value, value) for value in seen):
            kept.append(mistake)
            seen.append(mistake.value)
    return kept


def same(value, other):
    """Tell whether two arrays cannot be told apart; one with an infinite number counts as seen."""
    if not np.isfinite(value).all():
        return True
    return np.abs(value - other).max() <= AGREE * np.abs(other).max()


flipped = partial(Mistake, "flipped", "The filter is turned by 180 degrees; lay it on as it is.")
mirrored = partial(Mistake, "mirrored", "The filter is mirrored; lay it on as it is.")
no_stride = partial(
    Mistake,
    "no-stride",
    "The windows lie next to each other; window (i, j) begins where the stride says.",
)
no_dilation = partial(
    Mistake,
    "no-dilation",
    "The filter is laid on without gaps; dilation says how far apart its taps are.",
)
one_channel = partial(
    Mistake,
    "one-channel",
    "Only one channel of the pictures counts; a filter sees all of them.",
)
first_picture = partial(Mistake, "first-picture", "Only the first picture counts.")
one_filter = partial(
    Mistake,
    "one-filter",
    "Only one filter counts; each number of a picture acts on all feature maps.",
)
mean_of_window = partial(
    Mistake,
    "mean-of-window",
    "This is the mean of the products; a filter adds them up.",
)
rows_of_filters = partial(
    Mistake,
    "rows-of-filters",
    "The filters' numbers are read in another order than the windows'.",
)
channels_reversed = partial(
    Mistake,
    "channels-reversed",
    "The filter's channels are in reverse order.",
)
no_filter = partial(
    Mistake,
    "no-filter",
    "This adds the windows up; each number should be multiplied by its weight first.",
)
other_bias = partial(Mistake, "other-bias", "It has another bias: all of map f gets b[f].")
pad_after = partial(
    Mistake,
    "pad-after",
    "All padding is at the bottom and on the right; every side gets pad of it.",
)
pad_before = partial(
    Mistake,
    "pad-before",
    "All padding is at the top and on the left; every side gets pad of it.",
)
edge = partial(Mistake, "edge", "The padding repeats what lies at the edge; it should be zeros.")
padding_1 = partial(Mistake, "padding-1", "There is a padding of 1, where none was asked for.")
cut_up = partial(
    Mistake,
    "cut-up",
    "dout comes with the pictures first and is cut up like that; the product has the filters "
    "first, so axes have to be exchanged before reshape.",
)
pictures_last = partial(
    Mistake,
    "pictures-last",
    "dout is laid out in the order (i, j, n); the columns are in (n, i, j).",
)
last_windows = partial(
    Mistake,
    "last-windows",
    "The last row of windows, or the last column, is left out.",
)
last_of_several = partial(
    Mistake,
    "last-of-several",
    "Where windows overlap, one replaces the other; their gradients add up.",
)
uncut = partial(
    Mistake,
    "uncut",
    "The padding is cut off at the wrong end: the picture begins at row and column pad.",
)
channels_last = partial(
    Mistake,
    "channels-last",
    "The rows are in the order (hh, ww, c); they should be in (c, hh, ww).",
)
batch_last = partial(
    Mistake,
    "batch-last",
    "The columns are in the order (i, j, n); they should be in (n, i, j).",
)
other_way_round = partial(
    Mistake,
    "other-way-round",
    "Rows and columns are exchanged, within the windows or among them.",
)
batch_mixed = partial(
    Mistake,
    "batch-mixed",
    "Pictures and channels are mixed up: reshape does not exchange axes.",
)
mean_of_several = partial(
    Mistake,
    "mean-of-several",
    "Where windows overlap, this is their mean; they add up.",
)
the_maximum = partial(Mistake, "max", "This is what max pooling gives.")
the_sum = partial(Mistake, "sum", "This is the sum of each window.")
smallest = partial(Mistake, "smallest", "This is the smallest number of each window.")
corner = partial(Mistake, "corner", "Only one corner of each window counts.")
one_row = partial(Mistake, "one-row", "Only one row, or one column, of each window counts.")
place = partial(
    Mistake,
    "place",
    "This is where the largest number stands; the number itself should come out.",
)
negatives_as_0 = partial(
    Mistake,
    "negatives-as-0",
    "Negative numbers count as 0 here; a mean takes them as they are.",
)
max_from_0 = partial(
    Mistake,
    "max-from-0",
    "Windows of negative numbers give 0: what is the maximum compared with at first?",
)
over_batch = partial(
    Mistake,
    "over-batch",
    "The maximum is taken over the pictures, too; each has its own.",
)
over_channels = partial(
    Mistake,
    "over-channels",
    "The maximum is taken over the channels, too; each has its own.",
)
largest_size = partial(
    Mistake,
    "largest-size",
    "This is the largest absolute value of each window; signs count.",
)
sides = partial(
    Mistake,
    "sides",
    "The windows have other sides: pool_height goes down, pool_width goes across.",
)
other_step = partial(
    Mistake,
    "other-step",
    "The windows begin in other steps: window (i, j) begins at row i * stride and column j * "
    "stride.",
)
whole_window = partial(Mistake, "whole-window", "All numbers of a window get its whole gradient.")
negative_windows = partial(
    Mistake,
    "negative-windows",
    "Windows of negative numbers hand nothing on; they have a largest, too.",
)
all_positive = partial(
    Mistake,
    "all-positive",
    "All positive numbers of a window get its gradient; the largest gets it alone.",
)
not_moved = partial(
    Mistake,
    "not-moved",
    "The place is counted within its window; add where the window begins.",
)
of_picture = partial(
    Mistake,
    "of-picture",
    "All goes to the largest number of the picture; each window has its own.",
)
place_exchanged = partial(
    Mistake,
    "place-exchanged",
    "The row and the column of the largest number are exchanged.",
)
place_of_first = partial(
    Mistake,
    "place-of-first",
    "The largest number is looked for in the first picture, or in the first channel; each has "
    "its own.",
)


def of_convolution(x, w, b, param):
    """Return the mistakes in a convolution's output."""
    found = [*in_windows(x, w, b, param), *in_filters(x, w, b, param), *in_biases(x, w, b, param)]
    for named, other in other_paddings(x, param["pad"]):
        found.append(named(convolve(other, w, b, param | {"pad": 0})))
    right = convolve(x, w, b, param)
    if param["pad"] == 0:
        H, W = right.shape[2:]
        found.append(padding_1(convolve(padded(x, 1), w, b, param)[:, :, :H, :W]))
    return distinct(right, found)


def in_windows(x, w, b, param):
    """Return mistakes in where windows lie, and in which pictures they are cut from."""
    right, stride = convolve(x, w, b, param), param["stride"]
    H, W = right.shape[2:]
    every = convolve(x, w, b, param | {"stride": 1})
    steps = [
        (down * stride or 1, across * stride or 1) for down, across in ((0, 0), (0, 1), (1, 0))
    ]
    return [
        *(no_stride(every[:, :, ::down, ::across][:, :, :H, :W]) for down, across in steps),
        no_dilation(convolve(x, w, b, param | {"dilation": 1})[:, :, :H, :W]),
        first_picture(np.broadcast_to(right[:1], right.shape)),
        first_picture(of_first(right)),
    ]


def in_filters(x, w, b, param):
    """Return mistakes in how a filter is laid on a window."""
    right, by_itself = convolve(x, w, b, param), b[:, None, None]
    channels = range(x.shape[1])
    orders = [w.transpose(axes).reshape(w.shape) for axes in ((0, 2, 3, 1), (0, 1, 3, 2))]
    orders.append(w.reshape(-1, len(w)).T.reshape(w.shape))
    return [
        flipped(convolve(x, w[:, :, ::-1, ::-1], b, param)),
        mirrored(convolve(x, w[:, :, ::-1], b, param)),
        mirrored(convolve(x, w[..., ::-1], b, param)),
        *(one_channel(convolve(x[:, k:][:, :1], w[:, k:][:, :1], b, param)) for k in channels),
        one_filter(convolve(x, np.broadcast_to(w[:1], w.shape), b, param)),
        mean_of_window((right - by_itself) / w[0].size + by_itself),
        *(rows_of_filters(convolve(x, other, b, param)) for other in orders),
        channels_reversed(convolve(x, w[:, ::-1], b, param)),
        no_filter(convolve(x, np.ones(w.shape), b, param)),
    ]


def in_biases(x, w, b, param):
    """Return outputs to which another bias is added."""
    products = convolve(x, w, 0 * b, param)
    return [
        other_bias(products + np.resize(b, len(x))[:, None, None, None]),
        other_bias(products + b[0]),
    ]


def other_paddings(x, pad):
    """Return (sentence, pictures padded in another way) of each."""
    return (
        (pad_after, padded(x, (0, 2 * pad))),
        (pad_before, padded(x, (2 * pad, 0))),
        (edge, padded(x, pad, mode="edge")),
    )


def of_convolution_slopes(what, x, w, dout, param):
    """Return the mistakes in `what`, one of x, w and b, the gradient of a convolution."""
    k = "xwb".index(what)
    found = [first_picture(conv_slopes(x, w, of_first(dout), param)[k])]
    found += {"x": in_dx, "w": in_dw}.get(what, no_more)(x, w, dout, param)
    for named, axes in ((cut_up, (0, 1, 2, 3)), (pictures_last, (1, 2, 3, 0))):
        found.append(named(conv_slopes(x, w, taken_for_rows(dout, axes), param)[k]))
    for axis in (2, 3):
        found.append(last_windows(conv_slopes(x, w, without_last(dout, axis), param)[k]))
    if param["pad"] == 0 and what != "b":
        wide = in_the_corner(padded(x, 1), w, dout, param)[k]
        found.append(padding_1(wide[:, :, 1:-1, 1:-1] if what == "x" else wide))
    return distinct(conv_slopes(x, w, dout, param)[k], found)


def no_more(x, w, dout, param):
    """Return no mistakes: a wrong bias is recognised by its factors."""
    return []


def without_last(dout, axis):
    """Return dout with zeros in its last row (axis 2), or in its last column (axis 3)."""
    cut = dout.swapaxes(0, axis).copy()
    cut[-1] = 0
    return cut.swapaxes(0, axis)


def taken_for_rows(dout, axes):
    """Return dout as it is misread if its numbers along axes are taken as rows of filters."""
    N, F, *places = dout.shape
    return dout.transpose(axes).reshape(F, N, *places).swapaxes(0, 1)


def of_first(array):
    """Return the numbers of the first picture, and 0 for all others."""
    return array * (np.arange(len(array)) == 0)[:, None, None, None]


def in_dx(x, w, dout, param):
    """Return mistakes in the gradient along the pictures."""
    HH, WW = w.shape[2:]
    last = dout[:, -1].reshape(-1, 1) * w[-1].ravel()
    filters = [(w[k:][:1], dout[:, k:][:, :1]) for k in (0, -1)]
    return [
        flipped(conv_slopes(x, w[:, :, ::-1, ::-1], dout, param)[0]),
        last_of_several(where_the_last_wins(x, lambda x: columns(x, HH, WW, param).T, last)),
        uncut(cut_at_the_end(x, w, dout, param)),
        no_stride(in_the_corner(x, w, dout, param | {"stride": 1})[0]),
        no_dilation(in_the_corner(x, w, dout, param | {"dilation": 1})[0]),
        *(one_filter(conv_slopes(x, one, its, param)[0]) for one, its in filters),
        one_filter(conv_slopes(x, np.broadcast_to(w[:1], w.shape), dout, param)[0]),
    ]


def in_dw(x, w, dout, param):
    """Return mistakes in the gradient along the filters."""
    return [
        first_picture(conv_slopes(np.broadcast_to(x[:1], x.shape), w, dout, param)[1]),
        flipped(conv_slopes(x, w, dout, param)[1][:, :, ::-1, ::-1]),
        last_of_several(conv_slopes(x, w, dout * is_last(dout), param)[1]),
        no_stride(in_the_corner(x, w, dout, param | {"stride": 1})[1]),
        no_dilation(in_the_corner(x, w, dout, param | {"dilation": 1})[1]),
        *(
            named(conv_slopes(other, w, dout, param | {"pad": 0})[1])
            for named, other in other_paddings(x, param["pad"])
        ),
    ]


def is_last(dout):
    """Return a mask for the last picture's last place."""
    mask = np.zeros(dout.shape, bool)
    mask[-1, :, -1, -1] = True
    return mask


def cut_at_the_end(x, w, dout, param):
    """Return the first H rows and W columns of the gradient along padded pictures."""
    whole = conv_slopes(padded(x, param["pad"]), w, dout, param | {"pad": 0})[0]
    return whole[:, :, : x.shape[2], : x.shape[3]]


def in_the_corner(x, w, dout, param):
    """Return dx and dw if dout belongs to the first rows and columns of a larger output."""
    wide = np.zeros(convolve(x, w, np.zeros(len(w)), param).shape)
    wide[:, :, : dout.shape[2], : dout.shape[3]] = dout
    return conv_slopes(x, w, wide, param)[:2]


def where_the_last_wins(x, laid_out, values):
    """Return dx if numbers that meet in one place replace one another."""
    kept, count = np.zeros(1 + x.size), 1.0 + np.arange(x.size).reshape(x.shape)
    kept[laid_out(count).round().astype(int)] = values
    return kept[1:].reshape(x.shape)


ORDERS = (
    (channels_last, (1, 2, 0, 3, 4, 5)),
    (batch_last, (0, 1, 2, 4, 5, 3)),
    (other_way_round, (0, 2, 1, 3, 4, 5)),
    (other_way_round, (0, 1, 2, 3, 5, 4)),
    (other_way_round, (0, 2, 1, 3, 5, 4)),
)
"""Orders of the axes (c, hh, ww, n, i, j) in which columns are laid out by mistake."""


def column_axes(x, HH, WW, param):
    """Return the sizes of the axes (c, hh, ww, n, i, j)."""
    places = convolve(x, np.zeros((1, x.shape[1], HH, WW)), np.zeros(1), param).shape[2:]
    return x.shape[1], HH, WW, len(x), *places


def of_columns(x, HH, WW, param):
    """Return the mistakes in the columns of pictures."""
    right, axes = columns(x, HH, WW, param), column_axes(x, HH, WW, param)
    laid = right.reshape(axes)
    found = [named(laid.transpose(order).reshape(right.shape)) for named, order in ORDERS]
    found.append(flipped(laid[:, ::-1, ::-1].reshape(right.shape)))
    for other in (np.broadcast_to(laid[:, :, :, :1], axes), laid * is_first(x)):
        found.append(first_picture(other.reshape(right.shape)))
    for named, close in closer(param):
        wide = columns(x, HH, WW, close).reshape(column_axes(x, HH, WW, close))
        found.append(named(wide[..., : axes[4], : axes[5]].reshape(right.shape)))
    by_tap = laid.transpose(1, 2, 3, 0, 4, 5).reshape(*axes[1:3], *axes[:1], -1)
    found.append(batch_mixed(by_tap.transpose(2, 0, 1, 3).reshape(right.shape)))
    for named, other in other_paddings(x, param["pad"]):
        found.append(named(columns(other, HH, WW, param | {"pad": 0})))
    return distinct(right, found)


def is_first(x):
    """Return 1 for the first picture and 0 for all others, along the axis n of (n, i, j)."""
    return (np.arange(len(x)) == 0)[:, None, None]


def closer(param):
    """Return (sentence, param without a stride or without a dilation) of each."""
    return (no_stride, param | {"stride": 1}), (no_dilation, param | {"dilation": 1})


def of_column_slopes(x, cols, HH, WW, param):
    """Return mistakes in the gradient of the columns."""
    axes = column_axes(x, HH, WW, param)
    back = partial(column_slopes, x, HH=HH, WW=WW, param=param)
    found = [named(back(read_in_order(cols, axes, order))) for named, order in ORDERS]
    found.append(first_picture(back((cols.reshape(axes) * is_first(x)).reshape(cols.shape))))
    for named, close in closer(param):
        wide = np.zeros(column_axes(x, HH, WW, close))
        wide[..., : axes[4], : axes[5]] = cols.reshape(axes)
        found.append(named(column_slopes(x, wide.reshape(len(cols), -1), HH, WW, close)))
    whole = column_slopes(padded(x, param["pad"]), cols, HH, WW, param | {"pad": 0})
    several = np.maximum(1, back(np.ones(cols.shape)))
    found += [
        flipped(back(cols.reshape(axes)[:, ::-1, ::-1].reshape(cols.shape))),
        last_of_several(where_the_last_wins(x, lambda x: columns(x, HH, WW, param), cols)),
        last_of_several(where_the_last_wins(x, lambda x: columns(x, HH, WW, param).T, cols.T)),
        uncut(whole[:, :, : x.shape[2], : x.shape[3]]),
        mean_of_several(back(cols) / several),
    ]
    return distinct(back(cols), found)


def read_in_order(cols, axes, order):
    """Return columns as they are if they are taken to be laid out in another order."""
    return cols.reshape([axes[a] for a in order]).transpose(np.argsort(order)).reshape(cols.shape)


def of_pooling(x, param, of):
    """Return the mistakes in pooling's output, where `of` is np.max or np.mean."""
    largest, (H, W) = pooled(x, param), pooled(x, param).shape[2:]
    seen, both = pool_windows(x, param), (np.max, np.mean)
    sides_given = param["pool_height"], param["pool_width"]
    found = [
        the_maximum(largest),
        common.mean(pooled(x, param, np.mean)),
        the_sum(pooled(x, param, np.sum)),
        smallest(pooled(x, param, np.min)),
        *(corner(seen[..., k, k]) for k in (0, -1)),
        *map(one_row, of_lines(x, param)),
        place(windows_in_steps(x, param, param["stride"], np.argmax)),
        *in_maxima(x, largest),
        negatives_as_0(pooled(np.maximum(0, x), param, np.mean)),
        largest_size(pooled(np.abs(x), param)),
        *(first_picture(of_first(pooled(x, param, of))) for of in both),
        *(no_stride(pooled(x, param | {"stride": 1}, of)[:, :, :H, :W]) for of in both),
        *(sides(other[:, :, :H, :W]) for other in other_sides(x, param)),
    ]
    for steps in (sides_given, 2):
        found += [other_step(windows_in_steps(x, param, steps, of)) for of in both]
    return distinct(pooled(x, param, of), found)


def in_maxima(x, largest):
    """Return mistakes in the range of a maximum."""
    return [
        max_from_0(np.maximum(0, largest)),
        over_batch(np.broadcast_to(largest.max(axis=0), largest.shape)),
        over_channels(np.broadcast_to(largest.max(axis=1, keepdims=True), largest.shape)),
    ]


def of_lines(x, param):
    """Yield the maxima and the means of the first row of each window, and of its first column."""
    seen = pool_windows(x, param)
    for line in (seen[..., 0, :], seen[..., 0]):
        yield line.max(axis=-1)
        yield line.mean(axis=-1)


def windows_in_steps(x, param, steps, of):
    """Return of(window) of windows that lie `steps` apart, if they end and begin at the edges."""
    out = np.zeros(pooled(x, param).shape)
    for at in np.ndindex(out.shape):
        top, left = np.minimum(np.multiply(steps, at[2:]), np.subtract(x.shape[2:], 1))
        below = x[at[:2]][top : top + param["pool_height"], left : left + param["pool_width"]]
        out[at] = of(below)
    return out


def other_sides(x, param):
    """Yield maxima and means of windows whose sides are exchanged, or equal; they stop at edges."""
    height, width = param["pool_height"], param["pool_width"]
    beyond = (0, height + width)
    for h, w in ((width, height), (width, width), (height, height), (2, 2)):
        changed = param | {"pool_height": h, "pool_width": w}
        yield pooled(padded(x, beyond, constant_values=-np.inf), changed)
        total, count = (pooled(padded(a, beyond), changed, np.sum) for a in (x, np.ones(x.shape)))
        yield total / np.maximum(1, count)


def of_pooling_slopes(x, dout, param, right):
    """Return the mistakes in dx, for the maximum and for the mean alike; right: the right dx."""
    found = [*in_shares(x, dout, param), *in_overlaps(x, dout, param)]
    wide = np.zeros(pool_windows(x, param | {"stride": 1}).shape[:4])
    wide[:, :, : dout.shape[2], : dout.shape[3]] = dout
    for slopes in (max_slopes, mean_slopes):
        found.append(first_picture(slopes(x, of_first(dout), param)))
        found.append(no_stride(slopes(x, wide, param | {"stride": 1})))
    for named, at in other_places(x, param):
        found.append(named(handed_on(dout, param, x.shape, at)))
    exchanged = spread(dout, param, x.shape, param["pool_width"], param["pool_height"])
    return distinct(right, [*found, sides(exchanged)])


def spread(dout, param, shape, height, width):
    """Return dx of this shape if windows of other sides share their gradient, up to the edge."""
    dx = np.zeros(shape)
    for n, c, i, j in np.ndindex(*dout.shape):
        top, left = i * param["stride"], j * param["stride"]
        window = dx[n, c, top : top + height, left : left + width]
        window += dout[n, c, i, j] / (height * width)
    return dx


def in_shares(x, dout, param):
    """Return mistakes in which numbers of a window get how much of its gradient."""
    seen, upstream = pool_windows(x, param), dout[..., None, None]
    largest, ones = seen == seen.max(axis=(-2, -1), keepdims=True), np.ones(seen.shape)
    in_corner, size = np.zeros(seen.shape), seen[0, 0, 0, 0].size
    in_corner[..., 0, 0] = 1
    return [
        the_maximum(max_slopes(x, dout, param)),
        common.mean(mean_slopes(x, dout, param)),
        whole_window(add_up(x, upstream * ones, param)),
        corner(add_up(x, upstream * in_corner, param)),
        corner(add_up(x, upstream / size * in_corner, param)),
        negative_windows(add_up(x, upstream * largest * (seen > 0), param)),
        all_positive(add_up(x, upstream * (seen > 0), param)),
        smallest(max_slopes(-x, dout, param)),
        largest_size(max_slopes(np.abs(x), dout, param)),
        common.no_dout(add_up(x, largest * 1.0, param)),
        common.no_dout(add_up(x, ones / size, param)),
    ]


def in_overlaps(x, dout, param):
    """Return dx if the gradients of overlapping windows replace one another."""
    seen, upstream = pool_windows(x, param), dout[..., None, None]
    largest = seen == seen.max(axis=(-2, -1), keepdims=True)
    size, laid = seen[0, 0, 0, 0].size, lambda x: pool_windows(x, param)
    return [
        last_of_several(where_the_last_wins(x, laid, upstream * np.ones(seen.shape) / size)),
        last_of_several(where_the_last_wins(x, laid, upstream * largest)),
        last_of_several(where_the_last_wins(x, lambda x: laid(x)[largest], dout.ravel())),
    ]


def handed_on(dout, param, shape, at):
    """Return dx of this shape if at(n, c, corner) is where a window's gradient goes."""
    dx, last = np.zeros(shape), np.subtract(shape[2:], 1)
    for window in np.ndindex(dout.shape):
        n, c, i, j = window
        row, column = np.minimum(at(n, c, (i * param["stride"], j * param["stride"])), last)
        dx[n, c, row, column] += dout[window]
    return dx


def place_of_largest(window):
    """Return the row and the column of the largest number of a window."""
    return np.array(np.unravel_index(window.argmax(), window.shape))


def other_places(x, param):
    """Return (sentence, function that says where the largest number is) of each mistake."""
    height, width = param["pool_height"], param["pool_width"]

    def within(n, c, corner, h=height, w=width):
        top, left = corner
        return place_of_largest(x[n, c, top : top + h, left : left + w])

    def in_sides(h, w):
        return sides, lambda n, c, corner: within(n, c, corner, h, w) + corner

    return (
        (not_moved, within),
        (of_picture, lambda n, c, corner: place_of_largest(x[n, c])),
        (place_exchanged, lambda n, c, corner: within(n, c, corner)[::-1] + corner),
        (place_of_first, lambda n, c, corner: within(0, c, corner) + corner),
        (place_of_first, lambda n, c, corner: within(n, 0, corner) + corner),
        *(in_sides(h, w) for h, w in ((width, width), (height, height), (width, height), (2, 2))),
    )
