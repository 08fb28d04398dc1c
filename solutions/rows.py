"""Convolution as matrix products with what filters see of each row of a picture.

im2col copies a pixel once for each tap of a filter, HH * WW times. Here it is copied for the taps
across only, WW times: of each row of the picture, what its windows see through one row of the
filter. What they see through the next row of the filter is kept right behind it in memory. So a
window's HH rows are one run of numbers already, which begins where the run of the window above
has its second row; runs overlap, and nothing is copied down the picture.

Copying is a matrix product, too: a row of pixels times a matrix of zeros and ones, padding and
stride included. It is several times as fast as copying, and its transpose adds up what it copied.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


class ByRows:
    """How filters of any size look at pictures."""

    def __init__(self, x_shape, w_shape, stride, pad, dilation, height, width, dtype):
        """Let filters (F, C, HH, WW) look at pictures (N, C, H, W); the rest is as in conv_sizes.

        picked[j] takes W pixels to the W' that tap j sees. Between the rows of a filter with
        dilation there are rows of zeros.
        """
        _, self.C, self.H, W = x_shape
        self.F, _, HH, self.WW = w_shape
        self.HH = dilation * (HH - 1) + 1
        self.stride, self.pad, self.dilation, self.dtype = stride, pad, dilation, dtype
        self.height, self.width = height, width
        first = dilation * np.arange(self.WW)[:, None] - pad
        seen = np.arange(W)[:, None] == first[:, None] + stride * np.arange(width)
        self.picked = seen.astype(dtype)
        self.put = np.ascontiguousarray(self.picked.swapaxes(1, 2)).reshape(-1, W)
        across = self.C * self.WW * width
        rows = 2 * (self.H + pad) * across + (height + self.HH) * self.F * width
        self.bytes_each, self.bytes_fixed = rows * dtype.itemsize, 0

    def rows(self, w):
        """Return filters (F, C, HH, WW) as rows (F, HH * C * WW)."""
        whole = np.zeros((self.F, self.HH, self.C, self.WW), self.dtype)
        whole[:, :: self.dilation] = w.transpose(0, 2, 1, 3)
        return whole.reshape(self.F, -1)

    def turned(self, w):
        """Return the filters as backward needs them, (C * WW, some of the rows * F) a phase.

        Row r of a picture lies under the rows r, r - stride, r - 2 stride, ... of filters, seen
        by one window after the other; which rows these are depends on the phase, r % stride.
        """
        taps = self.rows(w).reshape(self.F, self.HH, -1).transpose(2, 1, 0)
        phases = [taps[:, p :: self.stride][:, ::-1] for p in range(min(self.stride, self.HH))]
        return [np.ascontiguousarray(phase).reshape(len(phase), -1) for phase in phases]

    def dfilters(self, drows):
        """Return the gradient of filters (F, C, HH, WW), given the rows', (HH, F, C * WW)."""
        dw = drows.reshape(-1, self.F, self.C, self.WW)
        return np.ascontiguousarray(dw.transpose(1, 2, 0, 3))

    def room(self, pictures):
        """Return buffers for so many pictures, forward."""
        return Seen(self, pictures)

    def room_back(self, pictures):
        """Return buffers for so many pictures, backward."""
        return Given(self, pictures)


class Seen:
    """What filters see of a block of pictures, in buffers used again.

    seen: (pictures, rows, C, WW * W') through each tap across, with rows of padding.
    """

    def __init__(self, way, pictures):
        """Make room for so many pictures."""
        self.way = way
        rows = way.H + 2 * way.pad
        self.seen = np.zeros((pictures, rows, way.C, way.WW * way.width), way.dtype)
        taps = self.seen.reshape(pictures, rows, way.C * way.WW, way.width)
        self.windows = runs(taps, way.HH)[:, :: way.stride][:, : way.height]

    def give(self, x, rows, b, out):
        """Write the convolution of pictures (n, C, H, W), plus b, to out (n, F, H', W')."""
        way, n = self.way, len(x)
        pictures = self.seen[:n, way.pad : way.pad + way.H].swapaxes(1, 2)
        np.matmul(x, way.put.T, out=pictures)
        np.matmul(rows, self.windows[:n], out=out.swapaxes(1, 2))
        out += b[:, None, None]


class Given:
    """The gradient of out for a block of pictures, and what it says, in buffers used again.

    spaced: (pictures, rows, F, W') that gradient, with rows of zeros above and below.
    sheets: (pictures, C, WW, stride, rows, W') what filters see, where a tap's numbers lie
        together, the rows of one phase, r % stride, after the other.
    dseen: (pictures, H, C * WW, W') the gradient of what is seen, without padding.
    """

    def __init__(self, way, pictures):
        """Make room for so many pictures."""
        self.way, s = way, way.stride
        above, rows = (way.HH - 1) // s, -(-(way.H + 2 * way.pad) // s)
        below = max(way.height, (way.pad + way.H - 1) // s + 1)
        self.spaced = np.zeros((pictures, above + below, way.F, way.width), way.dtype)
        self.inside = self.spaced[:, above : above + way.height].swapaxes(1, 2)
        self.sheets = np.zeros((pictures, way.C, way.WW, s, rows, way.width), way.dtype)
        self.dseen = np.zeros((pictures, way.H, way.C * way.WW, way.width), way.dtype)
        self.across = self.dseen.reshape(pictures, way.H, way.C, -1).swapaxes(1, 2)
        self.phases = [self.phase(p, above) for p in range(s)]
        self.taps = [self.tap(i) for i in range(0, way.HH, way.dilation)]

    def phase(self, p, above):
        """Return what belongs to rows r = p, p + stride, p + 2 stride, ... of padded pictures.

        That is (which rows of the picture they are, their sheet, runs of spaced that lie over
        them, their dseen); the runs are as long as rows of the filter lie over these rows.
        """
        way = self.way
        begin, end = -((p - way.pad) // way.stride), (way.pad + way.H - 1 - p) // way.stride + 1
        rows = slice(way.stride * begin + p - way.pad, None, way.stride)
        length = len(range(p, way.HH, way.stride))
        over = runs(self.spaced, length)[:, above + 1 - length :][:, begin:end]
        return rows, self.sheets[:, :, :, p, begin:end], over, self.dseen[:, rows]

    def tap(self, i):
        """Return what all windows see through row i of the filter, (pictures, H' * W', C * WW)."""
        way, (start, p) = self.way, divmod(i, self.way.stride)
        sheet = self.sheets[:, :, :, p, start : start + way.height]
        return sheet.reshape(len(sheet), way.C * way.WW, -1).swapaxes(1, 2)

    def take(self, x, dout):
        """Take in pictures (n, C, H, W) and the gradient of out (n, F, H', W')."""
        n = len(x)
        self.inside[:n] = dout
        self.dout = dout.reshape(n, self.way.F, self.way.height * self.way.width)
        for rows, sheet, _, _ in self.phases:
            np.matmul(x[:, :, None, rows], self.way.picked, out=sheet[:n])

    def drows(self):
        """Return the gradient of the rows, (HH, F, C * WW)."""
        seen = [tap[: len(self.dout)] for tap in self.taps]
        return np.stack([(self.dout @ tap).sum(axis=0) for tap in seen])

    def spread(self, turned, dx):
        """Write to dx (n, C, H, W) what its rows' gradient holds of each pixel."""
        n = len(dx)
        for filters, (_, _, over, dseen) in zip(turned, self.phases, strict=False):
            np.matmul(filters, over[:n], out=dseen[:n])
        np.matmul(self.across[:n], self.way.put, out=dx)


def runs(rows, length):
    """Return a view (pictures, k, length * channels, W') of each `length` neighbouring rows.

    rows: (pictures, rows, channels, W').
    """
    pictures, _, channels, width = rows.shape
    lines = rows.reshape(pictures, -1, width)
    views = sliding_window_view(lines, length * channels, axis=1)
    return views[:, ::channels].swapaxes(2, 3)
