"""All layers can be had from `layers`, whether they are written there or in files of their own."""

import ast
import importlib

import numpy as np
import pytest

from course import paths
from course.judge import stage
from course.judge.proxy import Function
from course.judge.student import Worker

PAIRS = ["affine", "relu", "leaky_relu", "sigmoid", "tanh", "batchnorm", "layernorm", "dropout"]
PAIRS += ["spatial_batchnorm", "spatial_groupnorm"]
IN_TWO_WAYS = {"conv": ["naive", "im2col"], "max_pool": ["naive"], "avg_pool": ["naive"]}

LAYERS = ["softmax_loss", "svm_loss", "im2col", "col2im", "batchnorm_backward_alt"]
LAYERS += [f"{pair}_{way}" for pair in PAIRS for way in ("forward", "backward")]
LAYERS += [
    f"{layer}_{way}_{how}"
    for layer, hows in IN_TWO_WAYS.items()
    for how in hows
    for way in ("forward", "backward")
]

CONV = {"stride": 2, "pad": 1}


def solved(name):
    """Return the text of a solved module."""
    return (paths.SOLUTIONS / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")


def in_one_file(name, seen):
    """Return the statements of a module, those of the modules that it imports before its own."""
    statements = []
    for node in ast.parse(solved(name)).body:
        if not isinstance(node, ast.ImportFrom) or node.level == 0:
            statements.append(node)
        elif node.module not in seen:
            seen.add(node.module)
            statements += in_one_file(node.module, seen)
    return statements


@pytest.fixture
def submission(tmp_path, bubblewrap):
    """A function that puts modules {name: text} in the place of the stubs, behind a worker."""
    started = []

    def start(**modules):
        files = {f"{name}.py": text.encode() for name, text in modules.items()}
        stage.stage_package(tmp_path, files)
        limits = {"call_seconds": 20, "cell_seconds": 60, "cpu_seconds": 60}
        config = {"package": str(tmp_path), "sandbox": "bwrap", "prints": str(tmp_path / "prints")}
        started.append(Worker(config | limits))
        return lambda module, name, *args, **kwargs: Function(started[-1], module, name)(
            *args, **kwargs
        )

    yield start
    for worker in started:
        worker.stop()


@pytest.fixture
def pictures():
    """Pictures (2, 3, 6, 8), filters (4, 3, 3, 3) and biases (4,)."""
    rng = np.random.default_rng(0)
    return [rng.normal(size=shape) for shape in ((2, 3, 6, 8), (4, 3, 3, 3), 4)]


@pytest.mark.parametrize("package", ["solutions", "starter"])
def test_every_layer_can_be_imported_from_layers(package):
    layers = importlib.import_module(f"{package}.layers")
    assert [name for name in LAYERS if not hasattr(layers, name)] == []


def test_a_submission_may_hold_all_layers_in_one_file(submission, pictures):
    one_file = ast.unparse(ast.Module(in_one_file("layers", set()), []))
    call = submission(layers=one_file, cnn=solved("cnn"))
    out, cache = call("layers", "conv_forward_naive", *pictures, CONV)
    assert out.shape == (2, 4, 3, 4)
    assert call("layers", "conv_backward_naive", out, cache)[0].shape == (2, 3, 6, 8)
    net = call("cnn", "ThreeLayerConvNet", (3, 6, 8), 4, 3, 5, 10, weight_scale=1e-6)
    assert net.loss(pictures[0], np.array([4, 0]))[0] == pytest.approx(np.log(10), abs=1e-3)


def test_a_submission_may_hold_each_layer_where_the_stubs_have_it(submission, pictures):
    call = submission(convolution=solved("convolution"))
    assert call("layers", "conv_forward_naive", *pictures, CONV)[0].shape == (2, 4, 3, 4)


def test_a_submission_may_lack_layers_that_it_does_not_use(submission, pictures):
    wanted = {"affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss"}
    body = ast.parse(solved("layers")).body
    few = [node for node in body if not isinstance(node, ast.FunctionDef) or node.name in wanted]
    few = [n for n in few if not isinstance(n, ast.ImportFrom) or n.module == "labels"]
    call = submission(layers=ast.unparse(ast.Module(few, [])), fc_net=solved("fc_net"))
    assert call("fc_net", "TwoLayerNet", 144, 5, 10).loss(pictures[0]).shape == (2, 10)
