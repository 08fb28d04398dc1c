"""What the checks of each notebook take on the solutions, alone and with all that it trains."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from benchmarks.table.contest import Row, seconds
from course import paths


def command(name, clock):
    """Return the Row of a command of the course on the solutions; stop if a check fails."""
    program = Path(sys.executable).with_name("course")
    words = [program, *name.split()[1:], "--package", paths.SOLUTIONS]
    run = partial(subprocess.run, words, check=True, stdout=subprocess.DEVNULL)
    return Row(name, seconds(run))


ROWS = {
    f"course check {path.stem}{full}": command
    for full in ("", " --full")
    for path in paths.notebooks()
}
