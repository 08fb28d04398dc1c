"""Make the folders that others get: a student's, and one to put on GitHub."""

import json
import re
import shutil
from pathlib import Path

from .. import hints, notebook, paths, stubs

TEMPLATES = paths.ROOT / "course" / "release" / "files"
FILES = ("LICENSE", "pyproject.toml", "requirements.txt")
FOLDERS = ("data_utils", "course")
LESSON = ("why-is-this-fast.md", "fast.png")
NOT_FILES_OF_OURS = shutil.ignore_patterns(".*", "__pycache__")
ANSWER = re.compile(r"<details><summary>Answer</summary>\n.*?\n</details>\n*", re.DOTALL)
"""What a notebook tells of a question to think about, which a student is to answer."""


WITHOUT_GRADING = {
    "course/release",
    "course/report",
    "course/judge/cluster.py",
}
"""What a student's release lacks, such as the thresholds of the similarity check."""

WITHOUT_RELEASES = {"course/release"}


class ReleaseError(Exception):
    """A release that cannot be made; says what to do."""


def student(dest):
    """Write the folder that a student gets into `dest`: no solution, answer or output in it.

    The stubs are derived anew, whatever lies in starter/, and a second copy goes to course/, so
    that a check knows them when the student has written over the first.
    """
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise ReleaseError(f"{dest} is not empty; give a new folder")
    copy_course(dest, WITHOUT_GRADING)
    shutil.copy(paths.ROOT / ".gitignore", dest)
    shutil.copytree(TEMPLATES / "student", dest, dirs_exist_ok=True)
    for folder in (dest / "starter", dest / paths.RELEASED_STUBS.relative_to(paths.ROOT)):
        stubs.write(stubs.package(), folder)
    stubs.write(hints.files(paths.SOLUTIONS / "hints"), dest / "starter" / "hints", "*.toml")
    (dest / "docs").mkdir()
    for name in LESSON:
        shutil.copy(paths.ROOT / "docs" / name, dest / "docs")
    (dest / "assignments").mkdir()
    for path in paths.notebooks():
        document = without_answers(notebook.without_outputs(notebook.read(path)))
        text = json.dumps(document, indent=1, ensure_ascii=False) + "\n"
        (dest / "assignments" / path.name).write_text(text, encoding="utf-8", newline="\n")


def github(dest):
    """Write the folder of a student into `dest`, with a workflow that checks what is pushed."""
    student(dest)
    shutil.copytree(TEMPLATES / "github", dest, dirs_exist_ok=True)


def copy_course(dest, without):
    """Copy what every release has: the checks, the command `course` and what they need.

    without: the paths, such as course/release, of what stays out.
    """

    def left_out(folder, names):
        place = Path(folder).relative_to(paths.ROOT)
        named = {name for name in names if (place / name).as_posix() in without}
        return named | NOT_FILES_OF_OURS(folder, names)

    for name in FOLDERS:
        shutil.copytree(paths.ROOT / name, dest / name, ignore=left_out)
    for name in FILES:
        shutil.copy(paths.ROOT / name, dest / name)


def without_answers(document):
    """Return a notebook's JSON without the answers folded below its questions."""
    for cell in document["cells"]:
        source = "".join(cell["source"])
        if not notebook.is_code(cell) and ANSWER.search(source):
            cell["source"] = ANSWER.sub("", source).splitlines(keepends=True)
    return document


def derived():
    """Yield all that is derived: {file name: text}, the folder it belongs in, the kind of file."""
    source = paths.SOLUTIONS / "hints"
    yield stubs.derive_package(paths.SOLUTIONS), paths.STARTER, "*.py"
    yield hints.files(source), paths.STARTER / "hints", "*.toml"
    told, notebooks = hints.read(source), paths.ASSIGNMENTS.glob("*.ipynb")
    yield {p.name: hints.filled(p, told) for p in notebooks}, paths.ASSIGNMENTS, "*.ipynb"
