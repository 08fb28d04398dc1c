"""Submissions that attack a Dask cluster: each costs its own checks, and nothing else.

They lie in tests/attacks/cluster/, each in the place of one module of the solutions. One cluster,
a worker of two threads, grades them all beside two honest ones: in bubblewrap, and as other users
where the tests are root.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from course import paths
from course.intake.downloads import read_class
from course.judge import cluster
from course.judge.jobs import Job
from tests.attacks import test_attacks
from tests.helpers import autograder
from tests.helpers.cluster import ended_after, started, worker

HERE = Path(__file__).parent / "cluster"
FIRST = paths.notebooks()[0]
SAID = {
    "forge_outcomes": "svm_loss_naive raised ValueError",
    "reach_scheduler": "reached: []",
    "read_neighbours": "seen: []",
}
"""For each attack, what is said of the first check that it attacks."""
KINDS = ["bwrap", "user"] if sys.platform == "linux" and os.getuid() == 0 else ["bwrap"]


def hand_in(folder, name, **known):
    """Write the submission of an attack, or of nobody who attacks; fill in what is known."""
    test_attacks.hand_in(folder, name)
    if name in SAID:
        package = folder / name / "starter"
        (package / "linear_svm.py").rename(package / "honest.py")
        text = (HERE / f"{name}.py").read_text(encoding="utf-8")
        for key, value in known.items():
            text = text.replace(f"@{key}@", str(value))
        (package / "linear_svm.py").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def place(bubblewrap):
    """A folder that other users may enter, with a Python of their own in it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        autograder.make_environment(Path(name) / "venv")
        yield Path(name)


@pytest.fixture(scope="module")
def graded(place):
    """The outcomes of all on one cluster: {kind: {submission: outcomes}}."""
    found = {kind: {} for kind in (*KINDS, "none")}
    process, address = started("scheduler", "--host", "127.0.0.1", "--port", "0")
    words = ("--nthreads", "2", "--local-directory", str(place / "local"))
    with (
        ended_after(process),
        worker(address, *words, python=place / "venv" / "bin" / "python") as (_, other),
    ):
        scheduler, port = (re.search(r"\d+$", each)[0] for each in (address, other))
        known = {"SCHEDULER": scheduler, "WORKER": port, "LOCAL": place / "local"}
        for name in ("aaa-honest", *SAID, "zzz-honest"):
            hand_in(place / "class", name, **known)
        for kind in found:
            only = test_attacks.of_one_function(FIRST)
            todo = [Job(s, FIRST, 7, kind, only=only) for s in read_class(place / "class")]
            for job, outcome in cluster.run_all(todo, address, kind):
                if outcome:
                    found[kind].setdefault(job.submission.id, []).append(outcome)
    shutil.rmtree(place / "class")
    return found


def test_every_attack_is_tried():
    assert {path.stem for path in HERE.glob("*.py")} == set(SAID)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("attack", SAID)
def test_an_attack_costs_its_own_checks_and_is_named(attack, kind, graded):
    outcomes = graded[kind][attack]
    attacked = [o for o in outcomes if o.task.startswith(test_attacks.NAIVE)]
    assert attacked and SAID[attack] in attacked[0].message
    for outcome in outcomes:
        verdict = "failed" if outcome in attacked else "passed"
        assert outcome.verdict == verdict, f"{outcome.task}: {outcome.message}"
    assert not sum(outcome.points for outcome in attacked)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("honest", ["aaa-honest", "zzz-honest"])
def test_an_attack_costs_no_other_submission(honest, kind, graded):
    assert {o.verdict for o in graded[kind][honest]} == {"passed"}


@pytest.mark.parametrize("kind", KINDS)
def test_what_travels_back_is_short_and_legible(kind, graded):
    for outcome in graded[kind]["forge_outcomes"]:
        assert len(outcome.message) <= 4_000 and len(outcome.prints) <= 20_000
        for text in (outcome.message, outcome.prints):
            assert not set(text) & set("\x1b\u202e\ud800")
    assert not Path("/tmp/attacked").exists()


@pytest.mark.parametrize("attack", ["reach_scheduler", "read_neighbours"])
def test_without_a_wall_it_would_reach_what_it_looks_for(attack, graded):
    assert SAID[attack] not in graded["none"][attack][0].message
