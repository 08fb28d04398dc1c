"""Releases as branches: nothing of a solution in a student's, every stub filled in on the other."""

import subprocess

import pytest

from course import stubs
from tests.helpers.releases import clone_course, git, lines_of, run_in, secrets


@pytest.fixture(scope="module")
def clone(tmp_path_factory):
    """A repository that holds the course as it is here, with one commit."""
    return clone_course(tmp_path_factory.mktemp("clone") / "course")


@pytest.fixture(scope="module")
def tip(clone):
    """The commit of a student's branch that was just made."""
    ran = run_in(clone, "release", "student", "--branch", "for-students")
    assert ran.returncode == 0, ran.stderr
    return git(clone, "rev-parse", "for-students")


def names_in(clone, commit):
    return git(clone, "ls-tree", "-r", "--name-only", commit).split("\n")


def test_no_object_that_a_students_branch_leads_to_holds_a_line_of_a_solution(clone, tip):
    objects = [line.split()[0] for line in git(clone, "rev-list", "--objects", tip).split("\n")]
    assert len(objects) > 100
    shown = subprocess.run(
        ["git", "cat-file", "--batch"],
        cwd=clone,
        input="\n".join(objects).encode(),
        capture_output=True,
        check=True,
    )
    lines = set(lines_of(shown.stdout.decode(errors="replace")))
    assert "import numpy as np" in lines
    assert sorted(secrets() & lines) == []


def test_a_students_branch_begins_with_itself(clone, tip):
    assert git(clone, "rev-list", "--count", tip) == "1"
    assert not [name for name in names_in(clone, tip) if name.startswith(("solutions", "tests"))]


def test_a_students_branch_holds_what_a_students_folder_holds(clone, tip, tmp_path):
    run_in(clone, "release", "student", str(tmp_path / "student"))
    files = [p for p in (tmp_path / "student").rglob("*") if p.is_file()]
    names = {path.relative_to(tmp_path / "student").as_posix() for path in files}
    assert names == set(names_in(clone, tip))


@pytest.mark.parametrize("kind", ["student", "solutions"])
def test_the_same_commit_always_gives_the_same_commit(clone, kind, tmp_path):
    twin = tmp_path / "twin"
    git(clone, "clone", "--quiet", str(clone), str(twin))
    git(twin, "config", "core.autocrlf", "true")
    found = set()
    for folder, branch in [(clone, "first"), (clone, "first"), (clone, "second"), (twin, "first")]:
        assert run_in(folder, "release", kind, "--branch", f"{kind}-{branch}").returncode == 0
        found.add(git(folder, "rev-parse", f"{kind}-{branch}"))
    assert len(found) == 1


def test_a_later_release_follows_the_earlier_one_so_that_students_can_pull(clone, tip):
    (clone / "LICENSE").write_text("another licence\n")
    git(clone, "commit", "--all", "--message", "Change the licence")
    run_in(clone, "release", "student", "--branch", "for-students")
    git(clone, "reset", "--hard", "HEAD^")
    assert git(clone, "rev-parse", "for-students^") == tip
    git(clone, "branch", "--force", "for-students", tip)


def test_a_branch_with_solutions_in_its_past_is_not_given_to_students(clone):
    git(clone, "branch", "old")
    ran = run_in(clone, "release", "student", "--branch", "old")
    assert ran.returncode == 2
    assert "old has solutions in its history; name another branch" in ran.stderr


def test_a_student_is_given_a_folder_or_a_branch_and_not_both(clone, tmp_path):
    for words in ((), (str(tmp_path / "student"), "--branch", "both")):
        ran = run_in(clone, "release", "student", *words)
        assert ran.returncode == 2
        assert "give a new folder, or --branch and a name" in ran.stderr


def test_the_solutions_branch_is_this_commit_with_the_stubs_filled_in(clone):
    run_in(clone, "release", "solutions", "--branch", "filled-in")
    assert git(clone, "rev-parse", "filled-in^") == git(clone, "rev-parse", "main")
    changed = git(clone, "diff", "--name-status", "main", "filled-in").split("\n")
    unwritten = "raise NotImplementedError("
    solved = {name for name, text in stubs.package().items() if unwritten in text}
    assert {f"M\tstarter/{name}" for name in solved} <= set(changed)
    for line in changed:
        name = line.removeprefix("M\tstarter/")
        theirs = git(clone, "rev-parse", f"filled-in:starter/{name}", f"main:solutions/{name}")
        assert len(set(theirs.split("\n"))) == 1, line


def test_main_is_as_it_was_after_the_solutions_are_released(clone):
    run_in(clone, "release", "solutions", "--branch", "more-answers")
    assert git(clone, "status", "--porcelain") == ""
    assert git(clone, "branch", "--show-current") == "main"


@pytest.mark.parametrize(
    "words", ["student --branch b", "solutions --branch b", "gradescope ../g.zip", "github ../g"]
)
def test_a_dirty_tree_is_not_released(clone, words):
    (clone / "note.txt").write_text("not committed")
    ran = run_in(clone, "release", *words.split())
    (clone / "note.txt").unlink()
    assert ran.returncode == 2
    assert "commit or stash them first" in ran.stderr


def test_what_is_released_is_said_with_what_to_do_next(clone):
    for words, said in {
        ("gradescope", "../g.zip", "--notebook", "3_cnn"): "upload it as the autograder",
        ("github", "../g"): "put it on GitHub as a template repository",
    }.items():
        ran = run_in(clone, "release", *words)
        assert ran.returncode == 0, ran.stderr
        assert f"{words[1]} is ready: {said}" in ran.stdout


@pytest.mark.parametrize("kind", ["student", "solutions"])
def test_the_present_branch_is_not_written_over(clone, kind):
    ran = run_in(clone, "release", kind, "--branch", "main")
    assert ran.returncode == 2
    assert "main is the branch you are on; name another" in ran.stderr
