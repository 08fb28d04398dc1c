"""An answer that writes into what it was given gains nothing, in any check of any notebook.

Four packages are the solutions, whose functions fill their arguments with other values: before or
after computing, and either the arguments or copies of them. What is done to a copy cannot reach a
check, so whoever fills the arguments themselves must not have a point more.
"""

import shutil
from pathlib import Path

import pytest

from course import paths, stubs
from course.intake.downloads import read_class
from course.judge.jobs import Job, run_all

SPOIL = Path(__file__).with_name("spoil_arguments.py").read_text(encoding="utf-8")
WRAPPING = Path(__file__).with_name("wrapping.py").read_text(encoding="utf-8")
WRAP = "\nfrom . import spoil_arguments, wrapping\n\n"
WRAP += "wrapping.wrap_all(globals(), spoil_arguments.spoiling)\n"
WAYS = [f"{when}-{what}" for when in ("before", "after") for what in ("copies", "arguments")]


def hand_in(folder, way):
    """Write the solutions whose functions spoil their arguments that way."""
    when, what = way.split("-")
    package = folder / way / "starter"
    shutil.copytree(paths.SOLUTIONS, package, ignore=shutil.ignore_patterns("__pycache__"))
    spoil = SPOIL.replace("@WHEN@", when).replace("@WHAT@", what)
    (package / "spoil_arguments.py").write_text(spoil, encoding="utf-8")
    (package / "wrapping.py").write_text(WRAPPING, encoding="utf-8")
    for name in stubs.task_modules():
        with (package / name).open("a", encoding="utf-8") as stream:
            stream.write(WRAP)


@pytest.fixture(scope="module", params=paths.notebooks(), ids=lambda path: path.stem)
def points(request, tmp_path_factory, bubblewrap):
    """The points of each way in each check of one notebook, {check: {way: points}}."""
    folder = tmp_path_factory.mktemp("spoiled")
    for way in WAYS:
        hand_in(folder, way)
    found = {}
    jobs = [Job(s, request.param, 7, "bwrap") for s in read_class(folder)]
    for job, outcome in run_all(jobs, 2):
        if outcome:
            check = f"{outcome.check}: {outcome.task}"
            found.setdefault(check, {})[job.submission.id] = outcome.points
    return found


@pytest.mark.parametrize("when", ["before", "after"])
def test_filling_the_arguments_gains_nothing(when, points):
    assert points
    for check, of in points.items():
        assert of[f"{when}-arguments"] <= of[f"{when}-copies"], (check, of)


def test_what_is_filled_after_computing_is_the_right_answer_in_most_checks(points):
    right = sum(of["after-copies"] for of in points.values())
    assert right >= sum(of["before-copies"] for of in points.values())
    assert right
