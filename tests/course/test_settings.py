"""course.toml: what is particular to a course; without layers, too, a heading may say `given`."""

import re
from dataclasses import replace

import pytest

from course import notebook, paths, prerequisites, settings
from course.release import folders
from course.student import tasks


def without_facade(monkeypatch):
    """Let the course have no module that collects the functions of others."""
    plain = replace(settings.COURSE, facade=None)
    for module in (prerequisites, tasks):
        monkeypatch.setattr(module, "COURSE", plain)


def test_without_a_facade_a_word_after_given_means_the_function_of_that_name(monkeypatch):
    without_facade(monkeypatch)
    package = {"near.py": "def distances(): pass\ndef distances_fast(): pass\n"}
    assert prerequisites.names_given(["distances"], package) == {"near": ["distances"]}


def test_without_a_facade_every_stub_is_still_to_be_written(monkeypatch):
    without_facade(monkeypatch)
    assert "svm_loss" in tasks.unwritten({})["layers.py"]


def test_the_points_are_those_of_the_headings():
    found = {p.stem: sum(c.points for c in notebook.checks(p)) for p in paths.notebooks()}
    assert settings.COURSE.points == found


def test_a_file_that_cannot_be_used_is_named(tmp_path):
    path = tmp_path / "course.toml"
    with pytest.raises(settings.SettingsError, match="course.toml is missing"):
        settings.read(path)
    path.write_text('title = "A"\nabout = "B"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(settings.SettingsError, match="course.toml.*colour"):
        settings.read(path)


def test_a_students_readme_has_the_words_of_the_course(tmp_path):
    folders.student(tmp_path / "student")
    text = (tmp_path / "student" / "README.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {settings.COURSE.title}\n\n{settings.COURSE.about} ")
    assert "svm_loss_naive` in `starter/linear_svm.py`" in text
    assert "{" not in text and "{" not in (tmp_path / "student" / "course.toml").read_text()


OURS = re.compile(
    r"deep.learning|[^`]layers\.py|five notebooks|\d_(svm|two_layer|cnn|batchnorm|lenet)", re.I
)


def test_the_command_knows_nothing_of_this_course():
    folder = paths.ROOT / "course"
    files = [p for kind in ("*.py", "*.md", "*.toml", "Makefile") for p in folder.rglob(kind)]
    assert [p for p in files if OURS.search(p.read_text(encoding="utf-8"))] == []
