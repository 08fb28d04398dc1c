"""One mistake, one check: the second notebook, graded in the sandbox with one wrong layer."""

import shutil

import pytest

from course import notebook, paths
from course.run import Job, run_all
from course.submissions import read_submission

PATH = next(path for path in paths.notebooks() if "two_layer" in path.stem)

ALONE = {
    "a bias forgotten": ("layers.py", "@ w + b", "@ w", {"affine_forward"}),
    "a mask of dout": ("layers.py", "dout * (x > 0)", "dout * (dout > 0)", {"relu_backward"}),
    "a syntax error in the nets": (
        "fc_net.py",
        "class TwoLayerNet:",
        "class TwoLayerNet",
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
         "svm_loss", "two_layer_search_space"},  # tuning imports the nets, nets the layers
    ),
}  # fmt: skip
"""What is wrong: (module, right text, wrong text, the only tasks of which a check fails)."""


@pytest.mark.parametrize("what", ALONE)
def test_a_mistake_costs_its_own_task_and_none_that_rests_on_it(what, tmp_path, bubblewrap):
    module, right, wrong, tasks = ALONE[what]
    folder = tmp_path / "starter"
    shutil.copytree(paths.SOLUTIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    text = (folder / module).read_text(encoding="utf-8")
    assert right in text
    (folder / module).write_text(text.replace(right, wrong), encoding="utf-8")
    job = Job(read_submission(tmp_path, "student"), PATH, 7, "bwrap")
    outcomes = [outcome for _, outcome in run_all([job], 1) if outcome]
    assert len(outcomes) == len(notebook.checks(PATH))
    failed = {o["task"].split(",")[0] for o in outcomes if o["outcome"] != "passed"}
    assert failed == tasks, [o["message"] for o in outcomes if o["message"]]
