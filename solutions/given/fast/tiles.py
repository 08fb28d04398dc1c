"""Convolution by a quarter of the multiplications.

Down a picture, slices.py makes do with half the multiplications. The same can be done across,
with the numbers that come out: for a tile of 4 x 4 pixels of out and filters of 3 x 3 taps, 36
multiplications take the place of 16 * 9. With matrices as in slices.py,

    out = A^T [(G g G^T) * (B^T x B)] A,

where x is the 6 x 6 pixels that the tile sees. Each of its 36 values is multiplied by one number of
each filter, and the products are added up over the channels: a matrix product for each of the 36,
over all tiles. The price is rounding errors about ten times as large; and a number that is not
finite spreads over all tiles of its rows, for the zeros of banded matrices meet it, too.

Lavin and Gray, Fast algorithms for convolutional neural networks, CVPR 2016 (arXiv:1509.09308).
"""

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import as_strided

from .slices import STEP, values

ACROSS = 8
"""Tiles that a block of a banded matrix holds: larger ones hold more zeros."""


def tiles_pay(w_shape, height, width):
    """Return whether tiles are worth their additions for filters (F, C, HH, WW), out (H', W').

    To take a value, or to go back from one, takes about as long as thirty multiplications more.
    """
    F, C, HH, WW = w_shape
    numbers = -(-height // STEP) * (STEP + HH - 1) * -(-width // STEP) * (STEP + WW - 1)
    saved = C * F * (height * width * HH * WW - numbers)
    return max(HH, WW) <= STEP and saved >= 30 * (C + F) * numbers


class Banded:
    """A matrix that is zero far from its diagonal, as blocks of rows without those zeros."""

    def __init__(self, matrix, rows, dtype):
        """Cut a matrix into blocks of so many rows.

        Columns first: products with small blocks that lie like this are up to twice as fast.
        """
        self.blocks = []
        for k in range(0, len(matrix), rows):
            block = matrix[k : k + rows]
            used = np.flatnonzero(block.any(axis=0))
            held = slice(used[0], used[-1] + 1) if len(used) else slice(0)
            self.blocks.append((slice(k, k + rows), held, np.asfortranarray(block[:, held], dtype)))

    def times(self, x, out):
        """Write matrix @ x to out, for all of the axes before the last two."""
        for rows, held, block in self.blocks:
            np.matmul(block, x[..., held, :], out=out[..., rows, :])


class Across:
    """What tiles do across pictures.

    seen: takes pixels of x to values, B^T for each tile; given: values to pixels of out, A^T for
    each tile; seen_back and given_back: their transposes, for gradients. Padding is pixels that
    have no column in B^T, and a tile that is too long has rows of A^T left out.
    """

    def __init__(self, size, taps, pad, dtype):
        """Let filters with so many taps look at rows of so many pixels."""
        points, outputs = STEP + taps - 1, size + 2 * pad - taps + 1
        tiles = -(-outputs // STEP)
        seen = np.zeros((tiles, points, pad + tiles * STEP + taps + size))
        given = np.zeros((tiles, STEP, tiles, points))
        A, B = values(points, STEP), np.linalg.inv(values(points, points))
        for tile in range(tiles):
            seen[tile, :, STEP * tile : STEP * tile + points] = B.T
            given[tile, :, tile] = A.T
        seen = seen[:, :, pad : pad + size].reshape(-1, size)
        given = given.reshape(-1, tiles * points)[:outputs]
        self.seen = Banded(seen, ACROSS * points, dtype)
        self.given = Banded(given, ACROSS * STEP, dtype)
        self.seen_back = Banded(seen.T, ACROSS * STEP, dtype)
        self.given_back = Banded(given.T, ACROSS * points, dtype)


across = lru_cache(Across)
"""Returns an Across: made once for all batches."""


class ByTiles:
    """How filters look at pictures, a tile at a time."""

    def __init__(self, x_shape, w_shape, pad, dtype):
        """Let filters (F, C, HH, WW) look at pictures (N, C, H, W)."""
        _, self.C, self.H, W = x_shape
        self.F, _, HH, WW = w_shape
        self.pad, self.dtype, self.across = pad, dtype, across(W, WW, pad, dtype)
        self.height, self.width = self.H + 2 * pad - HH + 1, W + 2 * pad - WW + 1
        self.tiles = -(-self.height // STEP), -(-self.width // STEP)
        self.points = STEP + HH - 1, STEP + WW - 1
        whole, half = np.prod(self.tiles) * np.prod(self.points), self.tiles[1] * self.points[1]
        rows = STEP * (self.tiles[0] + 1)
        numbers = (whole + half * rows) * (self.C + self.F) + half * rows * self.C
        self.bytes_each = int(numbers) * dtype.itemsize
        self.bytes_fixed = int(np.prod(self.points)) * self.C * self.F * dtype.itemsize
        self.A = values(self.points[0], STEP).astype(dtype)
        self.B = np.linalg.inv(values(self.points[0], self.points[0])).astype(dtype)
        self.G = [values(STEP + taps - 1, taps).astype(dtype) for taps in (HH, WW)]

    def rows(self, w):
        """Return the values of filters (F, C, HH, WW) at all points: (points, points, C, F)."""
        taps = np.ascontiguousarray(w.transpose(2, 3, 1, 0), self.dtype)
        down = self.G[0] @ taps.reshape(len(taps), -1)
        both = self.G[1] @ down.reshape(len(down), taps.shape[1], -1)
        return both.reshape(*self.points, self.C, self.F)

    def turned(self, w):
        """Return the same, (points, points, F, C)."""
        return np.ascontiguousarray(self.rows(w).swapaxes(2, 3))

    def dfilters(self, drows):
        """Return the gradient of filters (F, C, HH, WW), given that of their values."""
        both = self.G[0].T @ drows.reshape(len(drows), -1)
        taps = self.G[1].T @ both.reshape(len(both), self.points[1], -1)
        dw = taps.reshape(*taps.shape[:2], self.C, self.F)
        return np.ascontiguousarray(dw.transpose(3, 2, 0, 1))

    def room(self, pictures):
        """Return buffers for so many pictures."""
        return Tiles(self, pictures)


class Tiles:
    """The values of a block of pictures, and the outputs, in buffers used again.

    Values are taken across pictures first. half: (pictures, rows, tiles * points, channels), rows
    of pixels, with rows of zeros for padding. Then down. whole: (points down, tiles down,
    pictures, tiles across * points * channels).
    """

    def __init__(self, way, pictures):
        """Make room for so many pictures."""
        self.way, (down, _), points = way, way.tiles, way.points[0]
        self.x_half, self.seen = self.half(pictures, STEP * down + points - STEP, way.C, points)
        self.dx_half, self.dseen = self.half(pictures, STEP * (down + 1), way.C, STEP)
        self.out_half, self.given = self.half(pictures, STEP * down, way.F, STEP)
        self.x_tiles, self.x_values = self.whole(pictures, way.C)
        self.out_tiles, self.out_values = self.whole(pictures, way.F)

    def half(self, pictures, rows, channels, size):
        """Return half, and a view of its rows, `size` at a time, from every fourth row on."""
        numbers = self.way.tiles[1] * self.way.points[1]
        half = np.zeros((pictures, rows, numbers, channels), self.way.dtype)
        lines = half.reshape(pictures, rows, numbers * channels)
        picture, line, number = lines.strides
        shape = pictures, 1 + (rows - size) // STEP, size, numbers * channels
        return half, as_strided(lines, shape, (picture, STEP * line, line, number))

    def whole(self, pictures, channels):
        """Return views of whole: tile by tile down each picture, and point by point.

        The first is (pictures, tiles down, points down, numbers across), the second (points,
        points, places of tiles, channels).
        """
        (down, across), (points, points_across) = self.way.tiles, self.way.points
        sizes = points, down, pictures, across * points_across * channels
        whole = np.zeros(sizes, self.way.dtype)
        places = whole.reshape(points, down * pictures * across, points_across, channels)
        return whole.transpose(2, 1, 0, 3), places.swapaxes(1, 2)

    def see(self, x):
        """Take the values of pictures (n, C, H, W)."""
        way, n = self.way, len(x)
        way.across.seen.times(x.transpose(0, 2, 3, 1), self.x_half[:n, way.pad : way.pad + way.H])
        np.matmul(way.B.T, self.seen[:n], out=self.x_tiles[:n])

    def give(self, x, rows, b, out):
        """Write the convolution of pictures (n, C, H, W), plus b, to out (n, F, H', W').

        The second point is 1, where each pixel has a share of 1 in the value.
        """
        way, n = self.way, len(x)
        self.see(x)
        np.matmul(self.x_values, rows, out=self.out_values)
        self.out_values[1, 1] += b
        np.matmul(way.A.T, self.out_tiles[:n], out=self.given[:n])
        way.across.given.times(self.out_half[:n, : way.height], out.transpose(0, 2, 3, 1))

    def take(self, x, dout):
        """Take in pictures (n, C, H, W) and the gradient of out (n, F, H', W')."""
        way, n = self.way, len(x)
        self.see(x)
        way.across.given_back.times(dout.transpose(0, 2, 3, 1), self.out_half[:n, : way.height])
        np.matmul(way.A, self.given[:n], out=self.out_tiles[:n])
        self.x_tiles[n:] = self.out_tiles[n:] = 0

    def drows(self):
        """Return the gradient of the filters' values."""
        return self.x_values.swapaxes(2, 3) @ self.out_values

    def db(self):
        """Return the gradient of b, which was added where all pixels have a share of 1."""
        return self.out_values[1, 1].sum(axis=0)

    def spread(self, turned, dx):
        """Write to dx (n, C, H, W) the values' gradient, summed for each pixel.

        The last rows that a tile sees are the first of the tile below.
        """
        way, n = self.way, len(dx)
        np.matmul(self.out_values, turned, out=self.x_values)
        first, last, tiles = way.B[:STEP], way.B[STEP:], self.x_tiles[:n]
        np.matmul(first, tiles, out=self.dseen[:n, :-1])
        self.dseen[:n, -1] = 0
        self.dseen[:n, 1:, : len(last)] += last @ tiles
        dhalf = self.dx_half[:n, way.pad : way.pad + way.H]
        way.across.seen_back.times(dhalf, dx.transpose(0, 2, 3, 1))
