"""One mistake, one check: notebooks graded in the sandbox with one wrong layer."""

import shutil

import pytest

from course import notebook, paths
from course.intake.submission import read_submission
from course.judge.jobs import Job, collect

PATH = next(path for path in paths.notebooks() if "two_layer" in path.stem)

ALONE = {
    "a bias forgotten": ("layers.py", "@ w + b", "@ w", {"affine_forward"}),
    "a mask of dout": ("layers.py", "dout * (x > 0)", "dout * (dout > 0)", {"relu_backward"}),
    "a syntax error in the nets": (
        "fc_net.py",
        "class TwoLayerNet(Saved):",
        "class TwoLayerNet(Saved)",
        {"TwoLayerNet", "TwoLayerNet.loss", "FullyConnectedNet"},
    ),
    "a net without half": (
        "fc_net.py",
        "loss += 0.5 * self.reg * (np",
        "loss += self.reg * (np",
        {"TwoLayerNet.loss"},
    ),
    "an object that forgets its bias": (
        "modules.py",
        "out, self.cache = affine_forward(x, self.w, self.b)",
        "out, self.cache = affine_forward(x, self.w, 0 * self.b)",
        {"Affine and ReLU"},
    ),
    "layers that Python cannot read": (
        "layers.py",
        "def affine_forward(x, w, b):",
        "def affine_forward(x, w, b:",
        {"affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
         "svm_loss"},
    ),
}  # fmt: skip
"""What is wrong: (module, right text, wrong text, the only tasks of which a check fails)."""


NEVER = {
    "a bias forgotten": (
        {"4_batchnorm": {10, 17, 19, 20}, "5_lenet": {5, 6, 7, 8, 9, 11}},
        "layers.py", "@ w + b", "@ w",
    ),
    "a step of Adam uphill": (
        {"4_batchnorm": {20, 21}},
        "optim.py", "w - config[\"learning_rate\"] * mean", "w + config[\"learning_rate\"] * mean",
    ),
    "layers that Python cannot read": (
        {"3_cnn": {1, 4, 10, 11, 16, 18}, "4_batchnorm": {3, 18, 21}, "5_lenet": {1, 3}},
        "layers.py", "def affine_forward(x, w, b):", "def affine_forward(x, w, b:",
    ),
    "a function that layers imports and that is not there": (
        {"3_cnn": {4, 11, 16}, "5_lenet": {4}},
        "im2col.py", "def col2im(", "def col_to_im(",
    ),
}  # fmt: skip
"""What is wrong: ({notebook: checks that it must not cost}, module, right text, wrong text)."""


@pytest.mark.parametrize("what", ALONE)
def test_a_mistake_costs_its_own_task_and_none_that_rests_on_it(what, tmp_path, bubblewrap):
    module, right, changed, tasks = ALONE[what]
    outcomes = graded(tmp_path, module, right, changed, {PATH.stem: ()})
    assert len(outcomes) == len(notebook.checks(PATH))
    wrong = [o.task for o in outcomes if o.verdict != "passed" and "beyond CS231n" not in o.task]
    failed = {task.split(",")[0] for task in wrong}  # those beyond ask several tasks at once
    assert failed == tasks, [o.message for o in outcomes if o.message]


@pytest.mark.parametrize("what", NEVER)
def test_a_mistake_costs_nothing_in_later_notebooks(what, tmp_path, bubblewrap):
    checks, module, right, wrong = NEVER[what]
    outcomes = graded(tmp_path, module, right, wrong, checks)
    assert len(outcomes) == sum(map(len, checks.values()))
    assert not [o for o in outcomes if o.verdict != "passed"]


def graded(folder, module, right, wrong, checks):
    """Return the outcomes of the solutions with one text replaced; checks: {notebook: numbers}."""
    package = folder / "starter"
    shutil.copytree(paths.SOLUTIONS, package, ignore=shutil.ignore_patterns("__pycache__"))
    text = (package / module).read_text(encoding="utf-8")
    assert right in text
    (package / module).write_text(text.replace(right, wrong), encoding="utf-8")
    student = read_submission(folder, "student")
    jobs = [
        Job(student, path, 7, "bwrap", only=frozenset(checks[path.stem]))
        for path in paths.notebooks()
        if path.stem in checks
    ]
    return collect(jobs, 1)
