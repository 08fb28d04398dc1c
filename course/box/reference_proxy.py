"""In the student's process: proxies of the layers that a check takes as given.

Every call goes to the judge, who asks the reference and answers with data or with a handle.
Nothing of the reference itself is ever here. Runs with the standard library alone.
"""

import sys


class ReferenceFunction:
    """A function or class of the reference, or a method of such an object."""

    def __init__(self, ask, owner, name):
        self.ask = ask
        self.owner = owner
        self.__name__ = name

    def __call__(self, *args, **kwargs):
        args, kwargs = tuple(map(as_data, args)), {k: as_data(a) for k, a in kwargs.items()}
        objects = [o for o in (self.owner, *args, *kwargs.values()) if type(o) is ReferenceObject]
        for one in objects:
            one._give_dicts()
        answer = self.ask("call", self.owner, self.__name__, args=args, kwargs=kwargs)
        for one in objects:
            one._take_dicts()
        for mine, now in zip((*args, *kwargs.values()), answer.get("dicts", ()), strict=False):
            if type(mine) is dict and now is not None:
                mine.clear()
                mine.update(now)
        return answer["value"]


def as_data(value):
    """Return a generator's seed, or a dtype's name, in its place: itself it cannot cross."""
    kind = type(value).__name__
    if kind == "Generator" and hasattr(value, "integers"):
        return int(value.integers(2**32))
    if kind.endswith("DType"):
        return str(value)
    is_scalar = isinstance(value, type) and (value in (float, int) or hasattr(value, "dtype"))
    return value.__name__ if is_scalar else value


class ReferenceObject:
    """An object of the reference, such as a layer or a net.

    Its dicts, such as a net's params, can be written into: what was handed out goes to the
    reference before each call, and is brought up to date after it.
    """

    def __init__(self, ask, key, kind):
        self.__dict__.update(_ask=ask, _key=key, _kind=kind, _dicts={})

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._dicts:
            return self._dicts[name]
        answer = self._ask("get", self, name)
        if "method" in answer:
            return ReferenceFunction(self._ask, self, name)
        if type(answer["value"]) is dict:
            self._dicts[name] = answer["value"]
        return answer["value"]

    def __setattr__(self, name, value):
        self._dicts.pop(name, None)
        self._ask("set", self, name, value=value)

    def _give_dicts(self):
        for name, value in self._dicts.items():
            self._ask("set", self, name, value=value)

    def _take_dicts(self):
        for name, value in self._dicts.items():
            now = self._ask("get", self, name)["value"]
            value.clear()
            value.update(now)

    def __repr__(self):
        return f"<the course's {self._kind}>"


def bind(modules, given, ask):
    """Put proxies into modules of the package, and into those that have imported from them.

    modules: {name: module}; given: {name: names in it}; ask: function that asks the judge.
    """
    for module_name, names in given.items():
        for name in names:
            proxy, own = ReferenceFunction(ask, module_name, name), modules[module_name]
            old = getattr(own, name, None)
            setattr(own, name, proxy)
            for other in loaded(own.__name__.split(".")[0]):
                if old is not None and vars(other).get(name) is old:
                    setattr(other, name, proxy)


def loaded(package):
    """Return the modules of a package that have been imported."""
    return [module for name, module in sys.modules.items() if name.startswith(f"{package}.")]
