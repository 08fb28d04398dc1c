"""Break lines of the course one at a time, and say which of them the tests notice.

`python -m tools.breakages [PART OF A PATH]` copies the course into a temporary folder, changes one
line there, runs the tests named beside it, and takes the change back. It exits with 1 if a line
can break unnoticed. Run it before and after a change to the tests: the same are to be noticed.
"""

# A breakage is a row of a table, long or short.
# ruff: noqa: E501

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "__pycache__", ".*_cache", "*.egg-info")

FAILS = 1, 2
"""What pytest exits with if a test fails, or cannot be collected."""

UNITS, TABLES = "tests/solutions", "tests/mistakes/test_tables.py"
SEEDS = "tests/notebooks/test_notebooks.py -k"
CHECK, JUDGE = "tests/data_utils/test_check.py", "tests/course/judge"
INTAKE, REPORT = "tests/course/intake", "tests/course/report"


@dataclass(frozen=True)
class Breakage:
    """One text of a file and what it becomes, and the tests that should notice."""

    path: str
    right: str
    wrong: str
    tests: str


BREAKAGES = [
    Breakage(*row)
    for row in (
        # A formula that a student writes.
        ("solutions/linear_svm.py", "num_train + 2 * reg * W", "num_train + reg * W", f"{TABLES} -k 'solutions_are and 1_svm'"),
        ("solutions/linear_svm.py", "margins[rows, y] = 0", "margins[rows, y] = 1", f"{TABLES} -k 'solutions_are and 1_svm'"),
        ("solutions/linear_svm.py", "-G.sum(axis=1)", "-1", f"{SEEDS} 'every_seed and 1_svm'"),
        ("solutions/softmax.py", "scores -= scores.max()", "pass", f"{SEEDS} 'every_seed and 1_svm'"),
        ("solutions/softmax.py", "dscores[rows, y] -= 1", "dscores[rows, y] -= 0", f"{TABLES} -k 'solutions_are and 1_svm'"),
        ("solutions/normalization.py", "(1 - momentum) * var", "momentum * var", f"{UNITS}/test_normalization.py"),
        ("solutions/normalization.py", "dmean / N", "dmean", f"{UNITS}/test_normalization.py"),
        ("solutions/normalization.py", "(dbeta + x_hat * dgamma) /", "(x_hat * dgamma) /", f"{SEEDS} 'every_seed and 4_batchnorm'"),
        ("solutions/normalization.py", "x.var(axis=1, keepdims=True) + eps", "x.var(axis=1, keepdims=True)", f"{SEEDS} 'every_seed and 4_batchnorm'"),
        ("solutions/optim.py", 't = config["t"] + 1', 't = config["t"] + 2', f"{UNITS}/test_optim.py"),
        ("solutions/optim.py", "(1 - decay) * dw**2", "dw**2", f"{SEEDS} 'every_seed and 2_two_layer_net'"),
        ("solutions/optim.py", 'config["velocity"] = v', "pass", f"{SEEDS} 'every_seed and 2_two_layer_net'"),
        ("solutions/activations.py", "dout * out * (1 - out)", "dout * out", f"{SEEDS} 'every_seed and 3_cnn'"),
        ("solutions/activations.py", "dout * (1 - out**2)", "dout * (1 - out)", f"{UNITS}/test_activations.py"),
        ("solutions/initializers.py", "(2 if relu else 1) / fan_in", "2 / fan_in", f"{SEEDS} 'every_seed and 4_batchnorm'"),
        ("solutions/dropout.py", "return dout * mask", "return dout", f"{UNITS}/test_dropout.py"),
        # A check, or what explains its failure.
        ("data_utils/check.py", "    if not holds:", "    if holds is None:", CHECK),
        ("data_utils/check.py", "if got.shape != expected.shape:", "if False:", CHECK),
        ("data_utils/check.py", "if kind(got) != kind(expected) and", "if False and", CHECK),
        ("data_utils/check.py", "if dtype != np.float32]", "if False]", "tests/data_utils/test_check_after.py"),
        ("data_utils/check.py", "best < best_other and number >= ENOUGH", "number >= ENOUGH", f"{TABLES} -k 'misnamed and im2col and loops'"),
        ("data_utils/gradient_check.py", "<= tolerance * scale)", "<= 1e9 * tolerance * scale)", CHECK),
        ("data_utils/lessons/svm.py", "N * mistake.value)", "mistake.value)", f"{TABLES} -k 'misnamed and 1_svm and loss'"),
        ("data_utils/lessons/svm.py", "return number <= 30,", "return number <= 3000,", f"{TABLES} -k 'misnamed and 1_svm and search'"),
        ("data_utils/lessons/svm.py", 'SIZE, "batch"', 'SIZE, "history"', f"{TABLES} -k 'misnamed and LinearClassifier'"),
        ("data_utils/lessons/svm.py", "< NEAR < far(history, self.costs)", "< NEAR", f"{TABLES} -k 'misnamed and LinearClassifier'"),
        # The judge, and what comes in and goes out.
        ("course/notebook.py", '.startswith("# Set-up")', '.startswith("# Set up")', "tests/course/test_notebook.py"),
        ("course/notebook.py", "check.number not in only", "check.number in only", f"{JUDGE}/test_prerequisites.py tests/course/student/test_watch.py"),
        ("course/stubs.py", "if column == 0:", "if column == 99:", "tests/course/test_stubs.py"),
        ("course/hints.py", "cutoff=0.4", "cutoff=1.0", "tests/course/commands/test_hints.py -k nearest"),
        ("course/outcome.py", "self.max_points - self.points", "self.max_points", REPORT),
        ("course/text.py", '("=", "+", "-", "@"', '("+", "-", "@"', f"tests/course/test_text.py {REPORT}/test_exports.py"),
        ("course/intake/archives.py", '".." in found.path.parts', "False", f"{INTAKE}/test_submission.py"),
        ("course/intake/archives.py", "len(archive.infolist()) > MAX_ENTRIES", "False", f"{INTAKE}/test_submission.py"),
        ("course/judge/errors.py", "else code - 128", "else code", f"{JUDGE}/test_student_process.py -k signal"),
        ("course/judge/student.py", "if left <= 0:", "if left <= -1e9:", f"{JUDGE}/test_student_process.py -k cell"),
        ("course/box/wire.py", 'head.count(b",") > MAX_COMMAS', "False", f"{JUDGE}/test_wire.py"),
        ("course/box/wire.py", "self.keys > MAX_KEYS", "False", f"{JUDGE}/test_wire.py"),
        ("course/report/statistics.py", "count.passed < count.tried", "True", f"{REPORT}/test_report.py"),
        ("course/report/gradebook.py", 'if o.verdict != "not run"}', "}", f"{REPORT}/test_gradebook.py"),
    )
]  # fmt: skip


def main(part=""):
    """Try every breakage whose path has this part, and print which are noticed."""
    unnoticed = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "course"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        for breakage in (each for each in BREAKAGES if part in each.path):
            found = noticed(breakage, copy)
            unnoticed += not found
            print(
                f"{'noticed' if found else 'UNNOTICED':10}{breakage.path}: {breakage.wrong}",
                flush=True,
            )
    sys.exit(1 if unnoticed else 0)


def noticed(breakage, copy):
    """Tell whether a test fails on a copy of the course with one line broken."""
    path = copy / breakage.path
    whole = path.read_text(encoding="utf-8")
    assert breakage.right in whole, f"{breakage.path} has no {breakage.right!r}"
    path.write_text(whole.replace(breakage.right, breakage.wrong, 1), encoding="utf-8")
    command = f"{sys.executable} -m pytest -q -x -n0 -p no:cacheprovider {breakage.tests}"
    environment = {**os.environ, "PYTHONPATH": str(copy), "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run(command, shell=True, cwd=copy, env=environment, capture_output=True)
    path.write_text(whole, encoding="utf-8")
    if ran.returncode not in (0, *FAILS):
        sys.exit(ran.stdout.decode() + ran.stderr.decode())
    return ran.returncode in FAILS


if __name__ == "__main__":
    main(*sys.argv[1:])
