"""A new course: the engine, without what is particular to the course that is here, and a lesson."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

from .. import paths
from ..release.errors import ReleaseError
from ..release.folders import copy_course
from ..release.student_files import render

FILES = paths.ROOT / "course" / "authoring" / "files"
ENDING = ".jinja"
FIRST = "1_warm_up"

ROOTS = ("*.py", "notebook/*.py", "explain/*.py", "lessons/common.py", "plots/progress.py")
"""Files in data_utils that every course needs, and with them whatever these import."""


def write(dest, title):
    """Write a course that works as it stands into the folder `dest`. Raises ReleaseError."""
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise ReleaseError(f"{dest} is not empty; give a new folder")
    copy_course(dest, particular())
    render_all(FILES / "course", dest, title=title)
    (dest / ".ci" / "run").chmod(0o755)
    (dest / ".gitignore").write_bytes((paths.ROOT / ".gitignore").read_bytes())
    project = dest / "pyproject.toml"
    project.write_text(renamed(project.read_text(encoding="utf-8"), title), encoding="utf-8")
    (dest / "assignments").mkdir()
    for words in (("build", FIRST), ("derive",)):
        run_in(dest, *words)


def particular():
    """Return the paths that belong to the course that is here, not to the engine."""
    needed = engine()
    kept = needed | {folder for path in needed for folder in path.parents}
    left_out = {path for path in paths.DATA_UTILS.rglob("*") if path not in kept}
    return {path.relative_to(paths.ROOT).as_posix() for path in left_out | {paths.RELEASED_STUBS}}


def engine():
    """Return the paths of the modules in data_utils that every course needs."""
    waiting = [path for root in ROOTS for path in paths.DATA_UTILS.glob(root)]
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [path.with_name("__init__.py"), *imported(path)]
    return found


def imported(path):
    """Yield the paths of the modules of data_utils that one imports, by relative imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.parents[node.level - 1].joinpath(*(node.module or "").split("."))
            names = [base.with_suffix(".py"), base / "__init__.py"]
            names += [base / f"{alias.name}.py" for alias in node.names]
            yield from (name for name in names if name.is_file())


def render_all(source, dest, **known):
    """Write each template in the folder `source` into `dest`, under its own name."""
    for path in sorted(source.rglob(f"*{ENDING}")):
        target = dest / path.relative_to(source).with_suffix("")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(render(path, known), encoding="utf-8", newline="\n")


def renamed(text, title):
    """Return the text of pyproject.toml with another name and description."""
    name = re.sub("[^a-z0-9]+", "-", title.lower()).strip("-") or "course"
    text = re.sub('(?m)^name = ".*"$', f'name = "{name}"', text, count=1)
    return re.sub('(?m)^description = ".*"$', f'description = "{title}"', text, count=1)


def run_in(dest, *words):
    """Run a command of the course in the folder `dest`. Raises ReleaseError with what it said."""
    environment = {**os.environ, "PYTHONPATH": str(dest)}
    command = [sys.executable, "-m", "course.commands", *words]
    ran = subprocess.run(command, cwd=dest, env=environment, capture_output=True, text=True)
    if ran.returncode:
        raise ReleaseError(f"course {' '.join(words)}: {ran.stdout}{ran.stderr}")
