"""The autograder for Gradescope, unpacked as Gradescope unpacks it, and run on a submission."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

from course.release import gradescope

SYSTEM_PYTHON = f"/usr/bin/python3.{sys.version_info.minor}"
USED = ("bash", "dirname")
"""Programs that run_autograder needs."""


@contextlib.contextmanager
def unpacked(notebooks):
    """Yield a folder as /autograder is, where all users may enter, with these notebooks."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        place.chmod(0o755)
        gradescope.write_autograder(place / "autograder.zip", notebooks)
        with zipfile.ZipFile(place / "autograder.zip") as archive:
            archive.extractall(place / "source")
        (place / "results").mkdir()
        shutil.copy(place / "source" / "run_autograder", place)
        (place / "run_autograder").chmod(0o755)
        make_environment(place / "venv")
        yield place


def make_environment(venv):
    """Do what setup.sh does, with the packages that are here and a Python open to all users."""
    python = SYSTEM_PYTHON if Path(SYSTEM_PYTHON).exists() else sys.executable
    subprocess.run([python, "-m", "venv", "--without-pip", venv], check=True)
    (site,) = venv.glob("lib/python3*/site-packages")
    (site / "here.pth").write_text(str(Path(np.__file__).parent.parent))


def without_bubblewrap(folder):
    """Return variables that hide bubblewrap, as a container does that forbids it."""
    for name in USED:
        (folder / name).symlink_to(shutil.which(name))
    return {"PATH": str(folder)}


def run(place, **variables):
    """Grade what lies in place/submission; return (exit code, results or None, what was said)."""
    ran = subprocess.run(
        [place / "run_autograder"],
        cwd=place,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
    )
    results = place / "results" / "results.json"
    found = json.loads(results.read_text(encoding="utf-8")) if results.exists() else None
    return ran.returncode, found, ran.stdout + ran.stderr
