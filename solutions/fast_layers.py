"""Convolution and max pooling for real pictures: the naive loops' results, much sooner.

Given code, in NumPy alone. What makes it fast:

- Nearly all the work is matrix products, as in im2col (columns.py), or half as many (slices.py),
  or a quarter (tiles.py). But the columns of a whole batch are many times larger than the batch;
  so a block of pictures is done at a time, small enough for its columns to stay in the core's
  cache, in buffers that all blocks of a thread use again.
- A column matrix is filled by one copy for many taps, and emptied by one sum per tap, in long runs
  of memory (sheets.py), instead of picking numbers.
- Strips of the batch are spread over the cores (threads.py).
- Nothing is ever converted: float32 stays float32, which is twice as fast as float64.
"""

import numpy as np

from .given.arguments import conv_sizes, pool_sizes, require_filters
from .given.fast.columns import ByColumns
from .given.fast.sheets import Sheets, Windows
from .given.fast.slices import BySlices, slices_pay
from .given.fast.threads import in_parallel, one_a_thread, strips
from .given.fast.tiles import ByTiles, tiles_pay


def conv_forward_fast(x, w, b, conv_param):
    """Return the convolution of pictures with filters, as conv_forward_naive does.

    For finite numbers, that is: beside one that is not, numbers may be nan that need not be.

    x: (N, C, H, W) pictures, w: (F, C, HH, WW) filters, b: (F,) biases.
    conv_param: dict of 'stride' and 'pad', in pixels, and 'dilation' (1 if it is not there).
    Returns (out, cache), out (N, F, H', W') with
        H' = 1 + (H + 2 pad - dilation (HH - 1) - 1) // stride, and W' likewise.
    Raises ValueError if the shapes do not fit.
    """
    require_filters(x, w, b)
    way = best_way(x, w, conv_param, np.result_type(x, w, b))
    rows, (parts, size) = way.rows(w), strips(len(x), way.bytes_each, way.bytes_fixed)
    out = channels_first((len(x), len(w), way.height, way.width), way.dtype)

    @one_a_thread
    def room_of_mine():
        return way.room(size)

    def work(strip):
        room = room_of_mine()
        for block in strip:
            room.give(x[block], rows, b, out[block])

    in_parallel(work, parts)
    return out, (x, w, conv_param)


def conv_backward_fast(dout, cache, needs_dx=True):
    """Return the gradients of a convolution.

    The columns are made again: to keep them would take HH * WW times x's memory.

    dout: (N, F, H', W') gradient of the loss with respect to out; cache: from conv_forward_fast.
    needs_dx: False where nobody asks for dx, since x is the data: that saves a third of the work.
    Returns dx (N, C, H, W), or None if there is no need of it; dw (F, C, HH, WW), db (F,).
    """
    x, w, conv_param = cache
    way = best_way(x, w, conv_param, np.result_type(dout, x, w))
    turned, (parts, size) = way.turned(w), strips(len(x), way.bytes_each, way.bytes_fixed)
    dx = np.empty(x.shape, way.dtype) if needs_dx else None

    @one_a_thread
    def room_of_mine():
        return way.room(size)

    def work(strip):
        room, drows, db = room_of_mine(), 0, 0
        for block in strip:
            room.take(x[block], dout[block])
            drows = drows + room.drows()
            db = db + room.db()
            if needs_dx:
                room.spread(turned, dx[block])
        return drows, db

    drows, db = (sum(shares) for shares in zip(*in_parallel(work, parts), strict=True))
    return dx, way.dfilters(drows), db


def channels_first(shape, dtype):
    """Return an empty array (N, C, H, W) in which the pixels of a channel lie together.

    So batch norm, which comes next in many nets, need not put them together.
    """
    N, C, H, W = shape
    return np.empty((C, N, H, W), dtype).swapaxes(0, 1)


def best_way(x, w, conv_param, dtype):
    """Return the faster way to lay out this convolution."""
    HH, WW = w.shape[2:]
    stride, pad, dilation, height, width = conv_sizes(x.shape, HH, WW, conv_param)
    if stride == dilation == 1 and dtype.char in "fd":
        if tiles_pay(w.shape, height, width):
            return ByTiles(x.shape, w.shape, pad, dtype)
        if slices_pay(w.shape):
            return BySlices(x.shape, w.shape, pad, dtype)
    windows = Windows(x.shape, HH, WW, stride, pad, dilation, height, width)
    return ByColumns(windows, w.shape, dtype)


def max_pool_forward_fast(x, pool_param):
    """Return the maximum of every window, as max_pool_forward_naive does.

    x: (N, C, H, W) pictures. pool_param: dict of 'pool_height', 'pool_width' and 'stride'.
    Returns (out, cache), out (N, C, H', W') with H' = 1 + (H - pool_height) // stride, and W'
        likewise.
    Raises ValueError if a window is larger than the picture.
    """
    windows = pool_windows(x.shape, pool_param)
    parts, size = strips(len(x), windows.bytes_each(x.dtype))
    out = np.empty((*x.shape[:2], windows.height, windows.width), x.dtype)
    first = np.empty(out.shape, np.min_scalar_type(len(windows.taps)))

    @one_a_thread
    def room_of_mine():
        sheets = Sheets(windows, size, x.dtype)
        return sheets, *(np.empty(sheets.taps[0].shape, a.dtype) for a in (out, first))

    def work(strip):
        sheets, most, where = room_of_mine()
        for block in strip:
            n = len(x[block])
            sheets.write(x[block])
            most[:], where[:] = sheets.taps[0], 0
            for k, tap in enumerate(sheets.taps[1:], start=1):
                np.maximum(where, where.dtype.type(k) * (tap > most), out=where)
                np.maximum(most, tap, out=most)
            out[block], first[block] = (windows.outputs(a)[:n] for a in (most, where))

    in_parallel(work, parts)
    return out, (x.shape, first, pool_param)


def max_pool_backward_fast(dout, cache):
    """Return the gradient of max pooling: of a window's equal largest numbers, the first counts.

    Forward kept which tap it was. To multiply by 0 or 1 is 20 times as fast here as to pick.

    dout: (N, C, H', W') gradient of the loss with respect to out; cache: from
    max_pool_forward_fast. Returns dx (N, C, H, W).
    """
    x_shape, first, pool_param = cache
    windows = pool_windows(x_shape, pool_param)
    parts, size = strips(len(dout), windows.bytes_each(dout.dtype))
    dx = channels_first(x_shape, dout.dtype)

    @one_a_thread
    def room_of_mine():
        sheets = Sheets(windows, size, dout.dtype)
        return sheets, *(np.zeros(sheets.taps[0].shape, a.dtype) for a in (dout, first))

    def work(strip):
        sheets, shares, where = room_of_mine()
        for block in strip:
            n = len(dout[block])
            sheets.clear()
            windows.outputs(shares)[:n], windows.outputs(where)[:n] = dout[block], first[block]
            for k, tap in enumerate(sheets.taps):
                tap += shares * (where == k)
            sheets.read(dx[block])

    in_parallel(work, parts)
    return dx


def pool_windows(x_shape, pool_param):
    """Return the Windows of a pooling layer."""
    HH, WW, stride, height, width = pool_sizes(x_shape, pool_param)
    return Windows(x_shape, HH, WW, stride, 0, 1, height, width)
