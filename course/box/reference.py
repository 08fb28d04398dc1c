"""In the reference's process: the course's own package, and the questions that it answers.

The package comes as bytecode through the pipe: there is no source, no docstring and no folder of
it. Once all is imported, the kernel refuses to open a file (see syscalls.py). What may be called
or read is a list: the functions and classes of the package, and the public methods and
attributes of their objects. Runs with the standard library alone.
"""

import importlib
import importlib.abc
import importlib.util
import marshal
import sys
from types import FunctionType, ModuleType

LATE = ("numpy.random", "numpy.linalg")
"""Modules that NumPy imports at first use, when no file can be opened any more."""


class Package(importlib.abc.Loader):
    """The modules of the reference's package; Python imports them from here.

    name: of the package; code: {module: bytes of its marshalled code}, among them __init__.
    """

    def __init__(self, name, code):
        self.code = {f"{name}.{module}".removesuffix(".__init__"): code[module] for module in code}

    def load(self):
        """Import all modules; none of them reveals earlier contents of memory.

        np.empty leaves an array as memory is found, and a stranger's arguments can leave it so
        to the end: a batch of one where a cache is of many. Here such arrays are zeros.
        """
        numpy = importlib.import_module("numpy")
        vars(numpy).update(empty=numpy.zeros, empty_like=numpy.zeros_like)
        sys.meta_path.insert(0, self)
        for name in (*LATE, *self.code):
            importlib.import_module(name)

    def find_spec(self, name, path=None, target=None):
        """Return where a module comes from, None if it is not one of these."""
        if name not in self.code:
            return None
        is_package = any(other.startswith(f"{name}.") for other in self.code)
        return importlib.util.spec_from_loader(name, self, is_package=is_package)

    def create_module(self, spec):
        """Leave it to Python to make the module."""

    def exec_module(self, module):
        """Run a module's code."""
        exec(marshal.loads(self.code[module.__name__]), vars(module))

    def may_ask(self, what, owner, name):
        """Tell whether this may be asked of an owner, a module or an object of the package."""
        if type(name) is not str or name.startswith("_"):
            return False
        if type(owner) is ModuleType:
            return what == "call" and self.has(vars(owner).get(name))
        if not self.may_hand_out(owner):
            return False
        if self.is_method(owner, name):
            return what in ("call", "get")
        return what in ("get", "set") and name in vars(owner)

    def may_hand_out(self, value):
        """Tell whether a value is an object of a class that the package defines."""
        return self.has(type(value)) and not isinstance(value, BaseException)

    def is_method(self, owner, name):
        """Tell whether the package defines a method of that name."""
        found = next((vars(c)[name] for c in type(owner).__mro__ if name in vars(c)), None)
        return type(found) is FunctionType and self.has(found)

    def has(self, value):
        """Tell whether a value is a function or a class that the package defines."""
        return isinstance(value, type | FunctionType) and value.__module__ in self.code
