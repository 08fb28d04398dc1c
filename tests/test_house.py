"""The rules of the house that a machine can keep."""

import ast
import subprocess
import sys

import pytest

from course import paths

STANDARD = sys.stdlib_module_names
ALLOWED = {
    "solutions": {"numpy", "tqdm"},
    "starter": {"numpy", "tqdm"},
    "data_utils": {"numpy", "matplotlib", "pooch", "tqdm", "IPython"},
    "course": {"numpy", "tqdm", "pytest", "nbval", "jinja2", "rich", "click", "IPython"}
    | {"ipykernel", "dask", "distributed", "yaml", "rapidfuzz", "jupytext", "nbclient", "nbformat"},
}
"""Who may import what, beside the standard library and itself; IPython only to show messages."""


def imported(path):
    """Yield the top-level names that a module imports from elsewhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


@pytest.mark.parametrize("package", ALLOWED)
def test_a_package_imports_only_what_lies_below_it(package):
    for path in (paths.ROOT / package).rglob("*.py"):
        above = set(imported(path)) - STANDARD - ALLOWED[package]
        assert not above, f"{path.relative_to(paths.ROOT)} imports {above}"


def test_no_import_cycles_within_course():
    graph = {}
    for path in (paths.ROOT / "course").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        graph[path.stem] = {name for node in ast.walk(tree) for name in siblings(node)}
    while graph:
        leaves = {name for name, needs in graph.items() if not needs & graph.keys()}
        assert leaves, f"these import each other in a circle: {sorted(graph)}"
        graph = {name: needs for name, needs in graph.items() if name not in leaves}


def siblings(node):
    """Return the modules of the same package that an import statement names."""
    if not isinstance(node, ast.ImportFrom) or node.level != 1:
        return []
    return [node.module] if node.module else [alias.name for alias in node.names]


def test_there_are_no_star_imports():
    for folder in (*ALLOWED, "tests", "benchmarks"):
        for path in (paths.ROOT / folder).rglob("*.py"):
            stars = [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.alias)]
            assert all(alias.name != "*" for alias in stars), path


def test_starter_and_solutions_define_the_same_names():
    for path in paths.SOLUTIONS.glob("*.py"):
        stub = (paths.STARTER / path.name).read_text()
        assert defined(path.read_text()) == defined(stub), path.name


def defined(source):
    """Return the functions and classes of a module, with their argument lists."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, kinds)]
    return [(n.name, ast.dump(n.args) if hasattr(n, "args") else "") for n in nodes]


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join
)
def test_the_code_is_clean(command):
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=paths.ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_every_requirement_is_pinned_by_name_and_version_alone():
    for line in (paths.ROOT / "requirements.txt").read_text().splitlines():
        name, _, version = line.partition("==")
        assert name and version and "/" not in line, line
