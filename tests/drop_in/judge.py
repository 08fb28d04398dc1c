"""Run the notebooks on an answer that was written for CS231n, and say which checks refuse it.

An answer is a file answers/MODULE/NAME.py: functions or classes, as somebody handed them in to
CS231n. They take the place of the solution's in MODULE; all else is the solution's.
"""

import re
from pathlib import Path

from course import notebook, paths
from course.authoring.reach import untouched
from course.authoring.rejection import folder
from course.intake.submission import read_submission
from course.judge.jobs import Job, collect
from tests.mistakes.harness import cells_of, rewritten, run

ANSWERS = Path(__file__).parent / "answers"
BEYOND = "beyond CS231n"
"""What the heading of a check ends with that asks for more than CS231n does."""

WORD = re.compile(r"\w+")
DEFINED = re.compile(rb"^(?:def|class) (\w+)", re.MULTILINE)

ASKING = {
    "linear_svm": ("1_svm",),
    "softmax": ("1_svm",),
    "linear_classifier": ("1_svm",),
    "layers": ("2_two_layer_net", "3_cnn", "4_batchnorm", "5_lenet"),
    "optim": ("2_two_layer_net", "4_batchnorm", "5_lenet"),
    "fc_net": ("2_two_layer_net", "4_batchnorm"),
    "convolution": ("3_cnn",),
    "pooling": ("3_cnn",),
    "cnn": ("3_cnn",),
    "normalization": ("4_batchnorm", "5_lenet"),
    "dropout": ("4_batchnorm", "5_lenet"),
}
"""{module: the notebooks that ask for it, or use what is in it}."""


def answers():
    """Return the names of all answers, such as layers/relu_maximum, sorted."""
    files = ANSWERS.glob("*/*.py")
    return sorted(file.relative_to(ANSWERS).with_suffix("").as_posix() for file in files)


def refusals(answer, seed=0):
    """Return {notebook: {heading's task: sentence}} of the checks that refuse an answer.

    answer: its name. Checks beyond CS231n are left out, and notebooks that refuse nothing.
    """
    module = answer.split("/")[0]
    package = rewritten(f"{module}.py", (ANSWERS / f"{answer}.py").read_text(encoding="utf-8"))
    found = {name: refused_in(name, package, seed) for name in ASKING[module]}
    return {name: refused for name, refused in found.items() if refused}


def refused_in(name, package, seed):
    """Return {heading's task: sentence} of the checks of one notebook that refuse a package."""
    path = paths.ASSIGNMENTS / f"{name}.ipynb"
    checks = filter(None, (notebook.heading(cell["source"]) for cell in cells_of(path)))
    tasks = {check.number: check.task for check in checks}
    beyond = {number for number, task in tasks.items() if task.endswith(BEYOND)}
    skipped = beyond | untouched(path, package)
    try:
        outcomes = run(path, package, folder(), seed, skipped)
    except Exception as error:  # nothing that an answer does may stop a notebook
        return {"the notebook stops": f"{type(error).__name__}: {error}"}
    failures = {number: outcome.failure for number, outcome in outcomes.items()}
    return {tasks[n]: failure.sentence for n, failure in failures.items() if failure}


def refused_when_graded(folder):
    """Return {notebook: {heading's task: sentence}} of the checks that refuse a whole package.

    folder: what is handed in. It is read and judged as `course grade` does, without a sandbox.
    Tasks of which the package defines nothing are left out: CS231n does not have them.
    """
    handed_in = read_submission(folder, "handed-in")
    assert not handed_in.problem, handed_in.problem
    defined = {name.decode() for text in handed_in.files.values() for name in DEFINED.findall(text)}
    asked = {path: asked_of(path, defined) for path in paths.notebooks()}
    jobs = [Job(handed_in, path, 0, "none", only=only) for path, only in asked.items() if only]
    found: dict[str, dict[str, str]] = {}
    for outcome in collect(jobs, 1):
        if outcome.verdict != "passed":
            found.setdefault(outcome.notebook, {})[outcome.task] = outcome.message
    return found


def asked_of(path, defined):
    """Return the numbers of a notebook's checks whose heading names something that is defined."""
    return frozenset(
        check.number
        for check in notebook.checks(path)
        if set(WORD.findall(check.task)) & defined and not check.beyond
    )
