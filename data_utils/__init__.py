"""What the notebooks import beside the student's package.

They import it first, before NumPy, whose matrix products learn here to keep to one thread: for
small matrices that is the fastest, and the fast layers have threads of their own.
"""

import os
import sys

if "numpy" not in sys.modules:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from . import check  # noqa: E402
from .seeds import rng  # noqa: E402

__all__ = ["check", "rng"]
