"""Tell NumPy's matrix products what this machine can do, before NumPy is imported.

OpenBLAS, which multiplies matrices for NumPy, reads its settings once, when NumPy is imported;
that is why the notebooks import `data_utils` first. What somebody else has set stays as it is.
"""

import os
import sys
from pathlib import Path

WIDE = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}
"""What Linux calls the abilities of a processor that multiplies 16 numbers at a time."""


def set_up():
    """Set OpenBLAS's variables for this machine, unless NumPy is there already."""
    if "numpy" in sys.modules:
        return
    try:
        processor = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        processor = ""
    for name, value in settings(processor).items():
        os.environ.setdefault(name, value)


def settings(processor):
    """Return {variable: value} for a processor, as Linux describes it.

    One thread, since that is the fastest for small matrices, and leaves the other cores to the
    fast layers. On AMD's processors with AVX-512, the kernels for it: NumPy's wheels hold some of
    OpenBLAS's kernels (numpy/numpy#27147), not the ones that OpenBLAS looks for there, so it falls
    back on kernels that multiply 8 numbers at a time.
    """
    chosen = {"OPENBLAS_NUM_THREADS": "1"}
    if "AuthenticAMD" in processor and set(processor.split()) >= WIDE:
        chosen["OPENBLAS_CORETYPE"] = "SkylakeX"
    return chosen
