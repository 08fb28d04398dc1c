"""The second notebook keeps the promises that its checks make."""

import json
import re

import numpy as np
import pytest

from course import notebook, paths
from solutions.tuning import two_layer_search_space
from tests.mistakes.harness import run, solutions, starter

PATH = paths.ASSIGNMENTS / "2_two_layer_net.ipynb"
CODE = [cell for cell in notebook.read(PATH)["cells"] if cell["cell_type"] == "code"]
SOURCES = ["".join(cell["source"]) for cell in CODE]
SEEDS = 40


def stored():
    """Return {check number: the text stored below its cell}."""
    return {
        check.number: "".join("".join(out["text"]) for out in cell["outputs"])
        for cell, source in zip(CODE, SOURCES, strict=True)
        if (check := notebook.heading(source))
    }


def test_the_solutions_pass_for_every_seed_and_print_what_is_stored(tmp_path):
    for seed in range(SEEDS):
        (tmp_path / str(seed)).mkdir()
        outcomes = run(PATH, solutions(), tmp_path / str(seed), seed)
        assert not {number: o.failure for number, o in outcomes.items() if o.failure}, seed
        assert {number: o.printed for number, o in outcomes.items()} == stored(), seed


def test_every_stub_is_said_to_be_not_written_yet(tmp_path):
    outcomes = run(PATH, starter(), tmp_path)
    file = r"starter/(layers|fc_net|optim|tuning|modules)\.py"
    said = re.compile(rf"\S+ is not written yet: {file}, line \d+")
    assert len(outcomes) == len(notebook.checks(PATH))
    for number, outcome in outcomes.items():
        assert said.fullmatch(outcome.failure.sentence), number


@pytest.mark.parametrize("module", ["layers.py", "fc_net.py", "optim.py", "modules.py"])
def test_one_module_of_stubs_costs_no_check_of_the_modules_before_it(module, tmp_path):
    order = {"layers.py": 1, "fc_net.py": 7, "optim.py": 10, "modules.py": 15}
    outcomes = run(PATH, solutions() | {module: starter()[module]}, tmp_path)
    failed = {number for number, outcome in outcomes.items() if outcome.failure}
    assert min(failed) == order[module]
    assert all(outcomes[n].failure.diagnosis == "not-written" for n in failed)


MEMORISE = """
import sys

def memorise(f):
    calls = iter(range(10**6))

    def answer(*args):
        key = f.__qualname__, next(calls)
        if key not in sys.memorised:
            sys.memorised[key] = f(*args)
        return sys.memorised[key]

    return answer

"""
MEMORISED = {
    "layers.py": [
        "affine_forward",
        "affine_backward",
        "relu_forward",
        "relu_backward",
        "softmax_loss",
        "svm_loss",
    ],
    "optim.py": ["sgd_momentum", "rmsprop", "adam"],
    "fc_net.py": ["TwoLayerNet.loss", "FullyConnectedNet.loss"],
    "modules.py": [
        "Affine.forward",
        "Affine.backward",
        "ReLU.forward",
        "ReLU.backward",
        "SoftmaxWithLoss.forward",
        "SoftmaxWithLoss.backward",
        "ModularTwoLayerNet.predict",
    ],
}


def test_answers_memorised_from_one_seed_fail_at_another(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.memorised", {}, raising=False)
    package = solutions()
    for module, names in MEMORISED.items():
        package[module] += MEMORISE + "\n".join(f"{name} = memorise({name})" for name in names)
    failed = []
    for seed in (0, 1):
        (tmp_path / str(seed)).mkdir()
        outcomes = run(PATH, package, tmp_path / str(seed), seed)
        failed.append({number for number, outcome in outcomes.items() if outcome.failure})
    of_shapes_and_choices = {7, 13}
    assert failed == [set(), set(outcomes) - of_shapes_and_choices]


def test_checks_are_numbered_from_1_and_worth_40_to_50_points():
    checks = notebook.checks(PATH)
    assert [check.number for check in checks] == list(range(1, len(checks) + 1))
    assert 40 <= sum(check.points for check in checks) <= 50


def test_the_text_names_the_number_of_checks_and_points():
    checks = notebook.checks(PATH)
    points = sum(check.points for check in checks)
    assert f"There are {len(checks)} checks and {points} points." in PATH.read_text()


def test_no_cell_looks_like_a_check_and_is_none():
    for source in SOURCES:
        assert "# Check" not in source or notebook.heading(source), source.split("\n")[0]


@pytest.mark.parametrize("source", SOURCES[1:], ids=lambda source: source.split("\n")[0])
def test_a_code_cell_has_fewer_than_15_lines(source):
    assert len([line for line in source.split("\n") if line.strip()]) < 15


def test_no_line_of_code_is_wider_than_the_page():
    assert max(len(line) for source in SOURCES for line in source.split("\n")) <= 100


def test_check_and_set_up_cells_draw_no_figures():
    for cell, source in zip(CODE, SOURCES, strict=True):
        if notebook.heading(source) or notebook.is_set_up(source):
            assert {out["output_type"] for out in cell["outputs"]} <= {"stream"}, source


def test_stored_outputs_hold_no_errors_and_no_paths():
    for cell in CODE:
        text = json.dumps(cell["outputs"])
        assert '"output_type": "error"' not in text
        assert not re.search(r"/(home|tmp|usr|root|work|opt)/|site-packages", text), cell["id"]


def test_every_code_cell_has_been_run_in_order():
    counts = [cell["execution_count"] for cell in CODE]
    assert counts == list(range(1, len(CODE) + 1))


def test_cells_whose_text_varies_are_not_compared():
    varying = (".train()", "run(", "net.accuracy", "numerical_gradient(x, t)")
    for cell, source in zip(CODE, SOURCES, strict=True):
        graded = notebook.heading(source) or notebook.is_set_up(source) or "def run" in source
        if not graded and any(part in source for part in varying):
            assert "nbval-ignore-output" in cell["metadata"].get("tags", []), source


def test_the_notebook_is_small_and_its_cells_have_lasting_names():
    document = notebook.read(PATH)
    names = [cell["id"] for cell in document["cells"]]
    assert len(set(names)) == len(names) and "check-1" in names
    assert PATH.stat().st_size < 2 * 2**20


def test_the_search_of_the_solutions_is_a_map_of_16_fields():
    rates, strengths = map(np.array, two_layer_search_space())
    assert len(rates) * len(strengths) == 16
    assert (rates > 0).all() and (strengths >= 0).all()
