"""The judge's proxies of a package: its modules, functions and objects, which live in its process.

In a graded notebook `starter` is made of them. `from starter.softmax import softmax_loss`
gives a Function; calling it sends data to the student's process and waits.
"""

from .errors import RemoteError, listed


class Function:
    """A function, a class or a method of the package."""

    def __init__(self, worker, owner, name):
        self.worker = worker
        self.owner = owner
        self.name = name

    def __call__(self, *args, **kwargs):
        sent = {"args": tuple(map(plain, args)), "kwargs": {k: plain(v) for k, v in kwargs.items()}}
        reply = self.worker.request("call", self.owner, self.name, **sent)
        returned = listed(reply.get("dicts"))
        for given, now in zip((*args, *kwargs.values()), returned, strict=False):
            if is_watched(given) and type(now) is dict:
                given.clear()
                given.update(now)
        return reply.get("value")


def is_watched(value):
    """Tell whether a check looks at the changes of a dict: see data_utils.expected.Watched."""
    return getattr(type(value), "is_watched", False) is True


def plain(value):
    """Return a watched dict as a dict, which can be sent; else the value."""
    return dict(value) if is_watched(value) else value


class Object:
    """An object that is not data, such as a model or a cache, and stays in its process."""

    def __init__(self, worker, process, key, kind):
        self.__dict__.update(_worker=worker, _process=process, _key=key, _kind=kind)

    def handle(self):
        """Return the handle of this object, to send it."""
        if self._process is None or self._process is not self._worker.process:
            raise RemoteError(
                f"the {self._kind} was lost when the process of an earlier call ended",
                diagnosis="lost",
            )
        return [self._key, self._kind]

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        reply = self._worker.request("get", self, name)
        return Function(self._worker, self, name) if "method" in reply else reply.get("value")

    def __setattr__(self, name, value):
        self._worker.request("set", self, name, value=value)

    def __del__(self):
        self._process.dropped.append(self._key)

    def __repr__(self):
        return f"<a {self._kind} in the student's process>"


def module(worker, name):
    """Return a module's __getattr__ that makes the proxies of the package's module `name`."""

    def __getattr__(attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return Function(worker, name, attribute)

    return __getattr__
