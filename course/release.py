"""Make what others get: the student's folder, and the branch that holds the answers."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from . import derive, hints, notebook, paths

STUDENT_FILES = ("LICENSE", "pyproject.toml", "requirements.txt", ".gitignore")
STUDENT_FOLDERS = ("data_utils", "course")
LEFT_OUT = shutil.ignore_patterns("__pycache__", "demo.py", "student")


class ReleaseError(Exception):
    """A release that cannot be made; says what to do."""


def student(dest):
    """Write the folder that a student gets into `dest`: no solution and no output in it.

    The stubs are derived anew, whatever lies in starter/, and a second copy goes to course/, so
    that a check knows them when the student has written over the first.
    """
    if dest.exists() and any(dest.iterdir()):
        raise ReleaseError(f"{dest} is not empty; give a new folder")
    for name in STUDENT_FOLDERS:
        shutil.copytree(paths.ROOT / name, dest / name, ignore=LEFT_OUT)
    for name in STUDENT_FILES:
        shutil.copy(paths.ROOT / name, dest / name)
    for path in (paths.ROOT / "course" / "student").iterdir():
        shutil.copy(path, dest / path.name)
    for folder in (dest / "starter", dest / "course" / "stubs"):
        derive.write(paths.stubs(), folder)
    derive.write(hints.files(paths.STARTER / "hints"), dest / "starter" / "hints", "*.toml")
    (dest / "assignments").mkdir()
    for path in paths.notebooks():
        text = json.dumps(without_outputs(notebook.read(path)), indent=1, ensure_ascii=False)
        (dest / "assignments" / path.name).write_text(text + "\n", encoding="utf-8")


def without_outputs(document):
    """Return a notebook's JSON with no outputs."""
    for cell in document["cells"]:
        if notebook.is_code(cell):
            cell.update(outputs=[], execution_count=None)
    return document


def solutions(branch):
    """Make or move the git branch on which starter/ holds the solutions."""
    if git(paths.ROOT, "status", "--porcelain"):
        raise ReleaseError("there are changes that are not committed; commit or stash them first")
    if git(paths.ROOT, "branch", "--show-current") == branch:
        raise ReleaseError(f"{branch} is the branch you are on; name another")
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        git(paths.ROOT, "worktree", "add", "--detach", str(tree), "HEAD")
        try:
            for path in (tree / "solutions").glob("*.py"):
                shutil.copy(path, tree / "starter" / path.name)
            git(tree, "add", "starter")
            git(tree, "commit", "-m", "Fill in the stubs")
            git(tree, "branch", "--force", branch, "HEAD")
        finally:
            git(paths.ROOT, "worktree", "remove", "--force", str(tree))


def git(folder, *words):
    """Run git in a folder and return what it printed; raise ReleaseError if it refuses."""
    ran = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise ReleaseError(f"git {words[0]}: {ran.stderr.strip()}")
    return ran.stdout.strip()
