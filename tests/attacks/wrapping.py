"""Added to a solved package by tests of attacks: put wrapped functions in the place of its own."""

import inspect


def wrap_all(module, wrapped):
    """Replace each function and method that a module defines; wrapped: of one, its substitute.

    module: the module's globals().
    """
    for name, value in list(module.items()):
        if getattr(value, "__module__", None) != module["__name__"]:
            continue
        if inspect.isfunction(value):
            module[name] = wrapped(value)
        elif inspect.isclass(value):
            for key, method in list(vars(value).items()):
                if inspect.isfunction(method):
                    setattr(value, key, wrapped(method))
