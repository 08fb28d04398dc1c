"""Make the folders that others get: a student's, and one to put on GitHub."""

import json
import re
import shutil

from .. import hints, notebook, paths, stubs

TEMPLATES = paths.ROOT / "course" / "release" / "files"
FILES = ("LICENSE", "pyproject.toml", "requirements.txt")
FOLDERS = ("data_utils", "course")
LESSON = ("why-is-this-fast.md", "fast.png")
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "sample_class.py")
ANSWER = re.compile(r"<details><summary>Answer</summary>\n.*?\n</details>\n*", re.DOTALL)
"""What a notebook tells of a question to think about, which a student is to answer."""


class ReleaseError(Exception):
    """A release that cannot be made; says what to do."""


def student(dest):
    """Write the folder that a student gets into `dest`: no solution, answer or output in it.

    The stubs are derived anew, whatever lies in starter/, and a second copy goes to course/, so
    that a check knows them when the student has written over the first.
    """
    if dest.exists() and (not dest.is_dir() or any(dest.iterdir())):
        raise ReleaseError(f"{dest} is not empty; give a new folder")
    copy_course(dest)
    shutil.copy(paths.ROOT / ".gitignore", dest)
    shutil.copytree(TEMPLATES / "student", dest, dirs_exist_ok=True)
    for folder in (dest / "starter", dest / "course" / "stub_files"):
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


def copy_course(dest):
    """Copy what every release has: the checks, the command `course` and what they need."""
    for name in FOLDERS:
        shutil.copytree(paths.ROOT / name, dest / name, ignore=LEFT_OUT)
    shutil.rmtree(dest / "course" / "release" / "files")
    for name in FILES:
        shutil.copy(paths.ROOT / name, dest / name)


def without_answers(document):
    """Return a notebook's JSON without the answers folded below its questions."""
    for cell in document["cells"]:
        source = "".join(cell["source"])
        if not notebook.is_code(cell) and ANSWER.search(source):
            cell["source"] = ANSWER.sub("", source).splitlines(keepends=True)
    return document
