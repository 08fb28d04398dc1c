"""NumPy's matrix products learn what the machine can do before NumPy is imported."""

import json
import os
import subprocess
import sys

import pytest

from course import paths
from data_utils import products

AMD = "vendor_id : AuthenticAMD\nflags : fpu avx2 avx512f avx512cd avx512bw avx512dq avx512vl\n"
KERNELS = "OPENBLAS_CORETYPE"


def after(code, **variables):
    """Return OpenBLAS's variables in a fresh Python that has run some code."""
    told = "import json, os; print(json.dumps({k: os.environ.get(k) for k in %r}))"
    names = ["OPENBLAS_NUM_THREADS", KERNELS]
    ours = {k: v for k, v in os.environ.items() if k not in names}
    command = [sys.executable, "-c", f"{code}\n{told % names}"]
    done = subprocess.run(
        command, env=ours | variables, cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_wide_kernels_are_asked_for_where_openblas_does_not_find_them():
    assert products.settings(AMD)[KERNELS] == "SkylakeX"


@pytest.mark.parametrize(
    "processor",
    [
        AMD.replace("AuthenticAMD", "GenuineIntel"),
        AMD.replace(" avx512vl", ""),
        AMD.replace("avx512bw", "avx512bw_"),
        "",
    ],
    ids=["OpenBLAS finds them itself", "no AVX-512", "not all of it", "not Linux"],
)
def test_kernels_that_would_not_run_are_never_asked_for(processor):
    assert KERNELS not in products.settings(processor)


def test_data_utils_leaves_one_thread_to_the_products():
    assert after("import data_utils")["OPENBLAS_NUM_THREADS"] == "1"


def test_what_somebody_has_set_stays():
    set_before = {"OPENBLAS_NUM_THREADS": "3", KERNELS: "Nehalem"}
    assert after("import data_utils", **set_before) == set_before


def test_nothing_is_set_once_numpy_is_there():
    assert set(after("import numpy, data_utils").values()) == {None}
