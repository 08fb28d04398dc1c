"""An error at import reads the same in a notebook, in `course check` and in `course grade`.

What a check of the student's own package says is what grading says in the sandbox, and what the
check's cell shows in a running kernel after the file was saved.
"""

import re

import pytest

from course import notebook, paths
from course.intake.submission import Submission
from course.judge import jobs
from tests.helpers import kernel
from tests.mistakes.harness import solutions

SVM, CLASSIFIER = "linear_svm.py", "linear_classifier.py"
LOSS, TRAIN = 1, 5
"""Checks of 1_svm: of a task in linear_svm.py, and of one in linear_classifier.py."""

HEAD, IMPORT = "import numpy as np", "from .linear_svm import svm_loss_vectorized"
FIRST = "    num_train, num_classes = X.shape[0], W.shape[1]"
DEBUGGER = f"    import pdb; pdb.set_trace()\n{FIRST}"
SUPER = "class LinearSVM(LinearClassifier):\n    def __init__(self):\n        super().__init__()\n"

CASES = {
    "a wrong first line, and an import of what is not installed": (
        *(SVM, f"{HEAD}", f"{HEAD}\nimport torchnot\nloss = 100.0"),
        *(r"linear_svm\.py cannot be imported, it raises ModuleNotFound.*line 4", None),
    ),
    "a left-over call below the functions": (
        *(SVM, None, "\nprint(svm_loss_naive(X, W, y, 0))\n"),
        *(r"cannot be imported, it raises NameError: name 'X'.*belong into a cell.*line 57", None),
    ),
    "a bracket that is not closed": (
        *(CLASSIFIER, IMPORT, f"{IMPORT}\nx = (1,"),
        None,
        r"Python cannot read starter/linear_classifier\.py, line 10: '\(' was never closed",
    ),
    "a left-over call that trains": (
        *(CLASSIFIER, None, "\nclf.train(X_train, y_train)\n"),
        *(None, r"linear_classifier\.py cannot be imported, it raises NameError: name 'clf'"),
    ),
    "an import without its dot": (
        *(CLASSIFIER, IMPORT, IMPORT.replace(".", "")),
        *(None, r"No module named 'linear_svm'\. A module of this package is imported with a dot"),
    ),
    "a NUL byte": (SVM, None, "\0", r"Python cannot read starter/linear_svm\.py, line 56", None),
    "a loop without end": (
        *(SVM, None, "\nwhile True:\n    pass\n"),
        *(r"linear_svm\.py cannot be imported: its code outside of functions does not end", None),
    ),
    "a debugger": (
        SVM,
        FIRST,
        DEBUGGER,
        r"calls a debugger: starter/linear_svm\.py, line 18",
        None,
    ),
    "an __init__ that calls super": (
        *(CLASSIFIER, "class LinearSVM(LinearClassifier):\n", SUPER, None, None),
    ),
    "a module in a folder": (*(SVM, HEAD, f"{HEAD}\n\nfrom .utils.tools import add", None, None),),
}
"""{what: (module, old text or None to add at its end, new text, pattern of each check's sentence)};
a pattern that is None stands for a check that passes."""


def package(what):
    """Return {module: text} of the solutions with one case in it."""
    module, old, new, *_ = CASES[what]
    files = solutions()
    assert old is None or files[module].count(old) == 1
    text = files[module] + new if old is None else files[module].replace(old, new)
    return files | {module: text, "utils/tools.py": "def add(a, b):\n    return a + b\n"}


@pytest.fixture(scope="module")
def judged(bubblewrap):
    """{(what, sandbox): {check: sentence, "" if it passed}} of the two checks."""
    made = [
        jobs.Job(submission(what), paths.notebooks()[0], 1, sandbox, only=frozenset({LOSS, TRAIN}))
        for what in CASES
        for sandbox in ("none", "bwrap")
    ]
    found = {(job.submission.id, job.sandbox): {} for job in made}
    for job, outcome in jobs.run_all(made, 2):
        if outcome:
            assert outcome.verdict in ("passed", "failed"), outcome
            found[job.submission.id, job.sandbox][outcome.check] = outcome.message
    return found


def submission(what):
    """Return a case as a Submission."""
    return Submission(what, {name: text.encode() for name, text in package(what).items()})


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """{what: {check: what its cell shows}} in one running kernel, from one case to the next."""
    cells = notebook.graded(notebook.read(paths.notebooks()[0]))["cells"]
    source = {number: "".join(cell["source"]) for cell in cells if (number := check_of(cell))}
    found = {}
    with kernel.running(tmp_path_factory.mktemp("kernel") / "course", "") as student:
        for cell in cells:
            if not check_of(cell):
                student.run("".join(cell["source"]))
        for what in CASES:
            for module, text in package(what).items():
                student.save(module, text)
            found[what] = {number: student.run(source[number]) for number in (LOSS, TRAIN)}
    return found


def check_of(cell):
    """Return the number of a cell's check, or None."""
    check = notebook.heading("".join(cell["source"]))
    return check and check.number


@pytest.mark.parametrize("what", CASES)
def test_the_cause_is_named_with_file_and_line_and_costs_its_own_module(what, judged):
    for sandbox in ("none", "bwrap"):
        for number, pattern in zip((LOSS, TRAIN), CASES[what][3:], strict=True):
            said = judged[what, sandbox][number]
            assert re.search(pattern, said, re.DOTALL) if pattern else said == "", said


@pytest.mark.parametrize("what", CASES)
def test_a_running_kernel_shows_the_sentence_of_grading(what, judged, shown):
    for number in (LOSS, TRAIN):
        said = judged[what, "bwrap"][number]
        assert said == judged[what, "none"][number]
        if said:
            first = shown[what][number].partition("\nFor a hint: ")[0]
            assert first.rpartition("✗ ")[2] == said
        else:
            assert "✗" not in shown[what][number] and "✓" in shown[what][number]
