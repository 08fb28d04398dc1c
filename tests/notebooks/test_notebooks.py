"""Every notebook keeps the promises that its checks make."""

import json
import re

import pytest

from course import notebook, paths, stubs
from course.authoring.reach import reached
from course.student import tasks
from data_utils.headings import is_named, unwritten_tasks
from tests.mistakes.harness import (
    at_home,
    execute,
    memorising,
    run,
    solutions,
    starter,
)

VARYING = (
    "perf_counter",
    ".train(",
    "grad_check_sparse",
    "accuracy(x_",
    "numerical_gradient(x, t)",
)
"""What a cell calls whose text is another on another machine, or in another year."""

POINTS = {
    "1_svm": (30, 40),
    "2_two_layer_net": (45, 55),
    "3_cnn": (45, 55),
    "4_batchnorm": (50, 60),
    "5_lenet": (25, 35),
}
"""{notebook: how few and how many points its checks may be worth}."""

COSTS = {
    "1_svm": {
        "linear_svm": {1, 2, 3, 4, 16, 17},
        "linear_classifier": {5, 6, 7, 17},
        "tuning": {8},
        "softmax": range(9, 18),
    },
    "2_two_layer_net": {
        "layers": {*range(1, 9), 21, 22},
        "fc_net": {9, 10, 11, 16, 17, 22},
        "optim": {12, 13, 14, 21, 22},
        "modules": {18, 19, 20},
    },
    "3_cnn": {
        "activations": {1, 2, 3, 20, 21},
        "convolution": {4, 5, 6, 15, 20, 21},
        "im2col": {7, 8, 9, 10, 20, 21},
        "pooling": {11, 12, 13, 14, 15, 20, 21},
        "cnn": range(16, 22),
    },
    "4_batchnorm": {
        "initializers": {1, 2},
        "normalization": {*range(3, 10), *range(11, 15), 22, 23},
        "dropout": {15, 16, 22, 23},
    },
    "5_lenet": {"lenet": range(1, 12)},
}
"""{notebook: {module: numbers of the checks that fail where it is as yet all stubs}}."""

MEMORISED = {
    "2_two_layer_net": {
        "layers.py": [
            *("affine_forward", "affine_backward", "relu_forward", "relu_backward"),
            *("softmax_loss", "svm_loss"),
        ],
        "optim.py": ["sgd_momentum", "rmsprop", "adam"],
        "fc_net.py": ["TwoLayerNet.loss", "FullyConnectedNet.loss"],
        "modules.py": [
            *("Affine.forward", "Affine.backward", "ReLU.forward", "ReLU.backward"),
            *("SoftmaxWithLoss.forward", "SoftmaxWithLoss.backward"),
            "ModularTwoLayerNet.predict",
        ],
    },
    "3_cnn": {
        "activations.py": [
            *("leaky_relu_forward", "leaky_relu_backward", "sigmoid_forward"),
            *("sigmoid_backward", "tanh_forward", "tanh_backward"),
        ],
        "convolution.py": ["conv_forward_naive", "conv_backward_naive"],
        "im2col.py": ["im2col", "col2im", "conv_forward_im2col", "conv_backward_im2col"],
        "pooling.py": [
            *("max_pool_forward_naive", "max_pool_backward_naive"),
            *("avg_pool_forward_naive", "avg_pool_backward_naive"),
        ],
        "cnn.py": ["ThreeLayerConvNet.loss"],
    },
    "5_lenet": {
        "lenet.py": [
            *("lenet_shapes", "multiply_accumulates", "LeNet5.conv_forward"),
            *("LeNet5.hidden_forward", "LeNet5.hidden_backward", "LeNet5.conv_backward"),
            *("confusion_matrix", "saliency"),
        ],
    },
}
"""{notebook: {module: functions whose answers are learned by heart}}."""

SAME_AT_EVERY_SEED = {
    "2_two_layer_net": {8, 9, 15, 17, 21, 22},
    "3_cnn": {16, 19, 20, 21},
    "5_lenet": {3, 8, 9},
}
"""{notebook: numbers of the checks of shapes, choices and spreads, which no seed changes}."""

NOTEBOOKS = paths.notebooks()
CODE = {
    path: [cell for cell in notebook.read(path)["cells"] if notebook.is_code(cell)]
    for path in NOTEBOOKS
}
CELLS = [
    pytest.param(cell, id=f"{path.stem}: {notebook.first_line(cell['source'])}")
    for path in NOTEBOOKS
    for cell in CODE[path]
]

of_every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
of_every_cell = pytest.mark.parametrize("cell", CELLS)


def stored(path):
    """Return {check number: the text stored below its cell}."""
    return {
        check.number: "".join("".join(out["text"]) for out in cell["outputs"])
        for cell in CODE[path]
        if (check := notebook.heading(cell["source"])) and not check.bonus
    }


def lines(cell):
    """Return a cell's lines."""
    return "".join(cell["source"]).split("\n")


@of_every_notebook
@pytest.mark.parametrize("seed", [pytest.param(0, marks=pytest.mark.quick), *range(1, 10)])
def test_the_solutions_pass_for_every_seed_and_print_what_is_stored(path, seed, tmp_path):
    outcomes = run(path, solutions(), tmp_path, seed)
    assert not {number: o.failure for number, o in outcomes.items() if o.failure}
    assert {number: o.printed for number, o in outcomes.items()} == stored(path)


@of_every_notebook
def test_every_stub_is_said_to_be_not_written_yet(path, tmp_path):
    outcomes = run(path, starter(), tmp_path)
    said = re.compile(r"\S+ is not written yet: starter/(\w+\.py), line \d+")
    assert len(outcomes) == len(notebook.checks(path))
    for number, outcome in outcomes.items():
        place = said.fullmatch(outcome.failure.sentence)
        assert place and place[1] in stubs.task_modules(), number


@of_every_notebook
def test_a_check_needs_the_first_code_cell_and_no_other(path, tmp_path):
    first, *rest = notebook.graded(notebook.read(path))["cells"]
    for name, text in solutions().items():
        (tmp_path / "starter" / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / "starter" / name).write_text(text, encoding="utf-8")
    with at_home(tmp_path, 0):
        after_a_restart = {"__name__": "notebook"}
        execute(first["source"], after_a_restart)
        for cell in rest:
            if notebook.heading(cell["source"]):
                execute(cell["source"], dict(after_a_restart))


@pytest.mark.parametrize(
    ("name", "module"), [(name, module) for name, costs in COSTS.items() for module in costs]
)
def test_one_module_of_stubs_costs_its_own_checks_alone(name, module, tmp_path):
    package = solutions() | {f"{module}.py": starter()[f"{module}.py"]}
    outcomes = run(paths.ASSIGNMENTS / f"{name}.ipynb", package, tmp_path)
    failed = {number: o.failure.diagnosis for number, o in outcomes.items() if o.failure}
    assert failed == dict.fromkeys(COSTS[name][module], "not-written")


@pytest.mark.parametrize("name", MEMORISED)
def test_answers_memorised_from_one_seed_fail_at_another(name, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.memorised", {}, raising=False)
    package, failed = memorising(MEMORISED[name]), []
    for seed in (0, 1):
        (tmp_path / str(seed)).mkdir()
        outcomes = run(paths.ASSIGNMENTS / f"{name}.ipynb", package, tmp_path / str(seed), seed)
        failed.append({number for number, outcome in outcomes.items() if outcome.failure})
    assert failed[0] == set()
    assert set(outcomes) - failed[1] <= SAME_AT_EVERY_SEED[name]


@of_every_notebook
def test_the_checks_are_worth_what_the_notebook_is(path):
    fewest, most = POINTS[path.stem]
    assert fewest <= sum(check.points for check in notebook.checks(path)) <= most


@of_every_notebook
def test_the_readme_says_how_many_points_the_notebook_has(path):
    points = sum(check.points for check in notebook.checks(path))
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| `{path.stem}` \|.*\| {points} \|$", readme, re.MULTILINE), points


@of_every_notebook
def test_checks_are_numbered_from_1_and_the_text_names_how_many_they_are(path):
    checks = notebook.checks(path)
    points = sum(check.points for check in checks)
    assert [check.number for check in checks] == list(range(1, len(checks) + 1))
    assert f"There are {len(checks)} checks and {points} points." in path.read_text()


def headings(path):
    """Return [heading, checks below it, markdown of its cell] of a notebook, for all headings."""
    found = []
    for cell in notebook.read(path)["cells"]:
        text = "".join(cell["source"])
        if not notebook.is_code(cell):
            found += [[head, [], text] for head in re.findall(r"^#{1,3} .+$", text, re.MULTILINE)]
        elif (check := notebook.heading(text)) and not check.bonus:
            found[-1][1].append(check)
    return found


@of_every_notebook
def test_a_heading_names_the_points_of_the_checks_below_it(path):
    for heading, checks, _ in headings(path):
        points = sum(check.points for check in checks)
        due = f" ({points} point{'s' * (points != 1)})" if checks else ""
        assert re.search(r"( \(\d+ points?\))?$", heading)[0] == due, heading


@of_every_notebook
def test_a_task_links_to_the_stub_that_it_is_written_in(path):
    for heading, checks, text in headings(path):
        if heading.startswith("### Your turn"):
            linked = set(re.findall(r"\]\(\.\./starter/(\w+\.py)\)", text))
            for check in checks:
                assert linked & tasks.places(check.task, {}).keys(), (heading, check.task)


@of_every_notebook
def test_every_code_cell_has_been_run_in_order(path):
    counts = [cell["execution_count"] for cell in CODE[path]]
    assert counts == list(range(1, len(CODE[path]) + 1))


@of_every_notebook
def test_the_notebook_is_small_and_its_cells_have_lasting_names(path):
    names = [cell["id"] for cell in notebook.read(path)["cells"]]
    assert len(set(names)) == len(names) and "check-1" in names
    assert path.stat().st_size < 2 * 2**20


@of_every_cell
def test_no_cell_looks_like_a_check_and_is_none(cell):
    assert "# Check" not in "\n".join(lines(cell)) or notebook.heading(cell["source"])


@of_every_cell
def test_a_code_cell_fits_on_the_page(cell):
    if "check.show_sentences()" not in lines(cell):
        assert len([line for line in lines(cell) if line.strip()]) < 15
    body = lines(cell)[1:] if notebook.heading(cell["source"]) else lines(cell)
    assert max(map(len, body)) <= 100  # a heading that names what is given may be longer


@of_every_cell
def test_a_check_prints_and_draws_no_figures(cell):
    if notebook.heading(cell["source"]):
        assert {out["output_type"] for out in cell["outputs"]} <= {"stream"}


@of_every_cell
def test_stored_outputs_hold_no_errors_and_no_paths(cell):
    text = json.dumps(cell["outputs"])
    assert '"output_type": "error"' not in text
    assert not re.search(r"/(home|tmp|usr|root|work|opt)/|site-packages", text)


@of_every_cell
def test_a_cell_whose_text_varies_is_not_compared(cell):
    source = "".join(cell["source"])
    text = any(out["output_type"] == "stream" for out in cell["outputs"])
    if text and not notebook.heading(source) and any(call in source for call in VARYING):
        assert "nbval-ignore-output" in cell["metadata"].get("tags", [])


@pytest.mark.parametrize("path", paths.notebooks(), ids=lambda path: path.stem)
def test_a_check_beyond_cs231n_names_every_task_that_it_runs(path):
    written = {task for text in stubs.package().values() for task in unwritten_tasks(text)}
    ran = reached(path)
    for check in (one for one in notebook.checks(path) if one.beyond and not one.given):
        assert [one for one in written & ran[check.number] if not named_by(one, check)] == []


def named_by(one, check):
    """Tell whether a check's heading names a task, or its class."""
    return is_named(one, check.task) or is_named(one.split(".")[0], check.task)
