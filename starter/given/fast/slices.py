"""Convolution by about half the multiplications.

A polynomial p of 4 coefficients times a polynomial g of 3 has 6 coefficients, for which 12 pairs
of numbers are multiplied. But six values tell a polynomial of 6 coefficients; and each value of
the product is one multiplication, of p's value by g's. So take the values of both at six points
(A p and G g), multiply those, and go back to coefficients (B, the inverse of taking values):

    p g = B [(G g) * (A p)].

For a given g this is linear in p: 4 numbers become 6. Its transpose makes 4 numbers of 6, and
that is what a filter of three rows does on its way down a picture, six rows x at a time:

    out = A^T [(G g) * (B^T x)].

Numbers may as well be matrices, rows of filters and rows of pictures, laid out such that * is the
rest of the convolution as one matrix product. Six of these do the work of twelve. A, B and G are
small, hence cheap; the price is rounding errors two to five times as large. Larger filters are
cut into parts of 4 rows, whose values at seven points add up.

Toom 1963 multiplied like this; Winograd, Arithmetic complexity of computations (1980), showed that
no fewer multiplications will do.
"""

import numpy as np

POINTS = (0, 1, -1, 1 / 2, -2, 2)
"""Where values are taken, beside infinity. Powers of numbers far from 1 would cost digits."""

STEP = 4
"""Pixels of out, along an axis, that a slice gives."""


def values(points, coefficients):
    """Return the matrix (points, coefficients) that takes a polynomial's values.

    As the last point goes to infinity, the last coefficient is all that counts.
    """
    matrix = np.zeros((points, coefficients))
    matrix[:-1] = np.vander(POINTS[: points - 1], coefficients, increasing=True)
    matrix[-1, -1] = 1
    return matrix


def slices_pay(w_shape):
    """Return whether slices are worth their additions for filters (F, C, HH, WW).

    They are where they save 40 % of the multiplications or more, in products of some length.
    """
    _, C, HH, WW = w_shape
    part = min(HH, STEP)
    parts = -(-HH // part)
    return parts * (STEP + part - 1) <= 0.6 * STEP * HH and parts * WW * C >= 20


class BySlices:
    """How filters look at pictures, a few rows at a time.

    Slice t of a picture with its padding begins with row 4 t, and ends with rows that belong to the
    next slice, too. As on Sheets, the zeros right of a row are those left of the next.
    """

    def __init__(self, x_shape, w_shape, pad, dtype):
        """Let filters (F, C, HH, WW) look at pictures (N, C, H, W)."""
        _, self.C, self.H, self.W = x_shape
        self.F, _, self.HH, self.WW = w_shape
        self.pad, self.dtype = pad, dtype
        self.height, self.width = self.H + 2 * pad - self.HH + 1, self.W + 2 * pad - self.WW + 1
        self.part = min(self.HH, STEP)
        self.parts = -(-self.HH // self.part)
        self.points = STEP + self.part - 1
        self.grid = -(-self.height // STEP) + self.parts - 1, max(self.W + pad, self.width)
        slices, across = self.grid
        self.taps = [g * across + j for g in range(self.parts) for j in range(self.WW)]
        each = self.points * max(len(self.taps) * self.C, self.F)
        self.bytes_each = each * slices * across * dtype.itemsize
        self.bytes_fixed = self.points * len(self.taps) * self.C * self.F * dtype.itemsize
        self.A = values(self.points, STEP).astype(dtype)
        self.B = np.linalg.inv(values(self.points, self.points)).astype(dtype)
        self.G = values(self.points, self.part).astype(dtype)

    def rows(self, w):
        """Return the values of filters at all points, as rows (points, F, taps * C)."""
        whole = np.zeros((self.F, self.C, self.parts * self.part, self.WW), self.dtype)
        whole[:, :, : self.HH] = w
        whole = whole.reshape(self.F, self.C, self.parts, self.part, self.WW)
        coefficients = whole.transpose(3, 0, 2, 4, 1).reshape(self.part, -1)
        return (self.G @ coefficients).reshape(self.points, self.F, -1)

    def turned(self, w):
        """Return the same, (points, taps * C, F)."""
        return self.rows(w).swapaxes(1, 2)

    def dfilters(self, drows):
        """Return the gradient of filters (F, C, HH, WW), given that of their values."""
        coefficients = self.G.T @ drows.reshape(self.points, -1)
        dw = coefficients.reshape(self.part, self.F, self.parts, self.WW, self.C)
        dw = dw.transpose(1, 4, 2, 0, 3).reshape(self.F, self.C, -1, self.WW)
        return np.ascontiguousarray(dw[:, :, : self.HH])

    def places(self):
        """Return [(r, slices, rows)]: where all rows of a picture are; row r of slices."""
        places = []
        for r in range(self.points):
            slices = range(self.grid[0])[0 if r < STEP else -1 :]
            rows = [STEP * t + r - self.pad for t in slices]
            found = [k for k, row in enumerate(rows) if 0 <= row < self.H]
            if found:
                a, b = found[0], found[-1]
                held = slice(slices[a], slices[b] + 1), slice(rows[a], rows[b] + 1, STEP)
                places.append((r, *held))
        return places

    def room(self, pictures):
        """Return buffers for so many pictures."""
        return Slices(self, pictures)


class Slices:
    """The slices of a block of pictures as columns, and the outputs, in buffers used again.

    sheets: (points, C, pictures, slices, across), row by row of all slices. columns: (points,
    taps * C, places), outs: (points, F, places): values, where a place is one of (pictures, slices,
    across). rows: (4, F, pictures, slices, across) what the slices give.
    """

    def __init__(self, way, pictures):
        """Make room for so many pictures."""
        self.way, grid = way, (pictures, *way.grid)
        places = int(np.prod(grid))
        size = way.C * places
        self.numbers = np.zeros((way.points, size + way.taps[-1]), way.dtype)
        self.sheets = self.numbers[:, :size].reshape(way.points, way.C, *grid)
        self.inside = self.sheets[..., way.pad : way.pad + way.W]
        self.values = np.empty_like(self.numbers)
        self.columns = np.empty((way.points, len(way.taps) * way.C, places), way.dtype)
        columns = self.columns.reshape(way.points, len(way.taps), size).swapaxes(0, 1)
        seen = [self.values[:, start : start + size] for start in way.taps]
        self.taps = list(zip(columns, seen, strict=True))
        self.outs = np.empty((way.points, way.F, places), way.dtype)
        self.rows = np.zeros((STEP, way.F, *grid), way.dtype)
        self.places = way.places()

    def see(self, x):
        """Lay out the slices of pictures (n, C, H, W) as columns."""
        self.numbers.fill(0)
        for r, slices, rows in self.places:
            self.inside[r, :, : len(x), slices] = x[:, :, rows].swapaxes(0, 1)
        self.sheets[STEP:, :, :, :-1] = self.sheets[: self.way.part - 1, :, :, 1:]
        np.matmul(self.way.B.T, self.numbers, out=self.values)
        for column, seen in self.taps:
            column[:] = seen

    def give(self, x, rows, b, out):
        """Write the convolution of pictures (n, C, H, W), plus b, to out (n, F, H', W').

        The second point is 1, where each of the four rows has a share of 1 in the value.
        """
        self.see(x)
        np.matmul(rows, self.columns, out=self.outs)
        self.outs[1] += b[:, None]
        points = self.way.points
        np.matmul(self.way.A.T, self.outs.reshape(points, -1), out=self.rows.reshape(STEP, -1))
        for mine, theirs in self.pairs(out):
            theirs[:] = mine

    def take(self, x, dout):
        """Take in pictures (n, C, H, W) and the gradient of out (n, F, H', W')."""
        self.see(x)
        self.rows[:, :, len(dout) :] = 0
        for mine, theirs in self.pairs(dout):
            mine[:] = theirs
        points = self.way.points
        np.matmul(self.way.A, self.rows.reshape(STEP, -1), out=self.outs.reshape(points, -1))

    def pairs(self, out):
        """Return pairs (view of what slices give, view of the same in out): every fourth row."""
        mine = self.rows[:, :, : len(out), :, : self.way.width].swapaxes(1, 2)
        theirs = [out[:, :, i::STEP] for i in range(STEP)]
        return [(mine[i, :, :, : t.shape[2]], t) for i, t in enumerate(theirs)]

    def drows(self):
        """Return the gradient of the filters' values."""
        return self.outs @ self.columns.swapaxes(1, 2)

    def db(self):
        """Return the gradient of b, which was added where all rows have a share of 1."""
        return self.outs[1].sum(axis=1)

    def spread(self, turned, dx):
        """Write to dx (n, C, H, W) the columns' gradient, summed for each pixel."""
        np.matmul(turned, self.outs, out=self.columns)
        self.values.fill(0)
        for column, seen in self.taps:
            seen += column
        np.matmul(self.way.B, self.values, out=self.numbers)
        self.sheets[: self.way.part - 1, :, :, 1:] += self.sheets[STEP:, :, :, :-1]
        for r, slices, rows in self.places:
            dx[:, :, rows] = self.inside[r, :, : len(dx), slices].swapaxes(0, 1)
