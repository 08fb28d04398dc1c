"""What decides a mark is part of the version; what shows marks is not."""

import subprocess
import sys
from pathlib import Path

import pytest

from course import paths
from course.judge.version import version

NOTEBOOK = paths.notebooks()[0]


def version_if(monkeypatch, changed, old=b"", new=b""):
    """Return the version if one file began with a comment, or had `new` in the place of `old`."""
    text = changed.read_bytes()
    assert old in text
    other = text.replace(old, new) if old else b"#\n" + text
    bytes_of, text_of = Path.read_bytes, Path.read_text
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda p: other if p == changed else bytes_of(p))
        patch.setattr(
            Path, "read_text", lambda p, **k: other.decode() if p == changed else text_of(p, **k)
        )
        return version()


@pytest.mark.parametrize(
    "path",
    ["solutions/layers.py", "data_utils/check.py", "course/judge/plugin.py", "course/box/wire.py"],
)
def test_what_decides_a_mark_is_part_of_the_version(monkeypatch, path):
    assert version_if(monkeypatch, paths.ROOT / path) != version()


@pytest.mark.parametrize(
    "path",
    ["course/report/pages.py", "course/commands/__main__.py", "course/report/templates/class.html"],
)
def test_what_shows_marks_is_no_part_of_the_version(monkeypatch, path):
    assert version_if(monkeypatch, paths.ROOT / path) == version()


def test_checks_are_part_of_the_version_and_prose_is_not(monkeypatch):
    assert version_if(monkeypatch, NOTEBOOK, b"# Check 1 (4", b"# Check 1 (5") != version()
    assert version_if(monkeypatch, NOTEBOOK, b"**In words.**", b"**In a word.**") == version()


def test_no_judge_and_no_student_runs_a_module_that_is_no_part_of_the_version():
    code = (
        "import sys; from course.judge import prefork; prefork.import_everything(); "
        "print(*(m for m in sys.modules if m.startswith('course.')))"
    )
    command = [sys.executable, "-c", code]
    ran = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert {name.split(".")[1] for name in ran.stdout.split() if name.count(".") > 1} == {
        "judge",
        "box",
    }
