"""Make the folders to hand out: that of a student, and one to put on GitHub."""

import json
import shutil
from pathlib import Path

from .. import hints, notebook, paths, stubs
from ..settings import COURSE
from . import reading, student_files
from .answers import without_answers
from .errors import require_new

TEMPLATES = paths.ROOT / "course" / "release" / "files"
FILES = (
    *("LICENSE", "course.toml", "pyproject.toml"),
    *("requirements.txt", "requirements-grade.txt"),
)
FOLDERS = ("data_utils", "course")
NOT_FILES_OF_OURS = shutil.ignore_patterns(".*", "__pycache__")
WITHOUT_GRADING = {
    "course/authoring",
    "course/commands/authoring",
    "course/commands/grading",
    "course/release",
    "course/report",
    "course/roster",
    "course/intake/downloads.py",
    "course/judge/cluster.py",
}
"""Paths that a student's release lacks: grading a class, and thresholds of the similarity check."""

WITHOUT_RELEASES = {"course/authoring", "course/commands/authoring", "course/release"}


def student(dest):
    """Write the folder of a student into `dest`, without solutions, answers and outputs.

    The stubs are derived again, whatever lies in starter/. A second copy goes to course/: checks
    need it after the student has edited the first.
    """
    require_new(dest)
    copy_course(dest, WITHOUT_GRADING)
    shutil.copy(paths.ROOT / ".gitignore", dest)
    shutil.copytree(TEMPLATES / "student", dest, dirs_exist_ok=True)
    student_files.fill(dest)
    for folder in (dest / "starter", dest / paths.RELEASED_STUBS.relative_to(paths.ROOT)):
        stubs.write(stubs.package(), folder)
    stubs.write(hints.files(paths.SOLUTIONS / "hints"), dest / "starter" / "hints", "*.toml")
    (dest / "docs").mkdir()
    for name in COURSE.docs:
        shutil.copy(paths.ROOT / "docs" / name, dest / "docs")
    reading.write(dest / "reading")
    (dest / "assignments").mkdir()
    for path in paths.notebooks():
        document = without_answers(notebook.without_outputs(notebook.read(path)))
        text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        (dest / "assignments" / path.name).write_text(text, encoding="utf-8", newline="\n")


def github(dest):
    """Write the folder of a student into `dest`, with a workflow that checks each push."""
    student(dest)
    shutil.copytree(TEMPLATES / "github", dest, dirs_exist_ok=True)


def copy_course(dest, without):
    """Copy the files of every release: the checks, the command `course` and their requirements.

    without: paths to leave out, such as course/release.
    """

    def left_out(folder, names):
        place = Path(folder).relative_to(paths.ROOT)
        named = {name for name in names if (place / name).as_posix() in without}
        return named | NOT_FILES_OF_OURS(folder, names)

    for name in FOLDERS:
        shutil.copytree(paths.ROOT / name, dest / name, ignore=left_out)
    for name in FILES:
        shutil.copy(paths.ROOT / name, dest / name)


def derived():
    """Yield ({file name: text}, folder, kind of file) for all derived files."""
    source = paths.SOLUTIONS / "hints"
    yield stubs.derive_package(paths.SOLUTIONS), paths.STARTER, "*.py"
    yield hints.files(source), paths.STARTER / "hints", "*.toml"
    known, notebooks = hints.read(source), paths.ASSIGNMENTS.glob("*.ipynb")
    yield {p.name: hints.filled(p, known) for p in notebooks}, paths.ASSIGNMENTS, "*.ipynb"
