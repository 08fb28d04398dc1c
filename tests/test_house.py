"""The rules of the house that a machine can keep, each tried on a small house that breaks it."""

import ast
import json
import re
import subprocess
import sys
import textwrap

import pytest

from course import paths, stubs
from tools import house
from tools.other_versions import pins

MAX_LINES = 30
LONGER = {
    "solutions/cnn.py: DeepConvNet.__init__": 32,
    "solutions/lenet.py: LeNet5.__init__": 34,
    "solutions/solver.py: Solver.__init__": 35,
    "starter/solver.py: Solver.__init__": 35,
}
"""{function: its lines of code} of those that are longer. This list may only shrink."""

STANDARD = sys.stdlib_module_names
NUMERICS = {"numpy", "tqdm"}
OUTSIDE = {
    "solutions": NUMERICS,
    "starter": NUMERICS,
    "data_utils": {"numpy", "matplotlib", "pooch", "tqdm", "IPython"},
    "course": {"numpy", "tqdm", "pytest", "nbval", "jinja2", "rich", "click", "IPython"}
    | {
        "ipykernel",
        "dask",
        "distributed",
        "yaml",
        "psutil",
        "rapidfuzz",
        "py7zr",
        "latex2mathml",
        "markdown_it",
        "markupsafe",
        "pygments",
        "tornado",
        "jupytext",
        "nbclient",
        "nbformat",
        "babel",
        "PIL",
    },
    "course.box": NUMERICS,
}
"""{package: what it may import beside the standard library and the house}."""

ARROWS = {
    "solutions": set(),
    "starter": set(),
    "data_utils": set(),
    "course": set(),
    "course.box": set(),
    "course.intake": {"course", "course.box"},
    "course.student": {"course", "course.intake"},
    "course.judge": {"course", "course.box", "course.intake", "course.student"},
    "course.report": {"course", "course.intake", "course.student"},
    "course.roster": {"course", "course.intake"},
    "course.release": {"course", "course.intake", "course.student"},
    "course.authoring": {"course", "course.student", "course.release", "data_utils"},
}
ARROWS["course.commands"] = {name for name in ARROWS if name.startswith("course")}
"""{package or room of `course`: those that it may import beside itself}; course is the hall."""

SHARED = {"data_utils.headings", "data_utils.record"}
"""The modules of the course material that `course` imports, but for the box."""


def room(module):
    """Return the key of ARROWS that a module belongs to, such as course.judge, or its package."""
    parts = module.split(".")
    return ".".join(parts[:2]) if ".".join(parts[:2]) in ARROWS else parts[0]


def upward(graph):
    """Return a sentence for each import that no arrow allows; graph: see tools.house."""
    return [
        f"{module} imports {needed}"
        for module, needs in graph.items()
        for needed in sorted(needs)
        if room(module) in ARROWS
        and room(needed) not in ARROWS[room(module)] | {room(module)}
        and (needed not in SHARED or room(module) == "course.box" or module[:6] != "course")
    ]


def cycles(graph):
    """Return the modules that import each other in a circle, or import such ones."""
    left = dict(graph)
    while leaves := {name for name, needs in left.items() if not needs & left.keys()}:
        left = {name: needs for name, needs in left.items() if name not in leaves}
    return sorted(left)


def strangers(root):
    """Return a sentence for each import of a package that the importing one may not use."""
    known = house.modules(root)
    tops = {name.split(".")[0] for name in known}
    return [
        f"{module} imports {base}"
        for module, path in known.items()
        for base, _ in house.imports(path, root)
        if room(module) in ARROWS
        and base.split(".")[0] not in STANDARD | tops | OUTSIDE.get(room(module), OUTSIDE["course"])
    ]


def long_functions(root):
    """Return {"file: function": lines of code} of the functions over MAX_LINES."""
    return {
        f"{path.relative_to(root).as_posix()}: {name}": size
        for path in house.modules(root).values()
        for name, size in house.functions(path.read_text(encoding="utf-8"))
        if size > MAX_LINES
    }


def stars(root):
    """Return the modules with a star import."""
    known = house.modules(root)
    return [name for name, path in known.items() if "*" in dict(house.imports(path, root)).values()]


def path_changes(root):
    """Return a place for each call that changes where Python looks for modules."""
    return [
        f"{name}, line {node.lineno}"
        for name, path in house.modules(root).items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("sys.path.insert", "sys.path.append", "sys.path.extend")
    ]


def defined(source):
    """Return (name, arguments) of the functions and classes of a module, in its order."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    nodes = [n for n in ast.walk(ast.parse(source)) if isinstance(n, kinds)]
    return [(n.name, ast.dump(n.args) if hasattr(n, "args") else "") for n in nodes]


def test_imports_point_downward_only():
    assert upward(house.graph(paths.ROOT)) == []


def test_every_room_of_the_course_has_its_arrows():
    rooms = {path.parent.name for path in (paths.ROOT / "course").glob("*/__init__.py")}
    assert {f"course.{name}" for name in rooms} == {n for n in ARROWS if n.startswith("course.")}


def test_no_modules_import_each_other_in_a_circle():
    assert cycles(house.graph(paths.ROOT)) == []


def test_a_package_imports_only_the_libraries_that_it_may():
    assert strangers(paths.ROOT) == []


def test_a_function_fits_on_a_screen():
    found = long_functions(paths.ROOT)
    assert found == LONGER, "shorten it; where a function of the list is shorter now, correct that"


def test_there_are_no_star_imports():
    assert stars(paths.ROOT) == []


def test_no_program_changes_where_python_looks_for_modules():
    """The judge's kernel does, as every notebook's: the folder of the notebook comes first."""
    found = path_changes(paths.ROOT)
    assert [place.split(",")[0] for place in found] == ["course.judge.kernel"], found


def test_starter_and_solutions_define_the_same_names():
    solved = stubs.package_texts(paths.SOLUTIONS)
    starter = stubs.package_texts(paths.STARTER)
    assert solved.keys() == starter.keys()
    assert [name for name in solved if defined(solved[name]) != defined(starter[name])] == []


@pytest.fixture
def small(tmp_path):
    """A function that writes {path: text} as a house and returns its folder."""

    def build(files):
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    return build


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("course/hints.py", "from .judge import stage", "course.hints imports course.judge.stage"),
        (
            "course/intake/a.py",
            "def f():\n    from .. import judge",
            "course.intake.a imports course.judge",
        ),
        (
            "course/student/watch.py",
            "import course.judge.stage",
            "course.student.watch imports course.judge.stage",
        ),
        ("course/box/wire.py", "from .. import paths", "course.box.wire imports course.paths"),
        (
            "course/box/w.py",
            "from data_utils import headings",
            "course.box.w imports data_utils.headings",
        ),
        ("course/judge/a.py", "from data_utils import seeds", "course.judge.a imports data_utils"),
        ("solutions/given/net.py", "import data_utils", "solutions.given.net imports data_utils"),
        ("data_utils/plots/a.py", "from tests import a", "data_utils.plots.a imports tests.a"),
    ],
)
def test_an_arrow_upward_is_named(small, path, text, said):
    house_of = {
        "course/__init__.py": "",
        "course/paths.py": "",
        "course/judge/__init__.py": "",
        "course/judge/stage.py": "",
        "data_utils/__init__.py": "",
        "data_utils/headings.py": "",
        "tests/a.py": "",
    }
    assert upward(house.graph(small({**house_of, path: text}))) == [said]


def test_arrows_downward_are_allowed(small):
    files = {
        "course/notebook.py": "from data_utils.headings import x",
        "course/intake/a.py": "from .. import notebook",
        "course/judge/b.py": "from ..intake import a",
        "course/commands/c.py": "from ..judge import b\nfrom . import d",
        "course/commands/d.py": "",
        "data_utils/headings.py": "",
        "tests/e.py": "from course.commands import c",
    }
    assert upward(house.graph(small(files))) == []


def test_a_circle_of_imports_is_found_in_any_package_however_deep(small):
    files = {
        "data_utils/deep/a.py": "from .b import x",
        "data_utils/deep/b.py": "def f():\n    from ..c import y",
        "data_utils/c.py": "from data_utils.deep import a",
        "data_utils/d.py": "from . import deep",
        "data_utils/deep/__init__.py": "",
    }
    assert cycles(house.graph(small(files))) == [
        "data_utils.c",
        "data_utils.deep.a",
        "data_utils.deep.b",
    ]


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        (
            "solutions/given/net.py",
            "import scipy.linalg",
            "solutions.given.net imports scipy.linalg",
        ),
        ("course/box/wire.py", "from rich import box", "course.box.wire imports rich"),
        ("data_utils/check.py", "def f():\n    import click", "data_utils.check imports click"),
    ],
)
def test_a_library_that_a_package_may_not_use_is_named(small, path, text, said):
    assert strangers(small({path: f"import os\nimport numpy as np\n{text}"})) == [said]


def test_a_function_that_is_too_long_is_named_and_docstrings_do_not_count(small):
    body = "\n".join(["        x = 1", "        # why", ""] * MAX_LINES)
    text = f'class A:\n    def f(self):\n        """Do.\n\n{body}        """\n{body}'
    source = f"def g():\n    '''Do.\n{' ' * 4}'''\n    return 1\n\n\n{text}\n"
    assert long_functions(small({"tools/a.py": source})) == {"tools/a.py: A.f": MAX_LINES + 1}


def test_star_imports_and_changes_of_the_path_are_found(small):
    root = small(
        {
            "tests/a.py": "from os import *\n",
            "tools/b.py": "import sys\nsys.path.insert(0, 'c')\ntext = 'sys.path.insert(1)'\n",
        }
    )
    assert stars(root) == ["tests.a"]
    assert path_changes(root) == ["tools.b, line 2"]


def test_a_stub_with_other_arguments_is_another():
    assert defined("def f(x, y):\n    return 1") != defined("def f(x):\n    raise E")
    assert defined("class A:\n    def f(x): return 1") != defined("class A:\n    pass")
    assert defined("def f(x):\n    return 1") == defined("def f(x):\n    raise E")


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join
)
def test_the_code_is_clean(command):
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=paths.ROOT, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


PAGES = [paths.ROOT / "README.md", paths.ROOT / "CONTRIBUTING.md", *paths.ROOT.glob("docs/*.md")]
NAMED = re.compile(rf"`((?:{'|'.join((*house.PACKAGES, 'assignments', 'docs'))})/[\w./-]*)`")


def missing(text):
    """Return the files and folders that a page names in backticks and that do not exist."""
    return [name for name in NAMED.findall(text) if not (paths.ROOT / name).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_files_that_are_there(page):
    text = page.read_text(encoding="utf-8")
    assert [name for name in missing(text) if "NAME" not in name] == []
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", text)
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_a_page_that_names_an_old_path_is_found():
    assert missing("see `course/judge/` and `course/cli.py`, not `make test`") == ["course/cli.py"]


def test_a_mistake_in_a_cell_of_a_notebook_is_found(tmp_path):
    cell = {"cell_type": "code", "source": "total = nowhere + 1", "metadata": {}, "outputs": []}
    document = {"cells": [cell | {"execution_count": None, "id": "a"}], "metadata": {}}
    path = tmp_path / "1_small.ipynb"
    path.write_text(json.dumps(document | {"nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    settings = ["--config", str(paths.ROOT / "pyproject.toml")]
    command = [sys.executable, "-m", "ruff", "check", *settings, str(path)]
    assert "F821" in subprocess.run(command, capture_output=True, text=True).stdout


def test_every_requirement_is_pinned_by_name_and_version_alone():
    for line in pins(None).splitlines():
        name, _, version = line.partition("==")
        assert name and version and "/" not in line, line
