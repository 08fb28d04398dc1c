"""Convolution as one matrix product: filters as rows, windows as columns, out = rows @ columns.

The gradient of the rows is then dout @ columns^T, and that of the columns rows^T @ dout, which is
added up where the windows were taken from.
"""

from functools import cached_property

import numpy as np

from .sheets import Sheets


class ByColumns:
    """The windows of pictures, one column for each."""

    def __init__(self, windows, w_shape, dtype):
        """Let filters (F, C, HH, WW) look through Windows."""
        self.filters, _, self.HH, self.WW = w_shape
        self.windows, self.dtype = windows, dtype
        self.height, self.width = windows.height, windows.width
        length = len(windows.taps) * windows.C
        self.bytes_fixed = 0
        self.bytes_each = length * max(windows.area, self.filters) * dtype.itemsize

    def rows(self, w):
        """Return filters (F, C, HH, WW) as rows (F, HH * WW * C), tap by tap like the columns."""
        return np.ascontiguousarray(w.transpose(0, 2, 3, 1)).reshape(len(w), -1)

    def turned(self, w):
        """Return the same, (HH * WW * C, F)."""
        return self.rows(w).T

    def dfilters(self, drows):
        """Return the gradient of the filters (F, C, HH, WW), given that of the rows."""
        dw = drows.reshape(self.filters, self.HH, self.WW, -1)
        return np.ascontiguousarray(dw.transpose(0, 3, 1, 2))

    def room(self, pictures):
        """Return buffers for so many pictures."""
        return Columns(self.windows, self.filters, pictures, self.dtype)


class Columns:
    """The windows of a block of pictures as columns, and the outputs, in buffers used again.

    numbers: (pictures, HH * WW * C, area), tap by tap; outs: (pictures, F, area). Windows begin
    in the part called used.
    """

    def __init__(self, windows, filters, pictures, dtype):
        """Make room for so many pictures."""
        self.windows, taps = windows, len(windows.taps)
        self.sheets = Sheets(windows, pictures, dtype)
        self.numbers = np.zeros((pictures, taps * windows.C, windows.area), dtype)
        self.outs = np.zeros((pictures, filters, windows.area), dtype)
        self.used, self.outs_used = (a[:, :, : windows.used] for a in (self.numbers, self.outs))
        self.taps = self.numbers.reshape(pictures, taps, -1).swapaxes(0, 1)

    @cached_property
    def dsheets(self):
        """Make sheets for a gradient, which forward has no need of."""
        return Sheets(self.windows, len(self.numbers), self.numbers.dtype)

    def see(self, x):
        """Lay out the windows of pictures (n, C, H, W) as columns: im2col."""
        self.sheets.write(x)
        self.sheets.look(self.numbers.reshape(len(self.numbers), len(self.taps), -1))

    def give(self, x, rows, b, out):
        """Write the convolution of pictures (n, C, H, W), plus b, to out (n, F, H', W')."""
        self.see(x)
        np.matmul(rows, self.used, out=self.outs_used)
        np.add(self.windows.outputs(self.outs)[: len(out)], b[:, None, None], out=out)

    def take(self, x, dout):
        """Take in pictures (n, C, H, W) and the gradient of out (n, F, H', W')."""
        self.see(x)
        self.windows.outputs(self.outs)[: len(dout)] = dout
        self.outs[len(dout) :] = 0

    def drows(self):
        """Return the gradient of the rows."""
        return (self.outs_used @ self.used.transpose(0, 2, 1)).sum(axis=0)

    def db(self):
        """Return the gradient of b."""
        return self.outs.sum(axis=(0, 2))

    def spread(self, turned, dx):
        """Write to dx (n, C, H, W) the columns' gradient, summed for each pixel: col2im."""
        np.matmul(turned, self.outs_used, out=self.used)
        self.numbers[:, :, self.windows.used :] = 0
        self.dsheets.clear()
        for column, tap in zip(self.taps, self.dsheets.taps, strict=True):
            tap += column
        self.dsheets.read(dx)
