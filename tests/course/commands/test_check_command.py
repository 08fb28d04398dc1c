"""`course check`: one package, judged as in grading."""

import json
import shutil
import subprocess
import sys

import pytest

from course import notebook, paths
from course.commands import terminal
from course.outcome import Outcome


def course(*words, cwd=None):
    """Run the command `course` and return what became of it."""
    command = [sys.executable, "-m", "course.commands", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd or paths.ROOT)


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """What `course check` says of the solutions."""
    file = tmp_path_factory.mktemp("solved") / "outcomes.json"
    return course("check", "--package", paths.SOLUTIONS, "--json", file), file


@pytest.fixture(scope="module")
def untouched(tmp_path_factory):
    """What `course check` says of the starter."""
    file = tmp_path_factory.mktemp("untouched") / "outcomes.json"
    return course("check", "--json", file), file


def test_the_solutions_pass_every_check(solved):
    ran, file = solved
    outcomes = json.loads(file.read_text())
    assert {o["outcome"] for o in outcomes} == {"passed"}, ran.stdout
    assert ran.returncode == 0


def test_every_check_of_every_notebook_is_judged(solved):
    outcomes = json.loads(solved[1].read_text())
    expected = [(p.stem, c.number) for p in paths.notebooks() for c in notebook.checks(p)]
    assert [(o["notebook"], o["check"]) for o in outcomes] == expected


def test_an_outcome_has_the_published_keys(solved):
    keys = "submission notebook check task points max_points outcome diagnosis message seconds"
    for outcome in json.loads(solved[1].read_text()):
        assert list(outcome) == keys.split()


def test_no_check_of_the_starter_is_written_yet(untouched):
    ran, file = untouched
    outcomes = json.loads(file.read_text())
    assert {o["outcome"] for o in outcomes} == {"not written"}
    assert sum(o["points"] for o in outcomes) == 0
    assert ran.returncode == 1


def test_a_stub_is_reported_with_its_file_and_line(untouched):
    for outcome in json.loads(untouched[1].read_text()):
        name, _, place = outcome["message"].partition(" is not written yet: starter/")
        file, _, line = place.partition(", line ")
        stub = (paths.STARTER / file).read_text().splitlines()[int(line) - 1]
        assert f'raise NotImplementedError("{name} is yours to write")' in stub


def test_a_notebook_that_does_not_exist_is_named_with_those_that_do():
    ran = course("check", "7_poetry")
    assert ran.returncode == 2
    assert "there is no notebook '7_poetry'; there are: 1_svm" in ran.stderr


def test_a_folder_without_the_package_is_refused(tmp_path):
    ran = course("check", "--package", tmp_path)
    assert ran.returncode == 2
    assert "there is no file in it" in ran.stderr


def test_a_package_that_does_not_exist_is_refused(tmp_path):
    ran = course("check", "--package", tmp_path / "nowhere")
    assert ran.returncode == 2
    assert "nowhere does not exist; give the folder that holds your modules" in ran.stderr


def test_a_module_with_a_syntax_error_costs_its_own_checks(tmp_path):
    package = tmp_path / "starter"
    shutil.copytree(paths.SOLUTIONS, package)
    (package / "softmax.py").write_text("def softmax_loss_naive(W, X, y, reg:\n    pass\n")
    (package / "linear_classifier.py").unlink()
    course("check", "1_svm", "--package", package, "--json", tmp_path / "o.json")
    outcomes = json.loads((tmp_path / "o.json").read_text())
    for outcome in outcomes:
        if "beyond" in outcome["task"]:
            continue  # asked of functions of both modules
        if outcome["task"].startswith("svm_loss"):
            assert outcome["outcome"] == "passed"
        elif outcome["task"].startswith("softmax"):
            assert "Python cannot read starter/softmax.py, line 1" in outcome["message"]


def test_a_module_that_was_not_handed_in_is_not_written(tmp_path):
    package = tmp_path / "starter"
    shutil.copytree(paths.SOLUTIONS, package)
    (package / "linear_svm.py").unlink()
    course("check", "1_svm", "--package", package, "--json", tmp_path / "o.json")
    missing = [
        o for o in json.loads((tmp_path / "o.json").read_text()) if o["task"].startswith("svm_loss")
    ]
    assert missing
    assert {o["outcome"] for o in missing} == {"not written"}


def said(**outcome):
    """Return the lines that `course check` prints about an outcome."""
    known = {"check": 3, "task": "f, the loss", "points": 0, "max_points": 4}
    with terminal.console.capture() as printed:
        terminal.show_outcome(Outcome(**known, **outcome))
    return printed.get().splitlines()


def test_a_failed_check_is_told_with_the_way_to_a_hint():
    lines = said(verdict="failed", diagnosis="sign", message="loss: no.")
    assert lines[1:] == ["  loss: no.", "  For a hint: course hint f, the loss"]


@pytest.mark.parametrize(
    "verdict, diagnosis",
    [("passed", None), ("not written", "not-written"), ("failed", "comes-first")],
)
def test_no_hint_is_named_where_it_would_not_help(verdict, diagnosis):
    assert len(said(verdict=verdict, diagnosis=diagnosis, message="Some message.")) == 2
