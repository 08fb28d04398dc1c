"""Pictures laid out in memory so that the inputs of a filter's tap are contiguous.

Written row after row, with zeros between the rows for padding, a picture has what tap (i, j) of
the windows sees in one piece, which begins i rows and j numbers after the picture does. NumPy
copies and adds such a run at the speed of the memory; picking W' numbers from each row takes
several times as long. The windows that begin where none should, near the ends of rows, come along
and are left out in the end: a few per cent more numbers, in far fewer pieces.

With a stride s, neighbouring windows begin s pixels apart. So rows r, r + s, r + 2s, ... and
columns q, q + s, q + 2s, ... go to sheet (r, q) of s * s sheets: there, neighbours are neighbours
again.
"""

from itertools import product
from math import gcd

import numpy as np


class Windows:
    """Where a layer's windows lie on sheets of `across` numbers a row and `area` a channel.

    Windows begin in the first `used` numbers of a channel. Zeros are shared: those right of a row
    are those left of the next, and those below a channel are those above the next. Hence
    across >= (W + pad) / stride, not W + 2 pad.
    """

    def __init__(self, x_shape, HH, WW, stride, pad, dilation, height, width):
        """Lay HH x WW windows on pictures (N, C, H, W); the rest is as conv_sizes returns it."""
        _, self.C, self.H, self.W = x_shape
        self.stride, self.pad, self.height, self.width = stride, pad, height, width
        self.across = max(-(-(self.W + pad) // stride), width)
        self.down = max(-(-(self.H + pad) // stride), height)
        self.area = self.down * self.across
        self.used = height * self.across
        self.HH, self.WW, self.dilation = HH, WW, dilation
        self.taps = [(i * dilation, j * dilation) for i in range(HH) for j in range(WW)]

    def bytes_each(self, dtype):
        """Return how many bytes the sheets of a picture take."""
        return self.stride**2 * self.C * self.area * dtype.itemsize

    def outputs(self, numbers):
        """Return the numbers of true windows: (n, channels, H', W') of (n, channels * area)."""
        rows = numbers.reshape(len(numbers), -1, self.down, self.across)
        return rows[:, :, : self.height, : self.width]


class Sheets:
    """Room for a block of pictures, laid out for windows.

    taps: one view (pictures, C * area) per tap, row by row: what it sees in all windows.
    """

    def __init__(self, windows, pictures, dtype):
        """Make empty sheets for so many pictures."""
        self.windows, s, size = windows, windows.stride, windows.C * windows.area
        starts = [i // s * windows.across + j // s for i, j in windows.taps]
        self.numbers = np.zeros((pictures, s, s, size + starts[-1]), dtype)
        self.taps = [
            self.numbers[:, i % s, j % s, start : start + size]
            for (i, j), start in zip(windows.taps, starts, strict=True)
        ]
        self.places = [self._place(windows, r, q) for r in range(s) for q in range(s)]

    def _place(self, windows, r, q):
        """Return which rows and columns of pictures sheet (r, q) holds, and the view of them."""
        s, pad = windows.stride, windows.pad
        rows = range((r - pad) % s, windows.H, s)
        columns = range((q - pad) % s, windows.W, s)
        top, left = (rows.start + pad) // s, (columns.start + pad) // s
        sheet = self.numbers[:, r, q, : windows.C * windows.area]
        sheet = sheet.reshape(len(sheet), windows.C, windows.down, windows.across)
        pixels = np.s_[:, :, rows.start :: s, columns.start :: s]
        return pixels, sheet[:, :, top : top + len(rows), left : left + len(columns)]

    def look(self, columns):
        """Copy the inputs of all taps to columns (pictures, HH * WW, C * area).

        Taps on the same sheet begin in equal steps: one copy serves them all.
        """
        windows, number = self.windows, self.numbers.itemsize
        each = windows.stride // gcd(windows.stride, windows.dilation)
        step = each * windows.dilation // windows.stride * number
        strides = self.numbers.strides[0], step * windows.across, step, number
        columns = columns.reshape(len(columns), windows.HH, windows.WW, -1)
        for i, j in product(range(min(each, windows.HH)), range(min(each, windows.WW))):
            first, taps = self.taps[i * windows.WW + j], columns[:, i::each, j::each]
            taps[:] = np.ndarray(taps.shape, taps.dtype, self.numbers, self.offset(first), strides)

    def offset(self, view):
        """Return how many bytes after the numbers' begin a view of them does."""
        return view.ctypes.data - self.numbers.ctypes.data

    def clear(self):
        """Make all zero."""
        self.numbers.fill(0)

    def write(self, x):
        """Copy pictures (n, C, H, W) to the sheets, with zeros around; there must be room for n.

        The zeros are those of new sheets, or of clear.
        """
        for pixels, sheet in self.places:
            sheet[: len(x)] = x[pixels]

    def read(self, x):
        """Copy the pictures from the sheets to x (n, C, H, W)."""
        for pixels, sheet in self.places:
            x[pixels] = sheet[: len(x)]
