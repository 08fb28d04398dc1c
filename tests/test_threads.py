"""data_utils has NumPy's matrix products keep to one thread, if it comes before NumPy."""

import os
import subprocess
import sys

import pytest

from course import paths

THREADS = "OPENBLAS_NUM_THREADS"


@pytest.mark.parametrize(
    ("imports", "before", "after"),
    [
        ("data_utils", None, "1"),
        ("data_utils", "3", "3"),
        ("numpy, data_utils", None, "None"),
    ],
    ids=["nothing was set", "what somebody has set stays", "NumPy has started its threads"],
)
def test_products_keep_to_one_thread(imports, before, after):
    environment = {name: value for name, value in os.environ.items() if name != THREADS}
    if before:
        environment[THREADS] = before
    code = f"import {imports}, os; print(os.environ.get({THREADS!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=paths.ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == after
