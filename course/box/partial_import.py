"""In the student's process: import what can be imported, where one module of a package cannot.

A bracket that is missing in layers.py should cost the tasks in layers.py, not those of every
module that imports it. Runs with the standard library alone.
"""

import importlib
import re
import sys
import types
from pathlib import Path

PARTIAL: set[str] = set()
"""The names of the modules that could not be imported, and are so in part."""


def import_module(package, name):
    """Return a module of a package; what it rests on and cannot be imported is partial.

    package: its folder, on the path. A partial module, which may be the one asked for, has any
    name: see getter.
    """
    while True:
        try:
            return importlib.import_module(f"{package.name}.{name}")
        except Exception as error:
            broken = raised_in(package, error)
            if broken in PARTIAL or not (package / f"{broken}.py").is_file():
                raise
            make_partial(package, broken, error)


def raised_in(package, error):
    """Return the name of the package's module where an error was raised, None if in none."""
    paths, tb = [], error.__traceback__
    while tb:
        paths.append(tb.tb_frame.f_code.co_filename)
        tb = tb.tb_next
    if isinstance(error, SyntaxError):
        paths.append(str(error.filename))
    return next((Path(p).stem for p in reversed(paths) if Path(p).parent == package), None)


def make_partial(package, name, error):
    """Put a partial module into the place of one that cannot be imported."""
    PARTIAL.add(name)
    path = f"{package.name}.{name}"
    module = sys.modules[path] = types.ModuleType(path)
    vars(module)["__getattr__"] = getter(package, name, error)
    setattr(sys.modules[package.name], name, module)


def getter(package, broken, error):
    """Return the __getattr__ of a partial module.

    A name that the module defines itself is a function that raises why it could not be imported;
    one that it would have from another module of the package comes from there.
    """

    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(name)
        homes = [path.stem for path in sorted(package.glob("*.py")) if defines(path, name)]
        lost = not homes or broken in homes
        found = raiser(error) if lost else getattr(import_module(package, homes[0]), name)
        setattr(sys.modules[f"{package.name}.{broken}"], name, found)
        return found

    return __getattr__


def defines(path, name):
    """Tell whether a module's text defines a function or class of that name."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(re.search(rf"^(def|class) {re.escape(name)}\b", text, re.MULTILINE))


def raiser(error):
    """Return a function that raises an error, whatever it is called with."""

    def missing(*args, **kwargs):
        raise error

    return missing
