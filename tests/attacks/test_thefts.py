"""Submissions that try to read the reference: none gets a point, and no page shows a line of it.

The attacks lie in tests/attacks/thefts/. Each takes the place of one module of the stubs, and
attacks a check that is given something.
"""

import html
import shutil
from pathlib import Path

import pytest

from course import notebook, paths
from course.intake.downloads import read_class
from course.judge import jobs
from course.judge.jobs import Job, run_all
from course.outcome import Row
from course.report.pages import write_report

HERE = Path(__file__).parent / "thefts"
PIECE = 40
"""So many characters in a row, of a solution, are not on a page by chance."""

SCORES = ("2_two_layer_net", "fc_net", "TwoLayerNet.loss, the scores")
NUMBERS = "nothing but numbers came back"
THEFTS = {
    "ask_for_a_long_while": (*SCORES, "was stopped after"),
    "ask_on": (*SCORES, "nothing is answered"),
    "false_net": (
        "4_batchnorm",
        "tuning",
        "create_convolutional_solver_instance",
        "it takes numbers and arrays of them, not Object",
    ),
    "false_solver": ("4_batchnorm", "tuning", "find_overfit_parameters", "learned by heart: no"),
    "module_by_a_text": ("4_batchnorm", "cnn", "DeepConvNet, the first", "cannot be handed out"),
    "object_in_a_dict": ("4_batchnorm", "fc_net", "FullyConnectedNet", NUMBERS),
    "object_in_an_attribute": ("2_two_layer_net", "modules", "ModularTwoLayerNet", NUMBERS),
    "object_numbers": (*SCORES, NUMBERS),
    "object_weights": (*SCORES, NUMBERS),
    "odd_rule": ("4_batchnorm", "tuning", "find_overfit_parameters", NUMBERS),
    "unwritten_memory": ("4_batchnorm", "tuning", "find_overfit_parameters", NUMBERS),
}
"""For each attack: its notebook, the module it replaces, how the task begins, what is said."""


def hand_in(folder, attack):
    """Write the stubs with an attack in the place of one module."""
    package = folder / attack / "starter"
    shutil.copytree(paths.STARTER, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HERE / f"{attack}.py", package / f"{THEFTS[attack][1]}.py")


@pytest.fixture(scope="module")
def field(tmp_path_factory, bubblewrap):
    """One run of all thefts: {attack: outcomes} and the folder of the report."""
    folder = tmp_path_factory.mktemp("thefts")
    for attack in THEFTS:
        hand_in(folder / "class", attack)
    found = {attack: [] for attack in THEFTS}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "CALL_SECONDS", 5)
        for job, outcome in run_all([job_of(s) for s in read_class(folder / "class")], 2):
            if outcome:
                found[job.submission.id].append(outcome)
    (folder / "out").mkdir()
    write_report(folder / "out", [Row(name, found[name]) for name in sorted(found)], 7)
    return found, folder / "out"


def job_of(submission):
    """Return the job that runs the check that a submission attacks."""
    name, _, task, _ = THEFTS[submission.id]
    path = paths.ASSIGNMENTS / f"{name}.ipynb"
    first = next(c for c in notebook.checks(path) if c.task.startswith(task) and c.given)
    return Job(submission, path, 7, "bwrap", only=frozenset({first.number}))


def test_every_theft_is_tried():
    assert {path.stem for path in HERE.glob("*.py")} == set(THEFTS)


@pytest.mark.parametrize("attack", THEFTS)
def test_a_theft_gets_no_point_and_takes_nothing(attack, field):
    (outcome,) = field[0][attack]
    assert (outcome.verdict, outcome.points) == ("failed", 0), outcome.message
    assert "Error: taken: " not in outcome.message
    assert THEFTS[attack][3] in outcome.message


@pytest.mark.parametrize("attack", THEFTS)
def test_no_page_shows_a_piece_of_a_solution(attack, field):
    own = [HERE / f"{attack}.py", *paths.STARTER.rglob("*.py")]
    known = pieces("\n".join(path.read_text(encoding="utf-8") for path in own))
    solved = "\n".join(path.read_text(encoding="utf-8") for path in paths.SOLUTIONS.rglob("*.py"))
    shown = [field[1] / "feedback" / f"{attack}.html", field[1] / "outcomes.json"]
    for path in shown:
        text = html.unescape(path.read_text(encoding="utf-8")).replace("\\n", "\n")
        assert not pieces(text) & pieces(solved) - known, path


def pieces(text):
    """Return all pieces of PIECE characters within the lines of a text."""
    lines = [line.strip() for line in text.split("\n")]
    return {line[i : i + PIECE] for line in lines for i in range(len(line) - PIECE + 1)}


def test_a_line_of_a_solution_on_a_page_would_be_found():
    line = "log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))"
    assert pieces(f"<p>  {line[3:50]}</p>") & pieces(line)
