"""Releases: what a student gets holds no solution, the solutions branch passes plain nbval."""

import json
import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise

import pytest

from course import notebook, paths, release
from course.derive import derive


def git(folder, *words):
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def student(tmp_path_factory):
    dest = tmp_path_factory.mktemp("release") / "student"
    release.student(dest)
    return dest


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A repository that holds the course as it is here, with one commit."""
    folder = tmp_path_factory.mktemp("clone") / "course"
    shutil.copytree(
        paths.ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", "build", "__pycache__")
    )
    git(folder, "init", "--initial-branch", "main")
    git(folder, "config", "user.name", "Test")
    git(folder, "config", "user.email", "test@example.com")
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "Begin")
    return folder


def run_in(folder, *words):
    """Run the command `course` of another copy of the course."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-m", "course.cli", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def answers():
    """Return the lines of the solutions that their stubs do not have, a list for each module."""
    for path in paths.SOLUTIONS.glob("*.py"):
        stub = set(derive(path.read_text(), path.name).splitlines())
        lines = path.read_text().splitlines()
        yield [line.strip() for line in lines if line not in stub and len(line.strip()) > 20]


def released_lines(folder):
    """Return the lines of all modules, cells and hints of a folder, a list for each file."""
    for path in folder.rglob("*"):
        if path.suffix == ".ipynb":
            cells = ("".join(cell["source"]) for cell in notebook.read(path)["cells"])
            yield [line.strip() for cell in cells for line in cell.splitlines()]
        elif path.suffix in (".py", ".toml", ".md"):
            yield [line.strip() for line in path.read_text().splitlines()]


def solve(folder):
    """Fill in every stub of a student's folder, and leave no TODO behind."""
    for path in paths.SOLUTIONS.glob("*.py"):
        lines = path.read_text().splitlines()
        kept = [line for line in lines if "# SOLUTION" not in line]
        (folder / "starter" / path.name).write_text("\n".join(kept) + "\n")


def test_no_line_of_a_solution_is_in_a_students_folder_unless_it_is_in_given_code(student):
    given = {line.strip() for text in paths.stubs().values() for line in text.splitlines()}
    lines = {line for module in answers() for line in module} - given
    assert len(lines) > 300
    released = {line for file in released_lines(student) for line in file}
    assert sorted(lines & released) == []


def test_no_two_lines_of_a_solution_follow_one_another_in_a_students_folder(student):
    pairs = {pair for module in answers() for pair in pairwise(module)}
    assert len(pairs) > 300
    released = {pair for file in released_lines(student) for pair in pairwise(file)}
    assert sorted(pairs & released) == []


def test_stubs_are_released_whatever_lies_in_starter(clone, tmp_path):
    solve(clone)
    ran = run_in(clone, "release", "student", str(tmp_path / "student"))
    git(clone, "checkout", "starter")
    assert ran.returncode == 0, ran.stderr
    stub = (tmp_path / "student" / "starter" / "linear_svm.py").read_text()
    assert "svm_loss_naive is yours to write" in stub


def test_a_students_notebooks_have_no_outputs(student):
    for path in (student / "assignments").glob("*.ipynb"):
        for cell in notebook.read(path)["cells"]:
            assert not cell.get("outputs")


def test_a_students_readme_names_nothing_that_the_folder_lacks(student):
    for name in re.findall(r"`?([a-z_]+/)(?:`|[a-z_0-9]+\.)", (student / "README.md").read_text()):
        assert (student / name).is_dir(), name


def test_a_students_make_targets_need_no_solutions(student):
    text = (student / "Makefile").read_text()
    assert "course check" in text
    for word in ("demo", "grade", "pytest", "benchmarks"):
        assert word not in text


def test_a_student_can_check_in_the_folder_they_got(student, tmp_path):
    ran = run_in(student, "check", "1_svm", "--json", str(tmp_path / "o.json"))
    outcomes = json.loads((tmp_path / "o.json").read_text())
    assert ran.returncode == 1, ran.stderr
    assert {o["outcome"] for o in outcomes} == {"not written"}


def test_a_student_who_has_finished_passes_every_check(tmp_path):
    release.student(tmp_path / "student")
    solve(tmp_path / "student")
    ran = run_in(tmp_path / "student", "check", "1_svm")
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_another_package_is_judged_and_not_the_students_own(tmp_path):
    release.student(tmp_path / "student")
    solve(tmp_path / "student")
    untouched = tmp_path / "other" / "starter"
    shutil.copytree(tmp_path / "student" / "course" / "stubs", untouched)
    words = ("check", "1_svm", "--package", str(untouched), "--json", str(tmp_path / "o.json"))
    run_in(tmp_path / "student", *words)
    outcomes = json.loads((tmp_path / "o.json").read_text())
    assert {o["outcome"] for o in outcomes} == {"not written"}


def test_derive_leaves_a_students_work_alone(student):
    before = {path.name: path.read_text() for path in (student / "starter").glob("*.py")}
    ran = run_in(student, "derive")
    assert ran.returncode == 2
    assert "nothing was changed" in ran.stderr
    assert before == {path.name: path.read_text() for path in (student / "starter").glob("*.py")}


def test_a_students_folder_is_never_written_over_another(student):
    with pytest.raises(release.ReleaseError, match="is not empty; give a new folder"):
        release.student(student)


def test_the_solutions_branch_passes_plain_nbval_with_outputs_compared(clone, tmp_path):
    ran = run_in(clone, "release", "solutions", "--branch", "answers")
    assert ran.returncode == 0, ran.stderr
    git(clone, "worktree", "add", str(tmp_path / "tree"), "answers")
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "assignments"]
    plain = subprocess.run(command, cwd=tmp_path / "tree", capture_output=True, text=True)
    assert plain.returncode == 0, plain.stdout[-3000:]
    assert " passed" in plain.stdout


def test_main_is_as_it_was_after_the_solutions_are_released(clone):
    run_in(clone, "release", "solutions", "--branch", "more-answers")
    assert git(clone, "status", "--porcelain").stdout == ""
    assert git(clone, "branch", "--show-current").stdout.strip() == "main"


def test_a_dirty_tree_is_not_released(clone):
    (clone / "note.txt").write_text("not committed")
    ran = run_in(clone, "release", "solutions")
    (clone / "note.txt").unlink()
    assert ran.returncode == 2
    assert "commit or stash them first" in ran.stderr


def test_the_present_branch_is_not_written_over(clone):
    ran = run_in(clone, "release", "solutions", "--branch", "main")
    assert ran.returncode == 2
    assert "main is the branch you are on; name another" in ran.stderr
