"""Releases as branches of this repository: the same commit gives the same branch, hash by hash."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .. import paths
from . import folders
from .errors import ReleaseError


def student(branch):
    """Make a branch with the folder of a student, or add a release to it.

    Its history is that of earlier releases, so that students can pull. A branch with solutions in
    its history is refused.
    """
    refuse_present(branch)
    tip = git("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}", fails=True)
    if tip and git("log", "-1", "--format=%h", tip, "--", "solutions"):
        raise ReleaseError(f"{branch} has solutions in its history; name another branch")
    with tempfile.TemporaryDirectory() as folder:
        dest = Path(folder) / "student"
        folders.student(dest)
        tree = tree_of(dest)
    if not tip or tree != git("rev-parse", f"{tip}^{{tree}}"):
        commit(branch, tree, tip, "Release the course to students")


def solutions(branch):
    """Make or move the branch on which starter/ holds the solutions, one commit after HEAD."""
    refuse_present(branch)
    with tempfile.TemporaryDirectory() as folder:
        starter = Path(folder) / "starter"
        shutil.copytree(paths.SOLUTIONS, starter, ignore=shutil.ignore_patterns("hints", "__pyc*"))
        tree = tree_of(Path(folder), "HEAD")
    commit(branch, tree, git("rev-parse", "HEAD"), "Fill in the stubs")


def require_clean():
    """Raise ReleaseError if some changes are not committed."""
    if (paths.ROOT / ".git").exists() and git("status", "--porcelain"):
        raise ReleaseError("there are changes that are not committed; commit or stash them first")


def refuse_present(branch):
    """Raise ReleaseError if a branch is the current one."""
    if git("branch", "--show-current") == branch:
        raise ReleaseError(f"{branch} is the branch you are on; name another")


def tree_of(folder, base=None):
    """Return the git tree of the files in a folder, on top of the files of the commit `base`.

    Ignored files are in it, too; settings of git about line ends and modes do not matter.
    """
    with tempfile.TemporaryDirectory() as place:
        index = {"GIT_INDEX_FILE": str(Path(place) / "index")}
        if base:
            git("read-tree", base, **index)
        plain = ("-c", "core.autocrlf=false", "-c", "core.fileMode=false")
        words = (*plain, f"--work-tree={folder}", "add", "--force", "--ignore-removal", str(folder))
        git(*words, **index)
        return git("write-tree", **index)


def commit(branch, tree, parent, subject):
    """Commit a tree, on top of a parent if there is one, with the author and time of HEAD."""
    who = git("log", "-1", "--format=%cn%n%ce%n%cI").split("\n")
    known = dict(zip(("NAME", "EMAIL", "DATE"), who, strict=True))
    names = {f"GIT_{role}_{key}": known[key] for role in ("AUTHOR", "COMMITTER") for key in known}
    parents = ("-p", parent) if parent else ()
    made = git("commit-tree", tree, *parents, "-m", subject, **names)
    git("branch", "--force", branch, made)


def git(*words, fails=False, **variables):
    """Run git in the course's folder and return its output.

    fails: return nothing if it refuses; else raise ReleaseError.
    """
    environment = {**os.environ, **variables}
    ran = subprocess.run(
        ["git", *words],
        cwd=paths.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode and not fails:
        raise ReleaseError(f"git {words[0]}: {ran.stderr.strip()}")
    return ran.stdout.strip()
