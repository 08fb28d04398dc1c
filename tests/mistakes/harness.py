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
import warnings
from dataclasses import dataclass
from functools import cache
from unittest import mock

from course import notebook, paths, prerequisites
from course.stubs import package_texts
from data_utils import verdicts


@dataclass(frozen=True)
class Outcome:
    """What one check cell said: a CheckFailed, or None if it passed, and what it printed."""

    failure: verdicts.CheckFailed | None
    printed: str


@dataclass(frozen=True)
class Mistake:
    """A wrong answer: the solution with one piece of text replaced.

    what: a sentence about it; module: where; old, new: the replacement.
    fails: the numbers of the checks that must fail, and no others.
    code: the diagnosis of the first of them, None where it cannot say more than "wrong".
    """

    what: str
    module: str
    old: str
    new: str
    fails: frozenset[int]
    code: str | None

    def package(self):
        """Return the solutions with this mistake; `old` must stand there exactly once."""
        files = solutions()
        assert files[self.module].count(self.old) == 1, f"{self.old!r} in {self.module}"
        return files | {self.module: files[self.module].replace(self.old, self.new)}


def both(one, other):
    """Return the solutions with two mistakes of one module, None where they touch each other."""
    files = one.package()
    text = files[one.module]
    changed = text.replace(other.old, other.new)
    apart = text.count(other.old) == 1 and other.old not in one.new and one.new in changed
    return files | {one.module: changed} if one.module == other.module and apart else None


def mistakes(module, *rows):
    """Return the Mistakes of one module: (what, old, new, checks that fail, code)."""
    return [
        Mistake(what, module, old, new, frozenset(fails), code)
        for what, old, new, fails, code in rows
    ]


def solutions():
    """Return {file name: text} of the solved package."""
    return package_texts(paths.SOLUTIONS)


def starter():
    """Return {file name: text} of the stubs."""
    return package_texts(paths.STARTER)


def rewritten(module, code):
    """Return the solutions with functions of a module defined anew: the last definition counts."""
    files = solutions()
    return files | {module: f"{files[module]}\n\n{code}"}


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
"""Makes a function answer call k of a later run as it answered call k of the first."""


def memorising(named):
    """Return the solutions with functions that memorise; named: {module: names of them}.

    The answers are kept in sys.memorised, a dict that the caller sets up.
    """
    files = solutions()
    for module, names in named.items():
        files[module] += MEMORISE + "\n".join(f"{name} = memorise({name})" for name in names)
    return files


def run(path, package, folder, seed=0, skipped=()):
    """Return {number: Outcome} of the checks of the notebook at `path`.

    package: {file name: text}, written into `folder` as `starter`; seed: the COURSE_SEED.
    skipped: numbers of checks to leave out.
    Raises what a set-up cell raises, and what a check raises that failures cannot explain.
    """
    for name, text in package.items():
        (folder / "starter" / name).parent.mkdir(exist_ok=True, parents=True)
        (folder / "starter" / name).write_text(text, encoding="utf-8")
    with at_home(folder, seed):
        return run_cells([cell for cell in cells_of(path) if number(cell) not in skipped])


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
        mock.patch.object(sys, "path", [str(folder), *sys.path]),
        mock.patch.object(sys, "dont_write_bytecode", True),
        mock.patch.dict(os.environ, COURSE_SEED=str(seed)),
        warnings.catch_warnings(action="ignore"),
    ):
        yield
    forget_starter()


def forget_starter():
    """Let the next import of the student's package read its files anew."""
    for name in [name for name in sys.modules if name.split(".")[0] == "starter"]:
        del sys.modules[name]


def run_cells(cells):
    """Return {number: Outcome} of code cells, run one after another in one namespace.

    A check that comes a second time is run then, on the reference's layers, if it has failed.
    """
    outcomes, space = {}, {"__name__": "notebook"}
    for cell in cells:
        source = "".join(cell["source"])
        check, names = notebook.heading(source), notebook.given(source)
        if names and not outcomes[check.number].failure:
            continue
        printed = io.StringIO()
        failure = None
        try:
            with on_reference(names, space), silence(printed):
                execute(source, space)
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
    theirs = {}
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
