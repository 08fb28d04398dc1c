"""Lead objects of old modules to the modules that have taken their place.

A notebook keeps functions in lists, in partial functions, as defaults of its own functions; and it
keeps objects, such as a net that was trained for minutes. An old function calls whatever has its
name in the new module, looked up at each call; an object keeps what it holds, and its class becomes
the new one of that name.
"""

import gc
import importlib
import warnings
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from types import FunctionType

from ..verdicts import CheckFailed


def hand_over(modules, space):
    """Lead all that is left of old modules to the new ones; return the objects concerned.

    modules: {name: old module}; space: {name: value} of the notebook.
    """
    functions, classes, objects = remains(modules)
    for function in functions:
        redirect(function)
    for one in objects:
        change_class(one)
    for name, value in list(space.items()):
        if isinstance(value, type) and value in classes:
            with suppress(CheckFailed):  # it is gone: what it makes says so
                space[name] = current(value.__module__, value.__qualname__)
    for kind in classes:
        redirect_class(kind, classes)
    return objects


def remains(modules):
    """Return (functions, classes, objects of these) that old modules have defined."""
    spaces = {id(vars(module)) for module in modules.values()}
    values = [value for module in modules.values() for value in vars(module).values()]
    own = [value for value in values if getattr(value, "__module__", None) in modules]
    classes = {value for value in own if isinstance(value, type)}
    functions = {value for value in own if isinstance(value, FunctionType)}
    objects = []
    for one in gc.get_objects():
        if type(one) in classes:
            objects.append(one)
        elif type(one) is FunctionType and id(one.__globals__) in spaces:
            functions.add(one)
    return functions, classes, objects


def current(module, name):
    """Return the present object with a name in a module; name: such as LinearSVM.train."""
    try:
        found = importlib.import_module(module)
        for part in name.split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError):
        file = module.replace(".", "/") + ".py"
        raise CheckFailed(
            f"{name} is not in {file} any more: run the cell again that imports or makes it.",
            "older",
        ) from None
    return found


FORWARD = """
def around({variables}):
    def forward(*args, looked_up, **kwargs):
        return looked_up()(*args, **kwargs)
        {variables}
    return forward
"""
"""What an old function does: what the one of its name does now. Only a code with as many variables
of an enclosing function can take the place of a code that has some."""


@cache
def forward(count):
    """Return a function that calls looked_up(); it has `count` enclosing variables."""
    space: dict = {}
    variables = ", ".join(f"v{number}" for number in range(count))
    exec(compile(FORWARD.format(variables=variables), "<forward>", "exec"), space)
    return space["around"](*range(count))


def redirect(function):
    """Let an old function call the one that has its name now."""
    looked_up = partial(current, function.__module__, function.__qualname__)
    function.__defaults__, function.__kwdefaults__ = None, {"looked_up": looked_up}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # a generator's code is of another kind
        function.__code__ = forward(len(function.__code__.co_freevars)).__code__


def change_class(one):
    """Make an object one of its class as it is now, or refuse it where it cannot be."""
    old = type(one)
    with suppress(CheckFailed):
        try:
            object.__setattr__(one, "__class__", current(old.__module__, old.__qualname__))
        except TypeError:
            type.__setattr__(old, "__getattribute__", refuse)


def refuse(one, name):
    """Stand in for __getattribute__ where objects cannot become ones of their new class."""
    if name.startswith("__"):
        return object.__getattribute__(one, name)
    raise too_old(type(one))


def too_old(kind):
    """Return the error that says why an object cannot be used, or made, any more."""
    return CheckFailed(
        f"{kind.__name__} is from before starter was edited, and cannot be as it is there now: run "
        "again the cells that make the class, or its objects.",
        "older",
    )


def redirect_class(old, classes):
    """Let an old class make objects of the new one, and classes derived from it derive anew."""
    looked_up = partial(current, old.__module__, old.__qualname__)
    for kind in [kind for kind in type.__subclasses__(old) if kind not in classes]:
        with suppress(TypeError, CheckFailed):  # as it cannot, its objects are refused below
            kind.__bases__ = tuple(looked_up() if base is old else base for base in kind.__bases__)

    def make(kind, *args, **kwargs):
        if kind is not old:
            raise too_old(kind)
        return looked_up()(*args, **kwargs)

    with suppress(TypeError):
        old.__new__ = make


def file_of(kind):
    """Return the path of the file that defines a class."""
    return Path(importlib.import_module(kind.__module__).__file__).resolve()
