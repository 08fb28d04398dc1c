"""`course grade`: the sample class, from folder to report."""

import csv
import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial

import pytest

from course.authoring.sample_class import CLASS, write_class

pytestmark = pytest.mark.slow

LOSSES = "svm_loss_naive and svm_loss_vectorized and softmax_loss_naive and softmax_loss_vectorized"
FLOAT32 = f"{LOSSES}, float32"
ARGUMENTS = f"{LOSSES} and LinearClassifier, arguments"
FAR_BEHIND = "softmax_loss_naive and softmax_loss_vectorized, 800 behind"
EXPECTED = {
    "ada": {},
    "barbara": {FLOAT32: "failed"},
    "carl": {"": "not written"},
    "dorothy": dict.fromkeys(
        ("softmax", "LinearClassifier", FLOAT32, ARGUMENTS),
        "not written",
    ),
    "edsger": {"svm_loss_naive, the loss": "failed", ARGUMENTS: "failed"},
    "frances": {"svm_loss_vectorized, the loss": "failed", ARGUMENTS: "failed"},
    "grace": {
        "softmax_loss_naive, the gradient": "failed",
        **dict.fromkeys((FLOAT32, ARGUMENTS), "failed"),
    },
    "hedy": {
        "softmax_loss_vectorized, the gradient": "failed",
        **dict.fromkeys((FLOAT32, ARGUMENTS), "failed"),
    },
    "ivan": {"svm_loss_naive": "failed", FLOAT32: "failed"},
    "jean": {"LinearClassifier.train": "failed", ARGUMENTS: "failed"},
    "katherine": {},
    "lynn": {ARGUMENTS: "failed", "svm_loss": "failed"},
}
"""For each student: the outcome of the checks whose task begins so; every other is passed."""

SAID = {
    "edsger": "a mean",
    "hedy": "looks transposed",
    "ivan": "was stopped after 10 seconds. Does a loop never end?",
    "jean": "ended its process (exit code 0)",
}


def grade(folder, out, *words):
    """Run `course grade` and return what became of it."""
    command = [
        sys.executable,
        "-m",
        "course.commands",
        "grade",
        folder,
        "--out",
        out,
        *words,
    ]
    return subprocess.run(
        [*map(str, command)], capture_output=True, text=True, env={"COLUMNS": "160", "PATH": PATH}
    )


PATH = "/usr/local/bin:/usr/bin:/bin"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The sample class, graded on the first notebook; (folder of the report, the run)."""
    folder = tmp_path_factory.mktemp("grade")
    write_class(folder / "class")
    words = ("--notebook", "1_svm", "--seed", "7")
    return folder / "out", grade(folder / "class", folder / "out", *words)


@pytest.fixture(scope="module")
def outcomes(graded):
    """The outcomes of the sample class, from outcomes.json."""
    return json.loads((graded[0] / "outcomes.json").read_text())


def expected_outcome(student, task):
    """Return the outcome that a student's check should have."""
    return next((o for t, o in EXPECTED[student].items() if task.startswith(t)), "passed")


def test_grading_the_sample_class_succeeds(graded):
    assert graded[1].returncode == 0, graded[1].stderr


@pytest.mark.parametrize("student", EXPECTED)
def test_a_mistake_costs_its_own_checks_and_no_other(student, outcomes):
    theirs = [o for o in outcomes if o["submission"] == student]
    assert theirs
    found = {o["task"]: o["outcome"] for o in theirs}
    wanted = {task: expected_outcome(student, task) for task in found}
    assert found == wanted, [o["message"] for o in theirs if o["message"]]


@pytest.mark.parametrize("student", SAID)
def test_a_mistake_is_named(student, outcomes):
    messages = [o["message"] for o in outcomes if o["submission"] == student and o["message"]]
    assert any(SAID[student] in message for message in messages), messages


def test_points_are_those_of_the_checks_passed(outcomes):
    for outcome in outcomes:
        passed = outcome["outcome"] == "passed"
        assert outcome["points"] == (outcome["max_points"] if passed else 0)


def test_marks_csv_adds_up(graded, outcomes):
    with (graded[0] / "marks.csv").open(encoding="utf-8-sig") as stream:
        rows = {row["submission"]: row for row in csv.DictReader(stream)}
    assert sorted(rows) == sorted(EXPECTED)
    for student, row in rows.items():
        total = sum(o["points"] for o in outcomes if o["submission"] == student)
        assert int(row["1_svm"]) == int(row["points"]) == total


def test_the_table_names_every_student_and_the_report(graded):
    printed = graded[1].stdout
    assert all(student in printed for student in EXPECTED)
    assert "index.html" in printed
    assert "seed 7" in printed


def test_every_student_has_a_page_that_the_class_page_links(graded):
    index = (graded[0] / "index.html").read_text()
    for student in EXPECTED:
        assert f'href="students/{student}.html"' in index
        for folder in ("students", "feedback"):
            assert (graded[0] / folder / f"{student}.html").exists()


def test_a_students_page_holds_the_sentence(graded):
    assert "Does a loop never end?" in (graded[0] / "feedback" / "ivan.html").read_text()


def test_grading_again_runs_nothing_and_changes_nothing(graded, outcomes):
    out = graded[0]
    again = grade(out.parent / "class", out, "--notebook", "1_svm")
    assert again.returncode == 0
    assert json.loads((out / "outcomes.json").read_text()) == outcomes


def test_without_bubblewrap_grading_refuses_and_says_how_to_install_it(tmp_path):
    write_class(tmp_path / "class")
    command = [
        sys.executable,
        "-m",
        "course.commands",
        "grade",
        tmp_path / "class",
        "--out",
        tmp_path,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, env={"PATH": str(tmp_path)})
    assert ran.returncode == 2
    assert "sudo apt install bubblewrap" in ran.stderr
    assert "--sandbox none" in ran.stderr


def test_a_class_that_is_no_folder_is_refused(tmp_path):
    ran = grade(tmp_path / "nowhere", tmp_path / "out")
    assert ran.returncode == 2
    assert "give the folder that holds the submissions" in ran.stderr


def test_an_archive_that_cannot_be_opened_is_reported_and_never_scored_in_silence(tmp_path):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "mary.zip").write_bytes(b"not a zip")
    grade(tmp_path / "class", tmp_path / "out", "--notebook", "1_svm")
    outcomes = json.loads((tmp_path / "out" / "outcomes.json").read_text())
    assert {o["outcome"] for o in outcomes} == {"not run"}
    assert "'mary.zip' cannot be opened as an archive" in outcomes[0]["message"]
    assert "not all checks could be run" in (tmp_path / "out" / "marks.csv").read_text()


@pytest.fixture
def unread(tmp_path):
    """A class of one whose archive cannot be opened, so that nothing has to be run."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "mary.zip").write_bytes(b"not a zip")
    return tmp_path / "class"


def test_who_could_not_be_run_has_no_points_and_is_named_in_the_terminal(unread, tmp_path):
    ran = grade(unread, tmp_path / "out", "--notebook", "1_svm")
    assert "mary could not be run: 'mary.zip' cannot be opened" in ran.stdout
    with (tmp_path / "out" / "marks.csv").open(encoding="utf-8-sig") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["1_svm"], row["points"]) == ("", "")


def test_every_format_that_is_asked_for_is_written(unread, tmp_path):
    formats = ("canvas", "moodle", "gradescope", "junit")
    words = [word for name in formats for word in ("--format", name)]
    grade(unread, tmp_path / "out", "--notebook", "1_svm", *words)
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"canvas.csv", "moodle.csv", "gradescope", "junit.xml"} <= written


def test_a_broken_line_of_manual_csv_is_named_before_anything_is_run(unread, tmp_path):
    (tmp_path / "out").mkdir()
    text = "submission,notebook,question,points,remark\nmary,1_svm,1,many,\n"
    (tmp_path / "out" / "manual.csv").write_text(text)
    ran = grade(unread, tmp_path / "out", "--notebook", "1_svm")
    assert ran.returncode == 2
    assert "manual.csv, line 2: 'many' is not a number of points" in ran.stderr


def test_marks_by_hand_count_and_are_kept(unread, tmp_path):
    (tmp_path / "out").mkdir()
    manual = tmp_path / "out" / "manual.csv"
    manual.write_text("submission,notebook,question,points,remark\nmary,1_svm,1,1.5,well put\n")
    grade(unread, tmp_path / "out", "--notebook", "1_svm")
    manual.unlink()
    grade(unread, tmp_path / "out", "--notebook", "1_svm")
    assert "well put" in (tmp_path / "out" / "feedback" / "mary.html").read_text()
    assert ",1.5,2," in (tmp_path / "out" / "marks.csv").read_text()


def test_in_a_log_progress_is_a_line_and_no_bar(unread, tmp_path):
    ran = grade(unread, tmp_path / "out", "--notebook", "1_svm")
    assert ran.stderr.strip().endswith("Grading: 1 of 1 notebooks")


def test_marks_do_not_depend_on_order_or_neighbours(tmp_path, outcomes):
    write_class(tmp_path / "all")
    (tmp_path / "class").mkdir()
    (tmp_path / "all" / "edsger").rename(tmp_path / "class" / "edsger")
    words = ("--notebook", "1_svm", "--seed", "7", "--jobs", "1")
    grade(tmp_path / "class", tmp_path / "out", *words)
    alone = json.loads((tmp_path / "out" / "outcomes.json").read_text())
    together = [o for o in outcomes if o["submission"] == "edsger"]
    for outcome in (*alone, *together):
        outcome.pop("seconds")
    assert alone == together


def test_the_sample_class_is_the_one_described():
    assert EXPECTED.keys() == CLASS.keys()


def test_a_file_that_is_no_submission_is_named_and_not_passed_over(tmp_path):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "carl.rar").write_bytes(b"Rar!")
    grade(tmp_path / "class", tmp_path / "out", "--notebook", "1_svm")
    outcomes = json.loads((tmp_path / "out" / "outcomes.json").read_text())
    assert {o["submission"] for o in outcomes} == {"carl.rar"}
    assert "is an archive of a kind that is not opened" in outcomes[0]["message"]


def test_a_report_among_the_submissions_is_refused(tmp_path):
    write_class(tmp_path / "class")
    ran = grade(tmp_path / "class", tmp_path / "class" / "out")
    assert ran.returncode == 2
    assert "would be graded as a submission" in ran.stderr


def test_an_interrupted_run_stops_soon_and_keeps_what_has_arrived(tmp_path):
    write_class(tmp_path / "class")
    command = [sys.executable, "-m", "course.commands", "grade", tmp_path / "class"]
    words = ["--out", tmp_path / "out", "--notebook", "1_svm", "--jobs", "1"]
    command = [*map(str, [*command, *words])]
    # A shell may have us ignore SIGINT; whoever sits before a terminal does not.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed) as run:
        while not recorded(tmp_path / "out" / "gradebook.sqlite"):
            time.sleep(0.1)
        run.send_signal(signal.SIGINT)
        said = run.communicate()[1]
    assert "run the same command again to go on" in said
    kept = {name for (name,) in recorded(tmp_path / "out" / "gradebook.sqlite")}
    assert 0 < len(kept) < 4


def recorded(path):
    """Return the submissions of which the gradebook has outcomes."""
    if not path.exists():
        return []
    with closing(sqlite3.connect(path)) as db:
        try:
            return db.execute("SELECT DISTINCT submission FROM outcome").fetchall()
        except sqlite3.OperationalError:
            return []
