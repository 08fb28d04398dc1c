"""What every layout of a convolution offers: the one protocol that fast_layers.py speaks.

A layout says how filters look at pictures: by columns, by slices or by tiles. Its buffers hold a
block of pictures in that layout, and are used again for every block that a thread takes:

    rows = layout.rows(w)
    buffers = layout.buffers(pictures)
    buffers.forward(x, rows, b, out)                    one block forward
    buffers.load_gradient(x, dout)                      one block back: first this, then any of
    buffers.filter_gradient(), buffers.bias_gradient(), buffers.input_gradient(transposed, dx)
"""

from typing import Protocol

import numpy as np


class Buffers(Protocol):
    """Arrays for a block of pictures; x (n, C, H, W), out and dout (n, F, H', W')."""

    def forward(self, x, rows, b, out):
        """Write the convolution of x, plus b, to out."""

    def load_gradient(self, x, dout):
        """Lay out pictures and the gradient of what came out, for the three gradients below."""

    def filter_gradient(self):
        """Return the gradient of the layout's rows."""

    def bias_gradient(self):
        """Return the gradient of b (F,)."""

    def input_gradient(self, transposed, dx):
        """Write the gradient of the pictures to dx (n, C, H, W); other gradients come before."""


class Layout(Protocol):
    """How filters w (F, C, HH, WW) look at pictures.

    height, width: H' and W'. bytes_each, bytes_fixed: what the buffers take for each picture, and
    for any number of them. dtype: of all arrays.
    """

    height: int
    width: int
    bytes_each: int
    bytes_fixed: int
    dtype: np.dtype

    def rows(self, w):
        """Return the filters as the layout multiplies by them."""

    def rows_transposed(self, w):
        """Return the same for the way back, with inputs and outputs exchanged."""

    def dfilters(self, drows):
        """Return the gradient of the filters (F, C, HH, WW), given that of the rows."""

    def buffers(self, pictures) -> Buffers:
        """Return Buffers for so many pictures."""
        ...
