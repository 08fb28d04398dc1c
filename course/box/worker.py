"""The student's process: imports their package and answers calls, one frame for one.

Runs under the sandbox with this folder, data_utils/partial_import.py, NumPy and the package, and
nothing else of the course. Nothing in here is a secret, and nothing that it says is believed.
"""

import contextlib
import importlib
import importlib.util
import io
import json
import os
import sys
from pathlib import Path

MAX_TEXT = 2_000
MAX_FRAMES = 12
PR_SET_PDEATHSIG = 1
MAX_PRINTS = 64_000
"""What crosses of an error and of prints: characters, frames, and bytes. The judge cuts again."""


def load(name, folder=Path(__file__).parent):
    """Return the module of that name in a folder, by default this file's."""
    spec = importlib.util.spec_from_file_location(name, Path(folder) / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def take_streams():
    """Keep the pipe to the judge apart; the package's prints go to stderr."""
    requests = os.fdopen(os.dup(0), "rb")
    replies = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.dup2(2, 1)
    return requests, replies


class Prints(io.TextIOBase):
    """The stdout of the package: the judge's file, up to a limit for each call."""

    left = MAX_PRINTS

    def write(self, text):
        """Write a text up to the limit, and drop the rest silently."""
        data = str(text).encode("utf-8", "replace")[: self.left]
        self.left -= len(data)
        with contextlib.suppress(OSError):
            os.write(2, data)
        return len(text)


def limit(memory, processes, file_size, uid, gid):
    """Give up root and set limits on this process and its children."""
    import resource
    import signal

    if uid is not None:
        os.setgroups([])
        os.setresgid(gid, gid, gid)
        os.setresuid(uid, uid, uid)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for name, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_NPROC, processes),
        (resource.RLIMIT_FSIZE, file_size),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_SIGPENDING, 64),  # of all that its user may have waiting
    ):
        resource.setrlimit(name, (most, most))


def die_with_parent():
    """Have Linux end this process when the judge ends, even while it is stopped."""
    if sys.platform == "linux":
        import ctypes
        import signal

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


class Server:
    """Answers calls on the student's modules and on the objects they return.

    package: its folder; ask: function that asks the judge, (message) -> answer.
    given: {module: names} of what the judge's reference stands for.
    rules: what may be asked of the package and handed out; all, but where it is the reference.
    """

    def __init__(self, package, ask=None, given=(), rules=None):
        self.package = package
        self.asks = ask
        self.given = given
        self.rules = rules
        self.objects = {}
        self.made = 0
        self.present = None

    def to_handle(self, value):
        """Keep a value that is not data in this process; return its handle."""
        if type(value) is reference_proxy.ReferenceObject:
            return [value._key, value._kind]
        if self.rules and not self.rules.may_hand_out(value):
            raise wire.WireError(f"a {type(value).__name__} cannot be handed out")
        self.made += 1
        self.objects[self.made] = value
        return [self.made, type(value).__name__]

    def from_handle(self, handle):
        """Return the value of a handle; a number below 0 is the reference's."""
        key, kind = handle
        return (
            self.objects[key] if key > 0 else reference_proxy.ReferenceObject(self.ask, key, kind)
        )

    def answer(self, request):
        """Return the reply to one request, whatever the package does."""
        self.present = request["id"]
        for key in request.get("drop", ()):
            self.objects.pop(key, None)
        try:
            return {"id": self.present, **self.perform(request)}
        except BaseException as error:
            return {"id": self.present, "error": self.describe(error)}

    def ask(self, what, owner, name, **rest):
        """Ask the judge something in the middle of a request; raise ValueError if he refuses."""
        question = {"op": what, "owner": owner, "name": name, **rest}
        answer = self.asks({"id": self.present, "ask": question}, self)
        if "error" in answer:
            raise ValueError(answer["error"])
        return answer

    def perform(self, request):
        """Carry out a request: call, get or set."""
        given, self.given = self.given, None
        if given:
            modules = {name: self.module(name) for name in given}
            reference_proxy.bind(modules, given, self.ask)
        owner = request["owner"]
        if type(owner) is str:
            owner = self.module(owner)
        if self.rules and not self.rules.may_ask(request["op"], owner, request["name"]):
            raise PermissionError(f"{request['name']!s:.80} cannot be asked for")
        if request["op"] == "set":
            setattr(owner, request["name"], request["value"])
            return {"value": None}
        if not hasattr(owner, request["name"]):
            return {"missing": True}
        value = getattr(owner, request["name"])
        if request["op"] == "get":
            return {"method": True} if callable(value) else {"value": value}
        return called(value, request["args"], request["kwargs"])

    def module(self, name):
        """Return a module of the package."""
        return importlib.import_module(f"{self.package.name}.{name}")

    def describe(self, error):
        """Return a description of an exception: its kind, its text and its place in the package."""
        error, frames = partial_import.cause_of(error, self.package.name)
        try:
            message = str(error)[:MAX_TEXT]
        except BaseException:
            message = "(its text cannot be read)"
        return {
            "kind": type(error).__name__[:80],
            "message": message,
            "frames": frames[-MAX_FRAMES:],
        }


def called(function, args, kwargs):
    """Return the result of a call, and its dict arguments as they are afterwards."""
    result = function(*args, **kwargs)
    dicts = [a if type(a) is dict else None for a in (*args, *kwargs.values())]
    return {"value": result, "dicts": dicts if any(dicts) else []}


def main(config):
    """Make this process the student's, or the reference's, and serve until the pipe closes."""
    requests, replies = take_streams()
    package = Path(config["root"]) / "starter"
    rules = (
        reference.Package(package.name, receive_code(requests)) if config["sends_code"] else None
    )
    if config["limits"]:
        limit(**config["limits"])
    if config["shown"]:
        landlock.show_only(config["shown"])
    die_with_parent()
    if config["limits"]:
        syscalls.refuse_calls()
    patches.install()
    if rules:
        rules.load()
        if config["limits"]:
            syscalls.refuse_files()
    else:
        partial_import.install(package.name, config["overdue"])

    def ask(question, server):
        wire.send(replies, question, server.to_handle)
        return wire.receive(requests, server.from_handle)

    server = Server(package, ask, config["given"], rules)
    wire.send(replies, {"ready": True})
    with contextlib.suppress(wire.Closed):
        serve(server, requests, replies)


def receive_code(requests):
    """Return {module: bytes} of the code that the judge sends to the reference's process."""
    return {name: code.tobytes() for name, code in wire.receive(requests)["code"].items()}


def serve(server, requests, replies):
    """Answer one request after another; a child that the package forked answers none."""
    me = os.getpid()
    while True:
        request = wire.receive(requests, server.from_handle)
        sys.stdout = sys.stderr = Prints()
        reply = server.answer(request)
        if os.getpid() != me:
            os._exit(0)
        try:
            wire.send(replies, reply, server.to_handle)
        except (wire.WireError, MemoryError) as error:
            wire.send(replies, {"id": request["id"], "error": server.describe(error)})


if __name__ == "__main__":
    config = json.loads(sys.argv[1])
    sys.path += [config["root"], config["site"]]
    names = ("wire", "syscalls", "landlock", "reference", "reference_proxy", "patches")
    wire, syscalls, landlock, reference, reference_proxy, patches = map(load, names)
    partial_import = load("partial_import", config["shared"])
    main(config)
