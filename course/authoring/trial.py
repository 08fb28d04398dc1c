"""Run a notebook's set-up and check cells in this process, on a package given as text.

Grading does the same through pytest --nbval and a process of its own for the package; here a
run takes a tenth of a second, so that a hundred wrong answers can be tried.
"""

import contextlib
import importlib
import io
import linecache
import os
import sys
import tempfile
import warnings
from dataclasses import dataclass
from functools import cache
from importlib.machinery import SourceFileLoader
from pathlib import Path
from unittest import mock

from data_utils import verdicts

from .. import notebook, paths, prerequisites


@dataclass(frozen=True)
class Outcome:
    """What one check cell said: a CheckFailed, or None if it passed, and what it printed."""

    failure: verdicts.CheckFailed | None
    printed: str


def run(path, package, folder, seed=0, skipped=(), step=None):
    """Return {number: Outcome} of the checks of the notebook at `path`.

    package: {file name: text}, written into `folder` as `starter`; seed: the COURSE_SEED.
    skipped: numbers of checks to leave out; step: what executes a cell, by default `execute`.
    Raises what a set-up cell raises, and what a check raises that failures cannot explain.
    """
    write_package(folder, package)
    with at_home(folder, seed):
        cells = [cell for cell in cells_of(path) if number(cell) not in skipped]
        return run_cells(cells, step or execute)


def write_package(folder, package):
    """Write {file name: text} into a folder as `starter`, without what was there before."""
    root = folder / "starter"
    for path in [*root.rglob("*.py")]:
        if path.relative_to(root).as_posix() not in package:
            path.unlink()
    for name, text in package.items():
        path = root / name
        path.parent.mkdir(exist_ok=True, parents=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    importlib.invalidate_caches()


@contextlib.contextmanager
def set_up(path, package):
    """Run the set-up cells of the notebook at `path` on a package, and yield their namespace.

    Raises what a set-up cell raises.
    """
    space = {"__name__": "notebook"}
    with tempfile.TemporaryDirectory() as folder:
        write_package(Path(folder), package)
        with at_home(Path(folder), 0):
            for cell in cells_of(path):
                if number(cell) is None:
                    execute("".join(cell["source"]), space)
            yield space


def check_cells(path):
    """Return {Check: source} of the checks of the notebook at `path`, each once."""
    sources = ["".join(cell["source"]) for cell in cells_of(path)]
    return {
        notebook.heading(s): s for s in sources if notebook.heading(s) and not notebook.given(s)
    }


def passes(source, space):
    """Tell whether a check, run on a copy of a namespace, says nothing against the answer."""
    with silence(io.StringIO()):
        try:
            execute(source, dict(space))
        except Exception:
            return False
    return True


@cache
def cells_of(path):
    """Return the cells of the notebook at `path` that grading runs, read once."""
    return notebook.graded(notebook.read(path), names_given=prerequisites.names_given)["cells"]


def number(cell):
    """Return the number of the check in a cell, or None."""
    check = notebook.heading("".join(cell["source"]))
    return check and check.number


@contextlib.contextmanager
def at_home(folder, seed):
    """Let `starter` mean the package in `folder` for a while, and rng() use `seed`."""
    forget_starter()
    with (
        mock.patch.object(sys, "path", [str(folder), str(paths.ROOT), *sys.path]),
        mock.patch.object(sys, "dont_write_bytecode", True),
        mock.patch.object(SourceFileLoader, "source_to_code", lambda _, *text: code_of(*text)),
        mock.patch.dict(os.environ, COURSE_SEED=str(seed)),
        warnings.catch_warnings(action="ignore"),
    ):
        yield
    forget_starter()


@cache
def code_of(text, path):
    """Return a module's text as code: most modules are the same for hundreds of mistakes."""
    return compile(text, path, "exec", dont_inherit=True)


def forget_starter():
    """Let the next import of the student's package read its files anew."""
    for name in [name for name in sys.modules if name.split(".")[0] == "starter"]:
        del sys.modules[name]


def run_cells(cells, step):
    """Return {number: Outcome} of code cells, run one after another in one namespace.

    A check that comes a second time is run then, on the reference's layers, if it has failed.
    """
    outcomes: dict[int, Outcome] = {}
    space = {"__name__": "notebook"}
    for cell in cells:
        source = "".join(cell["source"])
        check, names = notebook.heading(source), notebook.given(source)
        first = outcomes.get(check.number) if check else None
        if names and first and not first.failure:
            continue
        printed = io.StringIO()
        failure = None
        try:
            with on_reference(names, space), silence(printed):
                step(source, space)
        except Exception as error:
            failure = verdicts.verdict(error) or (names and refused(error))
            if check is None or not failure:
                raise
        if check:
            outcomes[check.number] = Outcome(failure, printed.getvalue())
    return outcomes


def refused(error):
    """Return what grading makes of an error that the reference raised: the student misused it."""
    return verdicts.CheckFailed(str(error), "raised")


@contextlib.contextmanager
def silence(printed):
    """Let prints go into `printed`, and what goes to stderr nowhere."""
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
        yield


@contextlib.contextmanager
def on_reference(names, space):
    """Let the solutions' functions stand wherever the student's stood: modules and notebook.

    names: {module: names} of what is given; space: the notebook's namespace.
    """
    if not names:  # as for most cells: all modules would be searched for nothing
        yield
        return
    theirs: dict = {}
    for module, given_names in names.items():
        student = getattr(sys.modules.get(f"starter.{module}"), "__dict__", {})
        reference = importlib.import_module(f"solutions.{module}")
        here = [name for name in given_names if name in student]
        theirs |= {id(student[name]): getattr(reference, name) for name in here}
    modules = [vars(m) for name, m in sys.modules.items() if name.split(".")[0] == "starter"]
    with contextlib.ExitStack() as stack:
        for held in (space, *modules):
            new = {name: theirs[id(it)] for name, it in held.items() if id(it) in theirs}
            if new:  # patch.dict forgets on leaving whatever a cell has defined
                stack.enter_context(mock.patch.dict(held, new))
        yield


def execute(source, space):
    """Execute a cell's source, without its magics, so that tracebacks can show its lines."""
    lines = [line for line in source.splitlines(keepends=True) if not line.startswith("%")]
    name = f"<cell>{hash(source)}"
    linecache.cache[name] = (len(source), None, lines, name)
    exec(compiled("".join(lines), name), space)


@cache
def compiled(source, name):
    """Return a cell's source as code: it is the same for hundreds of mistakes."""
    return compile(source, name, "exec")
