"""Whole packages in CS231n's layout: cs231n/layers.py, cs231n/classifiers/fc_net.py and so on.

They are put together from the answers, as each of three years lays them out and imports them.
"""

import re

from tests.drop_in.judge import ANSWERS

LAYERS = ("layers", "convolution", "pooling", "normalization", "dropout")
"""Our modules whose functions CS231n has in layers.py."""

IMPORT = re.compile(r"^from \.(\w+) import", re.MULTILINE)
CLASSIFIERS = ("linear_svm", "softmax", "linear_classifier", "fc_net", "cnn")

OF_2016 = (
    "linear_svm/three_loops",
    "softmax/log_of_probabilities",
    "linear_classifier/of_2016",
    "layers/affine_reshape",
    "layers/relu_maximum",
    "layers/svm_loss_counts",
    "layers/softmax_loss_probabilities",
    "optim/of_2016",
    "convolution/four_loops",
    "pooling/ties_to_first",
    "normalization/batchnorm_step_by_step",
    "normalization/spatial_transpose",
    "dropout/of_2018",
    "fc_net/two_layer_of_2018",
    "fc_net/deep_of_2016",
    "cnn/of_2016",
)
OF_2018 = (
    "linear_svm/counts_violations",
    "softmax/log_sum_exp",
    "linear_classifier/without_replacement",
    "layers/affine_prod",
    "layers/relu_slope_one",
    "layers/svm_loss_loops",
    "layers/softmax_loss_log_probabilities",
    "optim/eps_before_correction",
    "convolution/tensordot",
    "pooling/ties_to_all",
    "normalization/batchnorm_var",
    "normalization/layernorm_transposed",
    "normalization/spatial_moveaxis",
    "dropout/of_2018",
    "fc_net/two_layer_by_hand",
    "fc_net/deep_of_2018",
    "cnn/layer_by_layer",
)
OF_2025 = (
    "linear_svm/one_hot_matrix",
    "softmax/double_work",
    "linear_classifier/of_2025",
    "layers/affine_bias_as_row",
    "layers/relu_backward_in_place",
    "layers/svm_loss_in_place",
    "layers/softmax_loss_loops",
    "optim/all_in_place",
    "convolution/asserts_tile",
    "pooling/asserts_tile",
    "normalization/batchnorm_grads_as_rows",
    "normalization/layernorm_sets_mode",
    "normalization/spatial_transpose",
    "dropout/where",
    "fc_net/two_layer_of_2025",
    "fc_net/deep_own_sandwiches",
    "cnn/of_2025",
)
ABSOLUTE, RELATIVE = "cs231n", "."
PACKAGES = {2016: (OF_2016, ABSOLUTE), 2018: (OF_2018, RELATIVE), 2025: (OF_2025, RELATIVE)}
"""{year: (the answers in it, how its modules import one another)}."""


def write(year, folder):
    """Write the package of a year into a folder, as cs231n."""
    answers, root = PACKAGES[year]
    (folder / "cs231n" / "classifiers").mkdir(parents=True)
    texts = {"__init__": "", "classifiers/__init__": "", "layer_utils": "", "fast_layers": ""}
    for answer in answers:
        place = home(answer.split("/")[0])
        text = (ANSWERS / f"{answer}.py").read_text(encoding="utf-8")
        texts[place] = texts.get(place, "") + in_layout(text, place, root) + "\n\n"
    for place, text in texts.items():
        (folder / "cs231n" / f"{place}.py").write_text(text, encoding="utf-8")


def home(module):
    """Return where CS231n has a module of ours, such as classifiers/cnn."""
    if module in CLASSIFIERS:
        return f"classifiers/{module}"
    return "layers" if module in LAYERS else module


def in_layout(text, place, root):
    """Return an answer with its imports as they have to be at a place of CS231n's package."""

    def imported(match):
        path = home(match[1]).replace("/", ".")
        up = "." * place.count("/")
        return f"from {root}{up if root == RELATIVE else '.'}{path} import"

    return IMPORT.sub(imported, text)
