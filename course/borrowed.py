"""In the student's process: what stands for the layers that a check takes as given.

Every call goes to the judge, who asks the reference and answers with data or with a handle.
Nothing of the reference itself is ever here. Runs with the standard library alone.
"""

import importlib
import sys
import types


class Borrowed:
    """Stands for one function or class of the reference, or for a method of such an object."""

    def __init__(self, ask, owner, name):
        self.ask = ask
        self.owner = owner
        self.__name__ = name

    def __call__(self, *args, **kwargs):
        args, kwargs = tuple(map(seeded, args)), {k: seeded(a) for k, a in kwargs.items()}
        answer = self.ask("call", self.owner, self.__name__, args=args, kwargs=kwargs)
        for mine, now in zip((*args, *kwargs.values()), answer.get("dicts", ()), strict=False):
            if type(mine) is dict and now is not None:
                mine.clear()
                mine.update(now)
        return answer["value"]


def seeded(value):
    """Return a seed in the place of a random generator, which cannot cross; else the value."""
    is_generator = type(value).__name__ == "Generator" and hasattr(value, "integers")
    return int(value.integers(2**32)) if is_generator else value


class BorrowedObject:
    """Stands for an object of the reference, such as a layer."""

    def __init__(self, ask, key, kind):
        self.__dict__.update(_ask=ask, _key=key, _kind=kind)

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        answer = self._ask("get", self, name)
        return Borrowed(self._ask, self, name) if "method" in answer else answer["value"]

    def __setattr__(self, name, value):
        self._ask("set", self, name, value=value)

    def __repr__(self):
        return f"<the course's {self._kind}>"


def bind(package, given, ask):
    """Put stand-ins into modules of the package, before anybody else imports them.

    package: its name; given: {module: names}; ask: function that asks the judge.
    A module that cannot be imported is replaced by one that holds what is given; any other name
    of it is a function that raises the error.
    """
    for module_name, names in given.items():
        path = f"{package}.{module_name}"
        try:
            module = importlib.import_module(path)
        except Exception as error:
            module = sys.modules[path] = types.ModuleType(path)
            vars(module)["__getattr__"] = raiser(error)
            setattr(sys.modules[package], module_name, module)
        for name in names:
            setattr(module, name, Borrowed(ask, module_name, name))


def raiser(error):
    """Return a module's __getattr__ for names that are not there because of an error."""

    def missing(*args, **kwargs):
        raise error

    def __getattr__(name):
        if name.startswith("__"):
            raise AttributeError(name)
        return missing

    return __getattr__
