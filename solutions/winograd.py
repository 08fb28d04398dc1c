"""Convolution by a quarter of the multiplications.

A polynomial p of 4 coefficients times a polynomial g of 3 has 6 coefficients, for which 12 pairs
of numbers are multiplied. But six values tell a polynomial of 6 coefficients; and each value of
the product is one multiplication, of p's value by g's. So take the values of both at six points
(A p and G g), multiply those, and go back to coefficients (B, the inverse of taking values):

    p g = B [(G g) * (A p)].

For a given g this is linear in p: 4 numbers become 6. Its transpose makes 4 numbers of 6, and
that is what a filter of three rows does on its way down a picture, six rows x at a time:

    out = A^T [(G g) * (B^T x)].

Done down a picture and across it, 36 multiplications take the place of 16 * 9 for a tile of 4 x 4
pixels of out. Each value of a tile is multiplied by one number of each filter, and the products are
added up over the channels: that is a matrix product for each of the 36 values, over all tiles. A, B
and G are small, hence cheap; the price is rounding errors up to ten times as large.

Toom 1963 multiplied like this; Winograd, Arithmetic complexity of computations (1980), showed that
no fewer multiplications will do; Lavin and Gray, Fast algorithms for convolutional neural
networks, CVPR 2016 (arXiv:1509.09308), brought it to nets.
"""

from functools import lru_cache

import numpy as np

POINTS = (0, 1, -1, 1 / 2, -2, 2)
"""Where values are taken, beside infinity. Powers of numbers far from 1 would cost digits."""

STEP = 4
"""Pixels of out, along each axis, that a tile gives."""

DOWN, ACROSS = 2, 4
"""Tiles that a block of a banded matrix holds: larger ones hold more zeros."""


def values(points, coefficients):
    """Return the matrix (points, coefficients) that takes a polynomial's values.

    As the last point goes to infinity, the last coefficient is all that counts.
    """
    matrix = np.zeros((points, coefficients))
    matrix[:-1] = np.vander(POINTS[: points - 1], coefficients, increasing=True)
    matrix[-1, -1] = 1
    return matrix


def tiles_pay(w_shape, height, width):
    """Return whether tiles are worth their additions for filters (F, C, HH, WW), out (H', W').

    To take a value, or to go back from one, takes about as long as 16 multiplications more.
    """
    F, C, HH, WW = w_shape
    values = -(-height // STEP) * (STEP + HH - 1) * -(-width // STEP) * (STEP + WW - 1)
    saved = C * F * (height * width * HH * WW - values)
    return max(HH, WW) <= STEP and saved >= 16 * (C + F) * values


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


class Axis:
    """What tiles do along one axis: down pictures or across them.

    seen: takes pixels of x to values, B^T for each tile; given: values to pixels of out, A^T for
    each tile; seen_back and given_back: their transposes, for gradients. Padding is pixels that
    have no column in B^T, and a tile that is too long has rows of A^T left out.
    """

    def __init__(self, size, taps, pad, tiles_a_block, dtype):
        """Let filters with so many taps look at so many pixels."""
        self.points = STEP + taps - 1
        self.outputs = size + 2 * pad - taps + 1
        self.tiles = -(-self.outputs // STEP)
        self.G = values(self.points, taps).astype(dtype)
        seen = np.zeros((self.tiles, self.points, pad + self.tiles * STEP + taps + size))
        given = np.zeros((self.tiles, STEP, self.tiles, self.points))
        A, B = values(self.points, STEP), np.linalg.inv(values(self.points, self.points))
        for tile in range(self.tiles):
            seen[tile, :, STEP * tile : STEP * tile + self.points] = B.T
            given[tile, :, tile] = A.T
        seen = seen[:, :, pad : pad + size].reshape(-1, size)
        given = given.reshape(-1, self.tiles * self.points)[: self.outputs]
        values_a_block, pixels_a_block = tiles_a_block * self.points, tiles_a_block * STEP
        self.seen = Banded(seen, values_a_block, dtype)
        self.given = Banded(given, pixels_a_block, dtype)
        self.seen_back = Banded(seen.T, pixels_a_block, dtype)
        self.given_back = Banded(given.T, values_a_block, dtype)


axis = lru_cache(Axis)
"""Returns an Axis: made once for all batches."""


class ByTiles:
    """How filters look at pictures, a tile at a time."""

    def __init__(self, x_shape, w_shape, pad, dtype):
        """Let filters (F, C, HH, WW) look at pictures (N, C, H, W)."""
        _, self.C, self.H, W = x_shape
        self.F, _, HH, WW = w_shape
        self.dtype = dtype
        self.down = down = axis(self.H, HH, pad, DOWN, dtype)
        self.across = across = axis(W, WW, pad, ACROSS, dtype)
        self.height, self.width = down.outputs, across.outputs
        rows = (self.H + down.tiles * down.points) * self.C
        rows += (self.height + down.tiles * down.points) * self.F
        self.bytes_each = rows * across.tiles * across.points * dtype.itemsize
        self.bytes_fixed = down.points * across.points * self.C * self.F * dtype.itemsize

    def rows(self, w):
        """Return the values of filters (F, C, HH, WW) at all points: (points, points, C, F)."""
        taps = np.ascontiguousarray(w.transpose(2, 3, 1, 0), self.dtype)
        down = self.down.G @ taps.reshape(len(taps), -1)
        both = self.across.G @ down.reshape(self.down.points, taps.shape[1], -1)
        return both.reshape(self.down.points, self.across.points, self.C, self.F)

    def turned(self, w):
        """Return the same, (points, points, F, C)."""
        return np.ascontiguousarray(self.rows(w).swapaxes(2, 3))

    def dfilters(self, drows):
        """Return the gradient of filters (F, C, HH, WW), given that of their values."""
        both = self.down.G.T @ drows.reshape(self.down.points, -1)
        taps = self.across.G.T @ both.reshape(len(both), self.across.points, -1)
        dw = taps.reshape(*taps.shape[:2], self.C, self.F)
        return np.ascontiguousarray(dw.transpose(3, 2, 0, 1))

    def room(self, pictures):
        """Return buffers for so many pictures."""
        return Tiles(self, pictures)

    room_back = room


class Tiles:
    """The values of a block of pictures, and what comes out, in buffers used again.

    Across pictures first, hence half: (pictures, rows, tiles * points, channels), values across,
    but pixels down. Then whole: (pictures, tiles across, tiles down * points, points * channels).
    """

    def __init__(self, way, pictures):
        """Make room for so many pictures."""
        self.way = way
        self.x_half, self.x_whole = self.pair(pictures, way.H, way.C)
        self.out_half, self.out_whole = self.pair(pictures, way.height, way.F)
        self.x_rows, self.out_rows = self.downwards(self.x_half), self.downwards(self.out_half)
        self.x_values, self.out_values = self.by_point(self.x_whole), self.by_point(self.out_whole)

    def pair(self, pictures, rows, channels):
        """Return room for values of so many rows and channels: half, whole."""
        down, across = self.way.down, self.way.across
        half = np.empty((pictures, rows, across.tiles * across.points, channels), self.way.dtype)
        whole = (pictures, across.tiles, down.tiles * down.points, across.points * channels)
        return half, np.empty(whole, self.way.dtype)

    def by_point(self, whole):
        """Return a view of values (points, points, tiles, channels)."""
        down, across = self.way.down, self.way.across
        tiles = len(whole) * across.tiles * down.tiles
        return whole.reshape(tiles, down.points, across.points, -1).transpose(1, 2, 0, 3)

    def downwards(self, half):
        """Return a view of half that has its rows where whole has tiles down."""
        across = self.way.across
        return half.reshape(*half.shape[:2], across.tiles, -1).swapaxes(1, 2)

    def see(self, x):
        """Take the values of pictures (n, C, H, W)."""
        n = len(x)
        self.way.across.seen.times(x.transpose(0, 2, 3, 1), self.x_half[:n])
        self.way.down.seen.times(self.x_rows[:n], self.x_whole[:n])
        self.x_whole[n:] = 0

    def give(self, x, rows, b, out):
        """Write the convolution of pictures (n, C, H, W), plus b, to out (n, F, H', W').

        The second point is 1, where each pixel has a share of 1 in the value.
        """
        n = len(x)
        self.see(x)
        np.matmul(self.x_values, rows, out=self.out_values)
        self.out_values[1, 1] += b
        self.way.down.given.times(self.out_whole[:n], self.out_rows[:n])
        self.way.across.given.times(self.out_half[:n], out.transpose(0, 2, 3, 1))

    def take(self, x, dout):
        """Take in pictures (n, C, H, W) and the gradient of out (n, F, H', W')."""
        n = len(x)
        self.see(x)
        self.way.across.given_back.times(dout.transpose(0, 2, 3, 1), self.out_half[:n])
        self.way.down.given_back.times(self.out_rows[:n], self.out_whole[:n])
        self.out_whole[n:] = 0

    def drows(self):
        """Return the gradient of the filters' values."""
        return self.x_values.swapaxes(2, 3) @ self.out_values

    def spread(self, turned, dx):
        """Write to dx (n, C, H, W) what the values' gradient holds of each pixel.

        turned: (points, points, F, C) the filters' values.
        """
        n = len(dx)
        np.matmul(self.out_values, turned, out=self.x_values)
        self.way.down.seen_back.times(self.x_whole[:n], self.x_rows[:n])
        self.way.across.seen_back.times(self.x_half[:n], dx.transpose(0, 2, 3, 1))
