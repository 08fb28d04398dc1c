"""Hints: one source, three ways to a student, and none of them tells the answer."""

import json
import subprocess
import sys

import pytest

from course import hints, notebook, paths, stubs
from course.release import folders
from course.stubs import differences
from course.student import tasks
from data_utils import headings

TOLD = hints.read(paths.SOLUTIONS / "hints")
TASKS = [
    (path, name)
    for path in paths.notebooks()
    for check in notebook.checks(path)
    for name in hints.names(check.task)
]


def course(*words):
    """Run the command `course` and return what became of it."""
    command = [sys.executable, "-m", "course.commands", *words]
    return subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("path, name", TASKS, ids=lambda value: getattr(value, "stem", value))
def test_every_task_of_a_check_has_two_hints_or_more(path, name):
    of_notebook = hints.parse((paths.SOLUTIONS / "hints" / f"{path.stem}.toml").read_text())
    assert len(hints.of_task(name, of_notebook)) >= 2


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_what_a_failed_check_or_bonus_names_has_hints(path):
    for check in notebook.checks(path, full=True):
        assert hints.of_task(check.task, TOLD)


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_a_kernel_reads_the_task_off_a_heading_as_grading_does(path):
    lines = ["".join(cell["source"]).split("\n")[0] for cell in notebook.read(path)["cells"]]
    checks = {line: notebook.heading(line) for line in lines if notebook.heading(line)}
    assert checks
    for line, check in checks.items():
        assert headings.heading(line).task == check.task


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_every_hint_of_a_notebook_has_a_place_in_it(path):
    text = "".join("".join(cell["source"]) for cell in notebook.read(path)["cells"])
    of_notebook = hints.parse((paths.SOLUTIONS / "hints" / f"{path.stem}.toml").read_text())
    assert {block["task"] for block in hints.BLOCK.finditer(text)} >= of_notebook.keys()


def test_the_first_hint_of_a_task_asks():
    assert all("?" in first for first, *_ in TOLD.values())


def test_no_hint_holds_a_line_of_a_solution():
    for path in paths.SOLUTIONS.glob("*.py"):
        stub = set(stubs.derive(path.read_text(), path.name).splitlines())
        answers = {line.strip() for line in path.read_text().splitlines() if line not in stub}
        for said in sum(TOLD.values(), []):
            assert not [line for line in answers if len(line) > 12 and line in said]


def test_the_hints_in_starter_and_in_the_notebooks_are_those_of_the_source():
    files = hints.files(paths.SOLUTIONS / "hints")
    assert differences(files, paths.STARTER / "hints", "*.toml") == []
    for path in paths.notebooks():
        assert hints.filled(path, TOLD) == path.read_text(encoding="utf-8")


def test_a_student_gets_the_hints(tmp_path):
    folders.student(tmp_path / "student")
    assert hints.read(tmp_path / "student" / "starter" / "hints") == TOLD


def test_a_block_is_filled_in_one_fold_a_hint_and_what_stands_around_it_stays():
    text = "Write f.\n\n<details><summary>Hints: f</summary>\n\nold\n\n</details>\n\nGo on."
    filled = hints.fill(text, {"f": ["Why?", "How?"]})
    assert filled.count("<details>") == filled.count("</details>") == 3
    assert "<details><summary>Hint 2</summary>\n\nHow?\n\n</details>" in filled
    assert filled.startswith("Write f.\n") and filled.endswith("</details>\n\nGo on.")
    assert hints.fill(filled, {"f": ["Why?", "How?"]}) == filled


def test_a_block_without_hints_is_refused():
    text = "<details><summary>Hints: g</summary>\n\n</details>"
    with pytest.raises(hints.HintError, match="a place for hints for 'g'"):
        hints.fill(text, {"f": ["Why?"]})


def test_an_answer_to_a_question_is_no_block_of_hints():
    text = "<details><summary>Answer</summary>\n\n42\n\n</details>"
    assert hints.fill(text, {}) == text


def test_a_notebook_is_changed_in_its_blocks_alone(tmp_path):
    block = "<details><summary>Hints: f</summary>\n\n</details>"
    cells = [
        {"cell_type": "markdown", "source": ["Hints: f"]},
        {"cell_type": "code", "source": [block]},
        {"cell_type": "markdown", "source": block.splitlines(keepends=True)},
    ]
    (tmp_path / "n.ipynb").write_text(json.dumps({"cells": cells}))
    filled = json.loads(hints.filled(tmp_path / "n.ipynb", {"f": ["Why?"]}))["cells"]
    assert filled[:2] == cells[:2]
    assert "Why?\n" in filled[2]["source"]


def test_parts_of_one_task_are_told_one_after_the_other():
    known = {"f, the loss": ["a?"], "f, the gradient": ["b?", "c?"], "f_fast": ["d?"]}
    assert [hint for _, hint in hints.of_task("f", known)] == ["a?", "b?", "c?"]
    assert [hint for _, hint in hints.of_task("f, the gradient", known)] == ["b?", "c?"]
    assert [hint for _, hint in hints.of_task("f_fast and g, in test mode", known)] == ["d?"]


def test_a_subject_that_checks_share_has_hints_of_its_own():
    known = {"f": ["a?"], "float32": ["b?"], "f and g, 800 behind": ["c?"]}
    assert hints.of_task("f and g, float32, beyond CS231n", known) == [("float32", "b?")]
    told = hints.of_task("f and g, 800 behind, beyond CS231n", known)
    assert [hint for _, hint in told] == ["c?"]


def test_a_class_has_the_hints_of_its_methods_too():
    known = {"Net, the first parameters": ["a?"], "Net.loss": ["b?"], "Netlike": ["c?"]}
    assert [hint for _, hint in hints.of_task("net", known)] == ["a?", "b?"]


def test_a_method_is_found_without_its_class_and_names_by_commas_or_spaces():
    known = {"Net.train": ["a?"], "training": ["b?"], "f and g": ["c?"], "h": ["d?"]}
    assert hints.of_task("train", known) == [("Net.train", "a?")]
    assert hints.of_task("f,", known) == hints.of_task("g", known) == [("f and g", "c?")]
    assert hints.of_task("f h", known) == [("f and g", "c?"), ("h", "d?")]


def test_every_stub_has_hints_by_the_name_that_its_error_says():
    for stub in [stub for left in tasks.unwritten({}).values() for stub in left]:
        assert hints.of_task(stub, TOLD)


def test_two_names_lead_to_the_hints_of_a_task_for_both():
    assert hints.of_task("relu", {"Affine and ReLU": ["Where?"]}) == [("Affine and ReLU", "Where?")]


def test_the_command_prints_a_hint_and_how_to_get_the_next():
    ran = course("hint", "relu_backward")
    assert ran.stdout.startswith("relu_backward: hint 1 of 2\n\nWhat is the local slope")
    assert ran.stdout.endswith("The next one: course hint relu_backward 2\n")


def test_the_words_of_every_failure_lead_to_the_next_hint():
    task = "softmax_loss_naive and softmax_loss_vectorized, 800 behind, beyond CS231n"
    ran = course("hint", *task.split())
    assert " ".join(ran.stdout.split()).endswith(f"The next one: course hint {task} 2")
    assert "2 of 2" in course("hint", *task.split(), "2").stdout


def test_the_last_hint_names_no_next():
    assert "next" not in course("hint", "relu_backward", "2").stdout


def test_a_number_that_is_not_there_is_refused():
    ran = course("hint", "relu_backward", "7")
    assert (ran.returncode, ran.stderr) == (
        2,
        "course: relu_backward has 2 hints; there is no number 7\n",
    )


def test_a_misspelled_task_is_answered_with_the_nearest():
    ran = course("hint", "relu_backwards")
    assert ran.returncode == 2
    assert "there are no hints for 'relu_backwards'; the nearest tasks: relu_backward" in ran.stderr


def test_without_a_task_the_tasks_are_listed_by_notebook():
    lines = course("hint").stdout.splitlines()
    assert [line for line in lines if line[0] != " "] == [path.stem for path in paths.notebooks()]
    assert [line.strip() for line in lines if line[0] == " "] == list(TOLD)
    assert lines.index("3_cnn") < lines.index("  conv_forward_naive") < lines.index("4_batchnorm")


@pytest.mark.parametrize(
    "name, task, title",
    [
        ("2_two_layer_net", "FullyConnectedNet", "FullyConnectedNet"),
        ("4_batchnorm", "FullyConnectedNet", "FullyConnectedNet, normalised"),
        ("4_batchnorm", "FullyConnectedNet, dropout", "FullyConnectedNet, dropout"),
        ("4_batchnorm", "DeepConvNet, its blocks", "DeepConvNet, its blocks"),
    ],
)
def test_a_check_leads_to_the_hints_of_its_own_notebook(name, task, title):
    own = hints.by_notebook(paths.SOLUTIONS / "hints")[name]
    assert hints.title_in(own, task, TOLD) == title


def test_a_name_that_stands_for_several_leads_to_the_hints_of_each():
    known = {"f_forward": ["a?"], "f_backward": ["b?"], "g": ["c?"], "float32": ["d?"]}
    assert [hint for _, hint in hints.of_task("f_*", known)] == ["a?", "b?"]
    assert hints.title_in((), "f_* and g, float32, beyond CS231n", known) == "float32"
