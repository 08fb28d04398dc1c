"""Import a package of which some modules cannot be imported.

A bracket that is missing in layers.py should cost the tasks in layers.py, not those of every
module that imports it. So a module that cannot be imported becomes one of stand-ins: functions and
classes of the names that its text defines, which say what went wrong when they are called.

The notebook imports the student's package so, and so does the process that grading runs it in.
This file is mounted into the sandbox, and rests on the standard library alone.
"""

import importlib
import linecache
import re
import signal
import sys
import threading
from contextlib import contextmanager
from functools import lru_cache, partial
from importlib.abc import MetaPathFinder
from importlib.machinery import PathFinder, SourceFileLoader
from pathlib import Path

DEFINED = re.compile(r"^(def|class)\s+(\w+)", re.MULTILINE)
METHOD = re.compile(r"^\s+def\s+([a-z]\w*)", re.MULTILINE)
MODULES_KEPT = 500
MAX_LINE = 200
SECONDS, SHORT = 8, 0.2
"""How long the code of one module may take, and of one that took longer before."""


class RestsOn(Exception):
    """Raised by a stand-in; its text names the module that cannot be imported.

    place: that module's file, and the line; cause: what importing it raised.
    """

    def __init__(self, place, cause):
        file, line = place
        super().__init__(f"{file}, which cannot be imported (line {line})")
        self.cause = cause


class Overdue(BaseException):
    """Raised within a module that takes too long to be imported."""


def install(package, overdue=()):
    """Let the modules of a package be imported from here on as this file says.

    package: its name; overdue: files of it, such as starter/optim.py, that took longer before than
    any may: those are not waited for again.
    """
    others = [finder for finder in sys.meta_path if not is_for(finder, package)]
    sys.meta_path[:] = [Finder(package, overdue), *others]


def is_for(finder, package):
    """Tell whether a finder is that of a package, whoever made it."""
    return type(finder).__name__ == "Finder" and getattr(finder, "package", None) == package


class Finder(MetaPathFinder):
    """Finds the modules of one package where Python does, and has them loaded by a Loader."""

    def __init__(self, package, overdue):
        self.package = package
        self.overdue = overdue

    def find_spec(self, name, path=None, target=None):
        """Return the spec of a module of the package, None for any other."""
        if name.partition(".")[0] != self.package:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and isinstance(spec.loader, SourceFileLoader):
            known = in_package(spec.origin, self.package) in self.overdue
            spec.loader = Loader(name, spec.origin, SHORT if known else SECONDS)
        return spec


class Loader(SourceFileLoader):
    """Loads a module from its text as it is now, or puts stand-ins in its place."""

    def __init__(self, name, path, seconds):
        super().__init__(name, path)
        self.seconds = seconds

    def get_code(self, fullname):
        """Return the module's code; never one that was kept on disk, which goes by seconds."""
        linecache.cache.pop(self.path, None)  # tracebacks quote the text from here on
        return compiled(self.get_data(self.path), self.path)

    def exec_module(self, module):
        """Run the module's code; whatever that raises is kept for those who use the module."""
        try:
            with at_most(self.seconds):
                super().exec_module(module)
        except BaseException as error:
            replace(module, self.path, error)


@lru_cache(MODULES_KEPT)
def compiled(source, path):
    """Return the code of a module's text, bytes. Raises SyntaxError with a line."""
    before, nul, _ = source.partition(b"\0")
    if nul:
        line = before.count(b"\n") + 1
        text = before.rpartition(b"\n")[2].decode("utf-8", "replace")
        raise SyntaxError("a NUL byte is there, which no text has", (path, line, 1, text))
    return compile(source, path, "exec", dont_inherit=True)


@contextmanager
def at_most(seconds):
    """Raise Overdue where the code within is after some seconds, where the system can."""
    if not hasattr(signal, "setitimer") or threading.current_thread() != threading.main_thread():
        yield
        return

    def ring(*_):
        raise Overdue("it does not end")

    handler = signal.signal(signal.SIGALRM, ring)
    left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, left)
        signal.signal(signal.SIGALRM, handler)


def replace(module, path, error):
    """Put stand-ins into a module that could not be imported; error: that of the import."""
    own = vars(module)
    for name in [name for name in own if not name.startswith("__")]:
        del own[name]
    place = in_package(path, root_of(module)), line_in(path, error)
    missing = partial(missing_function, module.__name__, place=place, error=error)
    for kind, name in defined(path):
        own[name] = (
            missing_class(missing, name, methods(path)) if kind == "class" else missing(name)
        )
    own.update(__getattr__=getter(module, place, error), __error__=error)


def in_package(path, package):
    """Return starter/given/net.py for the path of that file of the package starter."""
    parts = Path(path).parts
    return "/".join(parts[-1 - parts[::-1].index(package) :]) if package in parts else str(path)


def line_in(path, error):
    """Return the line of a module where an error was raised while it was imported."""
    if isinstance(error, SyntaxError) and error.filename == path:
        return error.lineno or 1
    tb = error.__traceback__
    while tb and tb.tb_frame.f_code.co_filename != path:
        tb = tb.tb_next
    return tb.tb_lineno if tb else 1


def text_of(path):
    """Return a file's bytes, none if it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def defined(path):
    """Return the (kind, name) of the functions and classes that a module's text defines."""
    return DEFINED.findall(text_of(path).decode("utf-8", "replace"))


def is_assigned(name, path):
    """Tell whether a module's text gives a variable of that name a value."""
    text = text_of(path).decode("utf-8", "replace")
    return bool(re.search(rf"^(\w+\s*,\s*)*{re.escape(name)}\s*[:=,]", text, re.MULTILINE))


def missing_function(module, name, place, error):
    """Return a function that says why it could not be imported, whatever it is called with."""

    def missing(*args, **kwargs):
        raise RestsOn(place, error)

    missing.__module__, missing.__qualname__ = module, name
    return missing


def methods(path):
    """Return the names of the methods in a module's text, of whatever class."""
    return METHOD.findall(text_of(path).decode("utf-8", "replace"))


def missing_class(missing, name, method_names):
    """Return a class, of which others can be derived, that says why it could not be imported.

    missing: function of a name that returns such a function. Objects that become instances of
    the class keep what they hold.
    """
    said = {"__new__": missing("__new__")}
    said |= {method: missing(f"{name}.{method}") for method in method_names}
    return type(name, (), {"__module__": said["__new__"].__module__, **said})


def getter(module, place, error):
    """Return the __getattr__ of a module that cannot be imported.

    A name that its text gives no value, and another module of the package defines, comes from
    there; one that is neither is taken for a function.
    """

    def __getattr__(name):
        if (name.startswith("__") and name != "__all__") or is_submodule(module, name):
            raise AttributeError(name)
        if name == "__all__" or is_assigned(name, module.__file__):
            raise RestsOn(place, error)
        root = Path(sys.modules[root_of(module)].__path__[0])
        for path in files(root):
            if name in [defined_name for _, defined_name in defined(path)]:
                home = importlib.import_module(dotted(path, root))
                return vars(module).setdefault(name, getattr(home, name))
        return vars(module).setdefault(name, missing_function(module.__name__, name, place, error))

    return __getattr__


def root_of(module):
    """Return the name of the package that a module belongs to."""
    return module.__name__.partition(".")[0]


def is_submodule(module, name):
    """Tell whether a package has a module of that name in its folder."""
    folders = map(Path, getattr(module, "__path__", ()))
    return any((folder / name).is_dir() or (folder / f"{name}.py").exists() for folder in folders)


def files(folder):
    """Return the paths of a package's modules, sorted; folder: of the package, or None."""
    found = sorted(folder.rglob("*.py")) if folder else []
    return [p for p in found if all(map(str.isidentifier, dotted(p, folder).split(".")))]


def dotted(path, root):
    """Return the name by which a file of the package in the folder `root` is imported."""
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def cause_of(error, package):
    """Return (the error to tell of, its frames in a package: see frames_of).

    That is why a stand-in is one, where none of the student's own code stands between it and who
    asked; else that what asked rests on it.
    """
    frames = frames_of(error, package)
    while isinstance(error, RestsOn) and all(f[0].startswith(f"{package}/given/") for f in frames):
        error = error.cause
        frames = frames_of(error, package)
    return error, frames


def frames_of(error, package):
    """Return [file, line, function, text] of an error's way through a package, outermost first."""
    found, tb = [], error.__traceback__
    while tb:
        code, name = tb.tb_frame.f_code, str(tb.tb_frame.f_globals.get("__name__"))
        if name.partition(".")[0] == package and package in Path(code.co_filename).parts:
            found.append((code.co_filename, tb.tb_lineno, code.co_name))
        tb = tb.tb_next
    if isinstance(error, SyntaxError) and package in Path(str(error.filename)).parts:
        found.append((error.filename, error.lineno or 1, "<module>"))
    return [
        [in_package(path, package), line, function, quoted(path, line)]
        for path, line, function in found
    ]


def quoted(path, line):
    """Return a line of a file as it can be printed."""
    return linecache.getline(path, line).strip()[:MAX_LINE].replace("\0", "\ufffd")
