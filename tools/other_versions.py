"""Try the course with the oldest NumPy that it promises, and the newest Python: a step of CI.

`python -m tools.other_versions` makes an environment for each, with the pinned packages, runs the
quick tests and every check on the solutions in it, and prints what could not be tried and why.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = [("3.11", "1.26.4"), ("3.13", None)]
"""Of each environment: the Python, and the NumPy if it is not the pinned one."""

QUICK = (
    "tests/solutions",
    "tests/data_utils/test_gradient_check.py",
    "tests/course/judge/test_wire.py",
)
"""Tests of arithmetic, which other versions of NumPy and Python may do differently."""

NOT_NEEDED = ("jupyterlab", "ipywidgets")
"""Packages that no check and no quick test needs."""


class Unreachable(Exception):
    """The package index does not answer."""


def needed():
    """Return the requirements of a check, as pyproject.toml has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [each for each in project["dependencies"] if not each.startswith(NOT_NEEDED)]


def pins(numpy):
    """Return all pinned requirements, a line each, with this NumPy, if one is given."""
    grade, rest = (
        (ROOT / name).read_text(encoding="utf-8")
        for name in ("requirements-grade.txt", "requirements.txt")
    )
    text = grade + rest.removeprefix("-r requirements-grade.txt\n")
    return re.sub(r"^numpy==.*$", f"numpy=={numpy}", text, flags=re.MULTILINE) if numpy else text


def find_python(version):
    """Return the path of a Python of this version that runs, None if there is none."""
    installed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    paths = [shutil.which(f"python{version}"), *installed.glob(f"{version}.*/bin/python")]
    for path in filter(None, paths):
        if subprocess.run([path, "-c", "import venv"], capture_output=True).returncode == 0:
            return path
    return None


def make(folder, python, numpy):
    """Make an environment in a folder; return its Python."""
    subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
    (folder / "pins.txt").write_text(pins(numpy), encoding="utf-8")
    inside = folder / "venv" / "bin" / "python"
    words = [inside, "-m", "pip", "install", "--quiet", "--only-binary", ":all:", "-c"]
    ran = subprocess.run(
        [*words, folder / "pins.txt", *needed()], stderr=subprocess.PIPE, text=True
    )
    if "connection broken" in ran.stderr:
        raise Unreachable
    if ran.returncode:
        sys.exit(ran.stderr)
    return inside


def run(inside):
    """Run the quick tests and every check in an environment; return what they say last, or exit."""
    said = []
    for words in (
        ["pytest", "-q", *QUICK],
        ["course.commands", "check", "--package", "solutions"],
    ):
        ran = subprocess.run([inside, "-m", *words], cwd=ROOT, capture_output=True, text=True)
        said.append("  " + ran.stdout.rstrip().split("\n")[-1])
        if ran.returncode:
            sys.exit(ran.stdout + ran.stderr)
    return said


def tried(version, numpy):
    """Try one version, if it can be had; return the lines to print."""
    title = f"Python {version}, NumPy {numpy or 'as pinned'}"
    python = find_python(version)
    if not python:
        return [title, "  not tried: this Python is not here"]
    with tempfile.TemporaryDirectory() as folder:
        try:
            return [title, *run(make(Path(folder), python, numpy))]
        except Unreachable:
            return [title, "  not tried: the package index does not answer"]


def main():
    """Try all versions at once."""
    with ThreadPoolExecutor(len(VERSIONS)) as pool:
        for lines in pool.map(lambda version: tried(*version), VERSIONS):
            print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
