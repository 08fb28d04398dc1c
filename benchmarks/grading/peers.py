"""One small assignment, as our grader, nbgrader and otter-grader want it.

Twelve code cells: three that set up, four answers, four tests, a picture. The tests measure
slopes entry by entry, which is most of the arithmetic.
"""

import ast
import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from course import paths

FIXED = {"OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg", "PYTHONPATH": str(paths.ROOT)}
"""What every grader's environment says."""

SET_UP = (
    "import numpy as np\nimport matplotlib.pyplot as plt",
    "def slopes(f, x, h=1e-5):\n"
    "    dx = np.empty_like(x)\n"
    "    for i in np.ndindex(x.shape):\n"
    "        kept = x[i]\n"
    "        x[i] = kept + h\n"
    "        above = f(x)\n"
    "        x[i] = kept - h\n"
    "        dx[i] = (above - f(x)) / (2 * h)\n"
    "        x[i] = kept\n"
    "    return dx",
    "random = np.random.default_rng(0)\n"
    "x, w, b = (random.normal(size=shape) for shape in ((60, 70), (70, 40), (40,)))\n"
    "dout = random.normal(size=(60, 40))",
)

TESTS = {
    "affine_forward": "out = affine_forward(x, w, b)[0]\nassert np.allclose(out, x @ w + b)",
    "affine_backward": "dx, dw, db = affine_backward(dout, affine_forward(x, w, b)[1])\n"
    "numeric = slopes(lambda w: np.sum((x @ w + b) * dout), w)\n"
    "assert np.allclose(dw, numeric)\n"
    "assert np.allclose(dx, slopes(lambda x: np.sum((x @ w + b) * dout), x))\n"
    "assert np.allclose(db, dout.sum(axis=0))",
    "relu_forward": "assert np.allclose(relu_forward(x)[0], np.where(x > 0, x, 0))",
    "relu_backward": "dx = relu_backward(x + 1, relu_forward(x)[1])\n"
    "assert np.allclose(dx, slopes(lambda z: np.sum(np.maximum(z, 0) * (x + 1)), x.copy()))",
}
"""The test of each function, the same lines for every grader."""

PICTURE = "plt.plot(np.maximum(np.linspace(-1, 1), 0));"


def write_for_us(folder):
    """Write the assignment as a notebook of ours; the answers come from the package."""
    imports, *rest = SET_UP
    cells = [f"import sys\nsys.path.insert(0, '..')\n{imports}", *rest]
    for number, (name, test) in enumerate(TESTS.items(), 1):
        cells.append(f"from starter.layers import {name}")
        cells.append(f"# Check {number} (2 points): {name}\n{test}")
    set_up = [c if c.startswith("# Check") else f"# Set-up\n{c}" for c in (*cells, PICTURE)]
    return write(folder / "0_small.ipynb", map(code, set_up))


def nbgrader(python, folder, number):
    """Lay out a class for nbgrader; return (command that grades it, folder to run it in)."""
    cells = [code(source) for source in SET_UP]
    for name, test in TESTS.items():
        answer = f"### BEGIN SOLUTION\n{answer_of(name)}\n### END SOLUTION"
        cells.append(code(answer, nbgrader=cell_of(f"{name}_answer", solution=True)))
        cells.append(code(test, nbgrader=cell_of(name, grade=True, locked=True, points=2)))
    cells.append(code(PICTURE))
    path = write(folder / "source" / "small" / "small.ipynb", cells)
    for student in range(number):
        write(folder / "submitted" / f"student{student}" / "small" / path.name, cells)
    command = [str(python), "-m", "nbgrader"]
    run([*command, "generate_assignment", "small", "--create"], folder)
    command += ["autograde", "small", "--create", "--force"]
    run(command, folder)
    with closing(sqlite3.connect(folder / "gradebook.db")) as book:
        (points,) = book.execute("SELECT sum(auto_score) FROM grade").fetchone()
    if points != 2 * len(TESTS) * number:
        raise SystemExit(f"nbgrader gave {points} points: has its Python NumPy and Matplotlib?")
    return command, folder


def cell_of(name, **rest):
    """Return what nbgrader wants to know of a cell."""
    usual = {"grade": False, "solution": False, "locked": False, "task": False}
    return {**usual, **rest, "grade_id": name, "schema_version": 3}


def otter(python, folder, number):
    """Lay out a class for otter-grader; return (command that grades it, folder to run it in)."""
    (folder / "tests").mkdir(parents=True)
    for name, test in TESTS.items():
        lines = "\n".join(f">>> {line}" for line in test.split("\n"))
        cases = [{"code": lines, "hidden": False, "locked": False}]
        suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        test = {"name": name, "points": 2, "suites": [suite]}
        text = f"OK_FORMAT = True\ntest = {test!r}\n"
        (folder / "tests" / f"{name}.py").write_text(text, encoding="utf-8")
    cells = [code(source) for source in (*SET_UP, *map(answer_of, TESTS), PICTURE)]
    for student in range(number):
        write(folder / f"student{student}" / "small.ipynb", cells)
    run([str(python), "-m", "otter", "generate", "--no-environment"], folder)
    grades = (
        "from otter.api import grade_submission as grade; "
        f"got = [grade({str(folder)!r} + f'/student{{n}}/small.ipynb', "
        f"{str(folder / 'autograder.zip')!r}, quiet=True) for n in range({number})]; "
        f"assert all(r.total == {2 * len(TESTS)} for r in got), [r.total for r in got]"
    )
    return [str(python), "-c", grades], folder


def answer_of(name):
    """Return the text of a right answer."""
    text = (paths.SOLUTIONS / "layers.py").read_text(encoding="utf-8")
    (found,) = [node for node in ast.parse(text).body if getattr(node, "name", None) == name]
    return ast.get_source_segment(text, found)


def code(source, **metadata):
    """Return a code cell."""
    return {
        "cell_type": "code",
        "source": source,
        "metadata": metadata,
        "outputs": [],
        "execution_count": None,
    }


def write(path, cells):
    """Write a notebook and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(cells)]
    document = {"cells": cells, "nbformat": 4, "nbformat_minor": 5}
    document["metadata"] = {"kernelspec": kernel, "language_info": {"name": "python"}}
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(command, folder):
    """Run a command without its output; stop, and show it, if it fails.

    The programs of the command's environment are found first: nbgrader calls alembic by name.
    """
    tools = Path(command[0]).parent
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", **FIXED}
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(f"{' '.join(command)[:300]}\n{(ran.stdout + ran.stderr)[-3000:]}")
