"""Before each cell, load what was saved since the last: a cell judges what is in the files now.

If a file of the package `starter` has changed, the whole package is imported anew, as a fresh
kernel would import it; see partial_import for a module that cannot be. Then all that the notebook
still has of the old package is led to the new: its import statements are run again here, for the
names that hold what they gave before; handover.py sees to functions and objects kept elsewhere.
"""

import ast
import importlib
import sys
import weakref
from contextlib import suppress
from importlib.machinery import PathFinder
from pathlib import Path

from IPython.core.error import InputRejected

from .. import partial_import, verdicts
from ..headings import heading
from . import handover
from .given import meaning

PACKAGE = "starter"


class Stopped(verdicts.Unreadable, InputRejected):
    """The verdict on a cell that is not run, since it uses a module that cannot be loaded."""


def register(shell):
    """Have an IPython shell load edited files before each cell; once is enough."""
    if not any(isinstance(known, Reloader) for known in shell.ast_transformers):
        reloader = Reloader(shell.user_ns, shell.transform_cell)
        shell.ast_transformers.append(reloader)
        shell.events.register("pre_run_cell", reloader.refresh)
        shell.events.register("post_run_cell", reloader.note_imports)
        reloader.refresh()


class Reloader:
    """Keeps the names of a notebook in step with the files of the package.

    space: {name: value} of the notebook; as_python: function that turns a cell into Python.
    """

    def __init__(self, space, as_python):
        self.space = space
        self.as_python = as_python
        self.folder = None
        self.texts = {}
        self.imports = {}
        self.held = {}
        self.lost = {}
        self.older = {}
        self.is_check = False
        self.failure = None
        partial_import.install(PACKAGE)

    def refresh(self, info=None):
        """Load the package anew if a file has changed, or if one might load now that did not.

        info: the cell as IPython announces it.
        """
        self.is_check = bool(info and heading(info.raw_cell))
        texts = self.texts_now()
        if texts == self.texts and not any(map(may_load_now, loaded().values())):
            return
        edited, self.texts = edited_files(self.texts, texts), texts
        try:
            self.reload(edited)
        except Exception as error:  # no cell may judge what is half old
            self.failure = self.failure or error

    def texts_now(self):
        """Return {path: bytes} of the package's files, {} while there is no package."""
        if not self.folder:
            spec = PathFinder.find_spec(PACKAGE)
            self.folder = spec and spec.origin and Path(spec.origin).resolve().parent
        return {path: partial_import.text_of(path) for path in partial_import.files(self.folder)}

    def reload(self, edited):
        """Import the package anew, and lead all that the notebook has of it there.

        edited: the paths of the files of which the code has changed.
        """
        before, old = {**self.imported(), **self.held}, loaded()
        for name in old:
            del sys.modules[name]
        importlib.invalidate_caches()
        for name in old:
            with suppress(ImportError):
                importlib.import_module(name)
        self.held = self.imported()
        for name, value in self.held.items():
            if name in before and self.space.get(name, self) is before[name]:
                self.space[name] = value
        self.note_older(handover.hand_over(old, self.space), edited)

    def imported(self):
        """Return {name: value} that the notebook's import statements give now."""
        found, self.lost = {}, {}
        for name, statement in self.imports.items():
            given: dict = {}
            try:
                exec(statement, given)
            except Exception as error:
                self.lost[name] = error
                given = {name: raiser(error)}
            given.pop("__builtins__", None)
            found.update(given)
        return found

    def note_older(self, objects, edited):
        """Note which names hold objects that were made before their class's file was edited."""
        old = {id(one) for one in objects if handover.file_of(type(one)) in edited}
        named = {name: value for name, value in self.space.items() if id(value) in old}
        self.older.update({name: weakref.ref(value) for name, value in named.items()})

    def visit(self, tree):
        """Return a cell's tree as it is, or raise Stopped: IPython calls this for each cell."""
        if self.failure:
            raise Stopped(
                f"starter was edited and cannot be loaded anew, {self.failure!r}: restart the "
                "kernel, and run the cells from the first.",
                "reload",
            )
        used = used_names(tree)
        for name in used & self.lost.keys():
            if self.space.get(name) is self.held.get(name, self):
                found = verdicts.verdict(self.lost[name])
                raise Stopped(found.sentence, found.diagnosis)
        for name in used & self.older.keys() if self.is_check else ():
            if self.older[name]() is self.space.get(name, self):
                raise Stopped(made_before(name, type(self.space[name])), "older")
        return tree

    def note_imports(self, result):
        """Note the names that a cell imported from the package; IPython calls this after each."""
        with suppress(SyntaxError):
            tree = ast.parse(self.as_python(result.info.raw_cell))
            for name, statement in statements(tree):
                if self.imports.get(name) != statement:
                    self.imports[name] = statement
                    self.held.pop(name, None)


def loaded():
    """Return {name: module} of the package's modules that are loaded."""
    own = (name for name in sys.modules if name.partition(".")[0] == PACKAGE)
    return {name: sys.modules[name] for name in own}


def may_load_now(module):
    """Tell whether a module could not be imported for a reason that may lie outside its text."""
    error = vars(module).get("__error__")
    return error is not None and not isinstance(error, SyntaxError | partial_import.Overdue)


def edited_files(old, new):
    """Return the paths of which the code differs between two {path: bytes}."""
    saved = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
    return {path for path in saved if meaning(old.get(path, b"")) != meaning(new.get(path, b""))}


def raiser(error):
    """Return a function that raises an error, whatever it is called with."""

    def lost(*args, **kwargs):
        raise error

    return lost


def made_before(name, kind):
    """Say that a name holds an object of a class that has been edited since."""
    file = partial_import.in_package(str(handover.file_of(kind)), PACKAGE)
    return (
        f"`{name}` is a {kind.__name__} that was made before {file} was edited: run the cell again "
        "that makes it."
    )


def used_names(tree):
    """Return the names that a cell uses and gives no value itself."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    return {n.id for n in names} - {n.id for n in names if isinstance(n.ctx, ast.Store)}


def statements(tree):
    """Yield (name, statement) for each name that a cell imports from the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and is_ours(node.module):
            for alias in node.names:
                yield (
                    alias.asname or alias.name,
                    ast.unparse(ast.ImportFrom(node.module, [alias], 0)),
                )
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if is_ours(alias.name):
                    yield alias.asname or PACKAGE, ast.unparse(ast.Import([alias]))


def is_ours(module):
    """Tell whether a module's name is one of the package's."""
    return str(module).partition(".")[0] == PACKAGE
