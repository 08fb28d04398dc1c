"""What a student gets: it holds no solution, and works without one."""

import ast
import json
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from jupyterlab.commands import get_app_dir

from course import notebook, paths, stubs
from course.intake import own_notebooks
from course.release import folders
from course.release.errors import ReleaseError
from tests.helpers.releases import (
    clone_course,
    git,
    lines_of,
    run_in,
    secrets,
    solution_lines,
    solve,
)


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    dest = tmp_path_factory.mktemp("release") / "student"
    folders.student(dest)
    return dest


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A repository that holds the course as it is here, with one commit."""
    return clone_course(tmp_path_factory.mktemp("clone") / "course")


def released_lines(folder):
    """Return the lines of all modules, cells and hints of a folder, a list for each file."""
    for path in folder.rglob("*"):
        if path.suffix in (".ipynb", ".py", ".toml", ".md", ".yml"):
            yield list(lines_of(path.read_text(encoding="utf-8")))


def test_no_line_of_a_solution_is_in_a_students_folder_unless_it_is_in_given_code(student):
    assert len(secrets()) > 300
    released = {line for file in released_lines(student) for line in file}
    assert sorted(secrets() & released) == []


def test_no_two_lines_of_a_solution_follow_one_another_unless_in_given_code(student):
    """given/net.py has lines that a student has written in earlier notebooks."""
    given = [text for name, text in stubs.package().items() if paths.is_given(name)]
    known = {pair for text in given for pair in pairwise(map(str.strip, text.splitlines()))}
    pairs = {pair for module in solution_lines() for pair in pairwise(module)} - known
    assert len(pairs) > 300
    released = {pair for file in released_lines(student) for pair in pairwise(file)}
    assert sorted(pairs & released) == []


def test_stubs_are_released_whatever_lies_in_starter(clone, tmp_path):
    solve(clone)
    git(clone, "commit", "--all", "--message", "Solve by mistake")
    ran = run_in(clone, "release", "student", str(tmp_path / "student"))
    git(clone, "reset", "--hard", "HEAD^")
    assert ran.returncode == 0, ran.stderr
    stub = (tmp_path / "student" / "starter" / "linear_svm.py").read_text()
    assert "svm_loss_naive is yours to write" in stub


def test_a_students_notebooks_have_no_outputs_and_no_answers(student):
    for path in (student / "assignments").glob("*.ipynb"):
        assert "<summary>Answer" not in path.read_text()
        for cell in notebook.read(path)["cells"]:
            assert not cell.get("outputs")


def texts_of(document):
    """Return the texts of a notebook's markdown cells."""
    cells = [cell for cell in document["cells"] if not notebook.is_code(cell)]
    return ["".join(cell["source"]) for cell in cells]


def asked_in(document):
    """Return the questions to think about of a notebook."""
    return [asked for text in texts_of(document) for asked in own_notebooks.questions_in(text)]


def test_what_a_student_is_asked_and_told_stays_in_the_notebooks(student):
    for path in paths.notebooks():
        ours, theirs = notebook.read(path), notebook.read(student / "assignments" / path.name)
        assert asked_in(theirs) == asked_in(ours)
        for document in (ours, theirs):
            message = "\n".join(texts_of(document))
            document["hints"] = re.findall(r"<summary>Hints?.*?</details>", message, re.DOTALL)
        assert theirs["hints"] == ours["hints"]


def test_a_students_readme_names_nothing_that_the_folder_lacks(student):
    for name in re.findall(r"`?([a-z_]+/)(?:`|[a-z_0-9]+\.)", (student / "README.md").read_text()):
        assert (student / name).is_dir(), name


def test_a_students_make_targets_need_no_solutions(student):
    text = (student / "Makefile").read_text()
    assert "course check" in text
    for word in ("demo", "grade", "pytest", "benchmarks"):
        assert word not in text


@pytest.mark.parametrize("makefile", ["Makefile", "course/release/files/student/Makefile"])
def test_jupyterlab_does_not_ask_whether_it_may_fetch_news(makefile, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "jupyter").write_text("#!/bin/sh\n")
    (tmp_path / "bin" / "jupyter").chmod(0o755)
    made = [f"VENV={tmp_path}", f"JUPYTERLAB_WORKSPACES_DIR={tmp_path}"]
    stamp = ["-o", f"{tmp_path}/.installed"]
    subprocess.run(["make", "-f", makefile, *stamp, *made, "lab"], cwd=paths.ROOT, check=True)
    said = tmp_path / "etc" / "jupyter" / "labconfig" / "default_setting_overrides.json"
    ((plugin, chosen),) = json.loads(said.read_text()).items()
    schemas = Path(get_app_dir()) / "schemas"
    setting = json.loads((schemas / f"{plugin.replace(':', '/')}.json").read_text())["properties"]
    assert chosen == {"fetchNews": "false"} and setting["fetchNews"]["default"] == "none"
    assert "false" in [way["const"] for way in setting["fetchNews"]["oneOf"]]


def test_a_student_can_check_in_the_folder_they_got(student, tmp_path):
    ran = run_in(student, "check", "1_svm", "--json", str(tmp_path / "o.json"))
    outcomes = json.loads((tmp_path / "o.json").read_text())
    assert ran.returncode == 1, ran.stderr
    assert {o["outcome"] for o in outcomes} == {"not written"}


def test_a_student_who_has_finished_passes_every_check(tmp_path):
    folders.student(tmp_path / "student")
    solve(tmp_path / "student")
    ran = run_in(tmp_path / "student", "check", "1_svm")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_another_package_is_judged_and_not_the_students_own(tmp_path):
    folders.student(tmp_path / "student")
    solve(tmp_path / "student")
    untouched = tmp_path / "other" / "starter"
    shutil.copytree(tmp_path / "student" / "course" / "stub_files", untouched)
    words = ("check", "1_svm", "--package", str(untouched), "--json", str(tmp_path / "o.json"))
    run_in(tmp_path / "student", *words)
    outcomes = json.loads((tmp_path / "o.json").read_text())
    assert {o["outcome"] for o in outcomes} == {"not written"}


def test_a_student_is_offered_what_a_student_does(student):
    said = run_in(student, "--help").stdout
    offered = re.findall(r"^  ([a-z]+) ", said[said.index("Commands:") :], re.MULTILINE)
    assert offered == ["check", "hint", "status", "submit", "watch"]


@pytest.mark.parametrize("command", ["grade", "release", "demo", "text", "build"])
def test_commands_of_instructors_are_unknown_in_a_students_folder(student, command):
    assert f"No such command '{command}'" in run_in(student, command).stderr


def test_derive_leaves_a_students_work_alone(student):
    before = {path.name: path.read_text() for path in (student / "starter").glob("*.py")}
    ran = run_in(student, "derive")
    assert ran.returncode == 2
    assert before == {path.name: path.read_text() for path in (student / "starter").glob("*.py")}


def test_what_grades_and_releases_stays_with_the_instructor(student):
    """The similarity check has its thresholds there, and a class its gradebook."""
    for name in folders.WITHOUT_GRADING:
        assert (paths.ROOT / name).exists() and not (student / name).exists(), name
    here = {p.relative_to(paths.ROOT).as_posix() for p in (paths.ROOT / "course").rglob("*.py")}
    there = {p.relative_to(student).as_posix() for p in (student / "course").rglob("*.py")}
    assert all(
        any(f"{name}/".startswith(f"{w}/") for w in folders.WITHOUT_GRADING)
        for name in here - there
    )


def test_nothing_that_a_student_is_given_rests_on_what_they_lack(student):
    """Here an installed course lends what is missing; a student has this folder alone."""
    for path in (student / "course").rglob("*.py"):
        for name in relative_imports(path, student):
            assert (student / name).exists() or (student / f"{name}.py").exists(), (path, name)


def relative_imports(path, root):
    """Yield what a module imports from other modules of its package, as paths below `root`."""
    package = path.relative_to(root).parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            yield Path(*package[: -node.level], *(node.module or "").split("."))


def test_a_students_folder_is_never_written_over_another(student):
    with pytest.raises(ReleaseError, match="is not empty; give a new folder"):
        folders.student(student)
