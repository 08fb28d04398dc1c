"""Convolution and max pooling for real pictures: the naive loops' results, much sooner.

Given code, in NumPy alone. What makes it fast:

- Nearly all the work is matrix products, as in im2col. But the columns of a whole batch are many
  times larger than the batch; so a block of pictures is done at a time, small enough for its
  columns to stay in the core's cache, in buffers that all blocks of a strip use again.
- A column matrix is filled by one copy per tap, and emptied by one sum per tap, in long runs of
  memory (sheets.py), instead of picking numbers.
- Strips of the batch are spread over the cores (parallel.py).
- Nothing is ever converted: float32 stays float32, which is twice as fast as float64.
"""

import numpy as np

from .parallel import in_parallel, strips
from .sheets import Columns, Sheets, Windows
from .windows import conv_sizes, pool_sizes, require_filters


def conv_forward_fast(x, w, b, conv_param):
    """Return the convolution of pictures with filters, as conv_forward_naive does.

    x: (N, C, H, W) pictures, w: (F, C, HH, WW) filters, b: (F,) biases.
    conv_param: dict of 'stride' and 'pad', in pixels, and 'dilation' (1 if it is not there).
    Returns (out, cache), out (N, F, H', W') with
        H' = 1 + (H + 2 pad - dilation (HH - 1) - 1) // stride, and W' likewise.
    Raises ValueError if the shapes do not fit.
    """
    require_filters(x, w, b)
    windows = conv_windows(x, w, conv_param)
    rows = filter_rows(w)
    out = np.empty((len(x), len(w), windows.height, windows.width), np.result_type(x, w, b))

    def work(strip):
        columns = Columns(windows, len(x[strip[0]]), out.dtype)
        outs = np.zeros((len(columns.used), len(w), windows.area), out.dtype)
        for block in strip:
            columns.fill(x[block])
            np.matmul(rows, columns.used, out=outs[:, :, : windows.used])
            inside = windows.outputs(outs)[: len(x[block])]
            np.add(inside, b[:, None, None], out=out[block])

    in_parallel(work, strips(len(x), bytes_each(windows, rows, out.dtype)))
    return out, (x, w, conv_param)


def conv_backward_fast(dout, cache):
    """Return the gradients of a convolution.

    With filters as rows and windows as columns, out = rows @ columns. So the gradient of the rows
    is dout @ columns^T, and that of the columns rows^T @ dout, which is added up where the windows
    were taken from. The columns are made again: to keep them would take HH * WW times x's memory.

    dout: (N, F, H', W') gradient of the loss with respect to out; cache: from conv_forward_fast.
    Returns dx (N, C, H, W), dw (F, C, HH, WW), db (F,).
    """
    x, w, conv_param = cache
    windows = conv_windows(x, w, conv_param)
    rows = filter_rows(w)
    dx = np.empty(x.shape, np.result_type(dout, x, w))

    def work(strip):
        columns = Columns(windows, len(x[strip[0]]), dx.dtype)
        douts = np.zeros((len(columns.used), len(w), windows.area), dx.dtype)
        used = douts[:, :, : windows.used]
        drows = np.zeros(rows.shape, dx.dtype)
        for block in strip:
            n = len(x[block])
            columns.fill(x[block])
            windows.outputs(douts)[:n] = dout[block]
            drows += (used[:n] @ columns.used[:n].transpose(0, 2, 1)).sum(axis=0)
            np.matmul(rows.T, used, out=columns.used)
            columns.spread(dx[block])
        return drows

    parts = in_parallel(work, strips(len(x), bytes_each(windows, rows, dx.dtype)))
    drows = sum(parts, np.zeros(rows.shape, dx.dtype))
    F, C, HH, WW = w.shape
    dw = np.ascontiguousarray(drows.reshape(F, HH, WW, C).transpose(0, 3, 1, 2))
    return dx, dw, dout.sum(axis=(0, 2, 3))


def max_pool_forward_fast(x, pool_param):
    """Return the maximum of every window, as max_pool_forward_naive does.

    x: (N, C, H, W) pictures. pool_param: dict of 'pool_height', 'pool_width' and 'stride'.
    Returns (out, cache), out (N, C, H', W') with H' = 1 + (H - pool_height) // stride, and W'
        likewise.
    Raises ValueError if a window is larger than the picture.
    """
    windows = pool_windows(x.shape, pool_param)
    out = np.empty((*x.shape[:2], windows.height, windows.width), x.dtype)

    def work(strip):
        sheets = Sheets(windows, len(x[strip[0]]), x.dtype)
        largest = np.empty(sheets.taps[0].shape, x.dtype)
        for block in strip:
            sheets.write(x[block])
            largest[:] = sheets.taps[0]
            for tap in sheets.taps[1:]:
                np.maximum(largest, tap, out=largest)
            out[block] = windows.outputs(largest)[: len(x[block])]

    in_parallel(work, strips(len(x), windows.C * windows.area * x.itemsize))
    return out, (x, out, pool_param)


def max_pool_backward_fast(dout, cache):
    """Return the gradient of max pooling: of a window's equal largest numbers, the first counts.

    A tap that holds the maximum takes what is left of the window's gradient, all or nothing, and
    leaves none to later ones. To multiply by 0 or 1 is 20 times as fast here as to pick by a mask.

    dout: (N, C, H', W') gradient of the loss with respect to out; cache: from
    max_pool_forward_fast. Returns dx (N, C, H, W).
    """
    x, out, pool_param = cache
    windows = pool_windows(x.shape, pool_param)
    dx = np.empty(x.shape, dout.dtype)

    def work(strip):
        n = len(x[strip[0]])
        sheets, dsheets = Sheets(windows, n, x.dtype), Sheets(windows, n, dout.dtype)
        largest = np.zeros(sheets.taps[0].shape, x.dtype)
        douts = np.zeros(sheets.taps[0].shape, dout.dtype)
        for block in strip:
            n = len(x[block])
            sheets.write(x[block])
            dsheets.clear()
            windows.outputs(largest)[:n] = out[block]
            windows.outputs(douts)[:n] = dout[block]
            for tap, dtap in zip(sheets.taps, dsheets.taps, strict=True):
                share = douts * (tap == largest)
                dtap += share
                douts -= share
            dsheets.read(dx[block])

    in_parallel(work, strips(len(x), windows.C * windows.area * x.itemsize))
    return dx


def pool_windows(x_shape, pool_param):
    """Return the Windows of a pooling layer."""
    HH, WW, stride, height, width = pool_sizes(x_shape, pool_param)
    return Windows(x_shape, HH, WW, stride, 0, 1, height, width)


def conv_windows(x, w, conv_param):
    """Return the Windows of a convolution."""
    HH, WW = w.shape[2:]
    return Windows(x.shape, HH, WW, *conv_sizes(x.shape, HH, WW, conv_param))


def filter_rows(w):
    """Return filters (F, C, HH, WW) as rows (F, HH * WW * C), tap by tap like the columns."""
    return np.ascontiguousarray(w.transpose(0, 2, 3, 1)).reshape(len(w), -1)


def bytes_each(windows, rows, dtype):
    """Return how many bytes the columns of one picture take, or its dw where that is larger."""
    return rows.shape[1] * max(windows.area, len(rows)) * dtype.itemsize
