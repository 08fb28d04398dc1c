"""Submissions that attack the grader: each costs its own checks, and nothing else.

The attacks lie in tests/attacks/. Each takes the place of one module of the solutions, which
the attack finds as `honest`; all are graded in one run.
"""

import csv
import json
import shutil
import socket
from pathlib import Path
from xml.etree import ElementTree

import pytest

from course import notebook, paths
from course.intake.downloads import read_class
from course.judge import jobs
from course.judge.jobs import Job, run_all
from course.outcome import Row
from course.report.exports import FORMATS
from course.report.gradebook import Gradebook
from course.report.pages import write_report

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent / "calls"
NAIVE, TRAIN = "svm_loss_naive", "LinearClassifier"
TIMED = "svm_loss_vectorized, the gradient without a loop"
SECONDS = 2

SAID = {
    "all_nan": "yours is nan",
    "array_as_number": "the reply is not to this call",
    "ask_uninvited": "nothing is given in this check",
    "become_another": "was stopped after 2 seconds",
    "burn_between_calls": "expected",
    "burn_to_the_end": "was stopped after 2 seconds",
    "changing_numbers": "expected a number",
    "claim_cannot_run": "svm_loss_naive raised CannotRun",
    "colliding_keys": "the dicts of a frame have more than 4,000 keys",
    "deep_answer": "nested too deeply",
    "empty_answer": "got an array of shape (0,) where one number is expected",
    "endless_loop": "was stopped after 2 seconds. Does a loop never end?",
    "exit_after_reply": "yours takes",
    "exit_on_import": "called exit",
    "exit_process": "svm_loss_naive ended its process (exit code 0)",
    "forge_frames": "the reply is not to this call",
    "forge_verdict": "svm_loss_naive raised CheckPassed",
    "fork_bomb": "Resource temporarily unavailable",
    "generators": "expected a number",
    "gigabyte_of_prints": "File too large",
    "half_a_character": "svm_loss_naive raised ValueError: ?",
    "half_frame": "was stopped after 2 seconds",
    "hold_a_lease": "Operation not permitted",
    "host_socket": "Operation not permitted",
    "hostile_eq": "expected a number",
    "kill_everybody": "nobody else is there",
    "last_event": "Operation not permitted",
    "leave_a_key": "Operation not permitted",
    "leave_traps": "got None where a result was expected",
    "letter_to_a_neighbour": "Operation not permitted",
    "locks_without_end": "Operation not permitted",
    "long_text": "got a str, expected a number",
    "lying_object": "expected a number",
    "memorised": "",
    "monkeypatch": "",
    "no_character": "svm_loss_naive raised ValueError: ",
    "notice_of_a_file": "Operation not permitted",
    "object_array": "expected a number",
    "one_number": "got an array of shape (1, 1) where one number is expected",
    "open_socket": "Operation not permitted",
    "outer_product": "MemoryError",
    "outlive": "nobody stays",
    "pages_in_a_pipe": "Operation not permitted",
    "painted_frames": "painted",
    "queue_for_later": "Operation not permitted",
    "read_beyond": "svm_loss_naive crashed its process: signal SIGSEGV",
    "read_solutions": "seen: []",
    "segfault": "svm_loss_naive crashed its process: signal SIGSEGV",
    "semaphores": "Operation not permitted",
    "signals_without_end": "no more than a hundred: True",
    "skip_all": "",
    "trace_first_process": "Operation not permitted",
    "trickle": "was stopped after 2 seconds",
    "twenty_gigabytes": "ran out of memory",
    "type_into_terminal": "/dev/tty",
    "unspeakable_error": "svm_loss_naive ended its process (exit code 1)",
    "wake_between_calls": "no timer",
    "walk_stack": "",
    "watch_files": "Operation not permitted",
    "wide_nothing": "where one number is expected",
    "write_outside": "written: []",
    "write_through": "Operation not permitted",
}
"""For each attack, what is said of the first check that it attacks."""

TARGETS = {
    "exit_after_reply": ("linear_svm.py", TIMED),
    "wake_between_calls": ("linear_svm.py", TIMED),
    "exit_on_import": ("linear_classifier.py", TRAIN),
    "outer_product": ("linear_classifier.py", f"{TRAIN}.train, the batches"),
}
"""The module that an attack replaces and the tasks it attacks, where it is not the usual."""


IMPORTED_BY_OTHERS = ("conftest.py", "sitecustomize.py", "usercustomize.py", "numpy.py")
"""Names under which skip_all is handed in, too, beside the package and in it."""


def target(attack):
    """Return (module, task): what an attack replaces, and how the tasks it attacks begin."""
    return TARGETS.get(attack, ("linear_svm.py", NAIVE))


def hand_in(folder, name, attack=None, **known):
    """Write the submission of one attack, or of none; fill in what the attacker knows."""
    package = folder / name / "starter"
    shutil.copytree(paths.SOLUTIONS, package, ignore=shutil.ignore_patterns("__pycache__"))
    if attack:
        module = package / target(attack)[0]
        module.rename(package / "honest.py")
        module.write_text(filled_in(attack, known), encoding="utf-8")
        for name in IMPORTED_BY_OTHERS if attack == "skip_all" else ():
            shutil.copy(module, package / name)
            shutil.copy(module, package.parent / name)
        (package / "memorised.py").write_text(filled_in("memorised", known), encoding="utf-8")


def filled_in(attack, known):
    """Return the text of an attack with what the attacker knows."""
    text = (HERE / f"{attack}.py").read_text(encoding="utf-8")
    for key, value in known.items():
        text = text.replace(f"@{key}@", str(value))
    return text


def graded(folder, seed, out=None):
    """Grade a folder as `course grade` does; return {submission: outcomes}."""
    first = next(path for path in paths.notebooks() if "svm" in path.stem)
    handed_in = read_class(folder)
    found = {submission.id: [] for submission in handed_in}
    book = Gradebook(out / "gradebook.sqlite", "version") if out else None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "CALL_SECONDS", SECONDS)
        todo = [Job(s, first, seed, "bwrap", only=of_one_function(first)) for s in handed_in]
        for job, outcome in run_all(todo, 2):
            if outcome:
                found[job.submission.id].append(outcome)
                if book:
                    book.keep(job, outcome)
    if out:
        write_report(out, [Row(name, them) for name, them in sorted(found.items())], seed)
    return found


def of_one_function(path):
    """Return the numbers of the checks that ask for one task: not what goes beyond CS231n."""
    checks = notebook.checks(path)
    return frozenset(c.number for c in checks if not c.task.endswith("beyond CS231n"))


@pytest.fixture(scope="module")
def field(tmp_path_factory, bubblewrap):
    """One run of all attacks between two honest submissions: outcomes, folders and a server."""
    folder = tmp_path_factory.mktemp("attacks")
    (folder / "canary").mkdir()
    (folder / "canary" / "canary").write_text("sings", encoding="utf-8")
    (folder / "out").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.01)
        known = {"CANARY": folder / "canary", "PORT": server.getsockname()[1]}
        hand_in(folder / "class", "aaa-honest")
        for attack in SAID:
            hand_in(folder / "class", attack, attack, **known)
        hand_in(folder / "class", "zzz-honest")
        outcomes = graded(folder / "class", 7, folder / "out")
        return outcomes, folder, server_was_called(server)


def server_was_called(server):
    """Tell whether somebody has connected to a server."""
    try:
        server.accept()
    except TimeoutError:
        return False
    return True


def split(field, attack):
    """Return an attack's outcomes: (of the checks it attacks, of the others)."""
    task = target(attack)[1]
    attacked = [o for o in field[0][attack] if o.task.startswith(task)]
    return attacked, [o for o in field[0][attack] if not o.task.startswith(task)]


def test_every_attack_is_graded():
    files = {path.stem for path in HERE.glob("*.py")}
    assert files == set(SAID) | {"recorder"}


@pytest.mark.parametrize("attack", SAID)
def test_an_attack_costs_its_own_checks_and_is_named(attack, field):
    attacked, _ = split(field, attack)
    assert attacked
    for outcome in attacked:
        assert (outcome.verdict, outcome.points) == ("failed", 0), outcome.message
    assert SAID[attack] in attacked[0].message


@pytest.mark.parametrize("attack", SAID)
def test_an_attack_costs_no_other_check(attack, field):
    _, others = split(field, attack)
    assert others
    for outcome in others:
        assert outcome.verdict == "passed", f"{outcome.task}: {outcome.message}"


@pytest.mark.parametrize("honest", ["aaa-honest", "zzz-honest"])
def test_an_attack_costs_no_other_submission(honest, field):
    assert {o.verdict for o in field[0][honest]} == {"passed"}


def test_no_attack_takes_longer_than_its_calls_may(field):
    for attack in SAID:
        for outcome in field[0][attack]:
            assert outcome.seconds < SECONDS + 13, (attack, outcome.task)


def test_no_attack_writes_into_the_course_or_the_folders_around(field):
    _, folder, _ = field
    ours = [paths.ASSIGNMENTS, paths.DATA_UTILS, paths.STARTER, paths.SOLUTIONS, HERE, folder]
    assert not [path for root in ours for path in root.rglob("attacked")]
    assert [path.read_text() for path in (folder / "canary").iterdir()] == ["sings"]


def test_no_attack_reaches_a_server_on_this_machine(field):
    assert not field[2]


def test_the_gradebook_and_the_marks_hold_every_outcome(field):
    outcomes, folder, _ = field
    book = Gradebook(folder / "out" / "gradebook.sqlite", "version")
    kept = book.db.execute("SELECT submission, sum(points) FROM outcome GROUP BY submission")
    points = {name: sum(o.points for o in found) for name, found in outcomes.items()}
    assert dict(tuple(row) for row in kept) == points
    with (folder / "out" / "marks.csv").open(encoding="utf-8-sig") as stream:
        marks = {row["submission"]: int(row["points"]) for row in csv.DictReader(stream)}
    assert marks == points


def test_a_gigabyte_of_prints_leaves_its_beginning(field):
    attacked, _ = split(field, "gigabyte_of_prints")
    assert attacked[0].prints.startswith("the first line")
    assert len(attacked[0].prints) <= 20_000


def test_a_page_shows_what_an_attack_says_as_text(field):
    for attack in ("forge_verdict", "gigabyte_of_prints", "painted_frames"):
        page = (field[1] / "out" / "feedback" / f"{attack}.html").read_text(encoding="utf-8")
        assert "&lt;script&gt;" in page
        assert "<script" not in page


def test_no_message_can_paint_over_a_terminal(field):
    for attack in SAID:
        for outcome in field[0][attack]:
            assert outcome.message.replace("\n", "").replace("\t", "").isprintable(), attack


@pytest.fixture(scope="module")
def by_heart(tmp_path_factory, bubblewrap):
    """The points of one who knows what seed 0 gives by heart, {seed: {task: outcome}}."""
    folder = tmp_path_factory.mktemp("memorised")
    hand_in(folder / "first", "recorder", "recorder")
    printed = "".join(o.prints for o in graded(folder / "first", 0)["recorder"])
    seen = [line.split()[1] for line in printed.splitlines() if line.startswith("seen:")]
    hand_in(folder / "second", "memorised", "memorised", SEEN='", "'.join(sorted(set(seen))))
    found = {seed: graded(folder / "second", seed)["memorised"] for seed in (0, 7)}
    return {seed: {o.task: o.verdict for o in found[seed]} for seed in found}


def test_what_is_memorised_for_one_seed_passes_with_that_seed(by_heart):
    assert set(by_heart[0].values()) == {"passed"}


def test_what_is_memorised_for_one_seed_fails_with_another(by_heart):
    for task, outcome in by_heart[7].items():
        assert outcome == ("failed" if task.startswith(NAIVE) else "passed"), task


def test_no_attack_spoils_what_other_programs_read(field):
    outcomes, folder, _ = field
    rows = [Row(name, found) for name, found in sorted(outcomes.items())]
    for written in FORMATS.values():
        written(folder / "out", rows)
    suites = ElementTree.parse(folder / "out" / "junit.xml").getroot()
    assert [suite.get("name") for suite in suites] == sorted(outcomes)
    for name in ("canvas.csv", "moodle.csv", "marks.csv"):
        with (folder / "out" / name).open(newline="", encoding="utf-8-sig") as stream:
            cells = [cell for line in csv.reader(stream) for cell in line]
        assert not [cell for cell in cells if cell[:1] in set("=+-@") and len(cell) > 1]


def test_the_outcomes_file_is_plain_json(field):
    outcomes = json.loads((field[1] / "out" / "outcomes.json").read_text(encoding="utf-8"))
    assert {o["submission"] for o in outcomes} == {*SAID, "aaa-honest", "zzz-honest"}
