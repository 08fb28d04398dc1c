"""Run a function of the course on strangers' files, in a process that may do nothing else.

One process imports what reading needs; for each question it makes a child by fork, whose time,
memory and files are limited and which can neither write, start programs nor reach a network. What
the child finds comes back as JSON. Elsewhere than on Linux the function runs right here.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
from functools import cache
from threading import Lock

from .. import paths
from ..box import syscalls
from ..text import legible

SECONDS = 5
"""CPU seconds for one question; the largest honest submission of a class takes 0.3."""
MEMORY = 2**30
"""An archive of 100 MB is unpacked in memory, and Python holds it twice for a moment."""
MOST_FILES = 64
KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
PRELOADED = (
    "bz2",
    "lzma",
    "gzip",
    "zipfile",
    "tarfile",
    "tokenize",
    "yaml",
    "pygments.lexers.python",
)

ALSO_REFUSED = {
    "x86_64": (
        *(59, 322, 57, 58, 62, 200, 234),
        *(87, 263, 82, 264, 316, 83, 258, 84, 86, 265, 88, 266, 133, 259),
        *(90, 91, 268, 92, 93, 94, 260, 76, 77, 85),
    ),
    "aarch64": (
        *(221, 281, 129, 130, 131),
        *(35, 38, 276, 34, 37, 36, 33),
        *(52, 53, 54, 55, 45, 46),
    ),
}
"""Of each machine: execve, execveat, fork, vfork, kill, tkill, tgkill; unlink, rename, mkdir,
rmdir, link, symlink, mknod; chmod, chown, truncate, creat; with their forms that end in `at`."""


class Stopped(Exception):
    """The function did not finish; the message says why."""


def ask(function, *arguments):
    """Run a generator function of the course apart; yield what it yields, data as in JSON.

    Raises Stopped, after what was found so far, where a limit or an error ended it.
    """
    if sys.platform != "linux":
        yield from here(function, arguments)
        return
    for line in answers([function.__module__, function.__name__, arguments]):
        kind, value = json.loads(line)
        if kind == "done":
            return
        if kind == "failed":
            raise Stopped(legible(value))
        yield value
    raise Stopped(f"reading it takes more than {SECONDS} seconds or {MEMORY // 2**20} MB")


def here(function, arguments):
    """Run a generator function in this process; yield what it yields, as `ask` does."""
    try:
        for value in function(*json.loads(json.dumps(arguments))):
            yield json.loads(json.dumps(value))
    except Exception as error:
        raise Stopped(described(error)) from None


def described(error):
    """Return the sentence for what ended a function."""
    if isinstance(error, MemoryError):
        return f"reading it takes more than {MEMORY // 2**20} MB"
    if isinstance(error, RecursionError):
        return "it is nested too deep to be read"
    return f"it cannot be read: {type(error).__name__}: {error}"[:300]


def answers(request):
    """Send a request to a child of its own and yield the lines that it answers."""
    question, ours = os.pipe()
    replies, reply = os.pipe()
    with os.fdopen(replies, "rb") as stream:
        with os.fdopen(ours, "wb") as out:
            try:
                socket.send_fds(parent(), [b"?"], [question, reply])
            finally:
                os.close(question)
                os.close(reply)
            with contextlib.suppress(BrokenPipeError):
                out.write(json.dumps(request).encode())
                out.flush()
        yield from stream


starting = Lock()


def parent():
    """Return the socket to the process that makes the children; it is started once."""
    with starting:
        return started(os.getpid())


@cache
def started(_):
    """Start the process that makes the children, for the process with this number."""
    control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "course.intake.apart", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={k: v for k, v in os.environ.items() if k in KEPT}
            | {"PYTHONPATH": str(paths.ROOT)},
            start_new_session=True,
        )
    atexit.register(end, control, process)
    return control


def end(control, process):
    """End the process that makes the children."""
    control.close()
    process.wait()


def serve(control):
    """Fork a child for every message, until the other side closes."""
    while True:
        message, fds, *_ = socket.recv_fds(control, 1, 2)
        if not message:
            return
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                control.close()
                answer(*fds)
        for fd in fds:
            os.close(fd)


def answer(question, reply):
    """Be the child that answers one question, and end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(question, "rb") as stream:
            module, name, arguments = json.load(stream)
        function = getattr(importlib.import_module(module), name)
        restrict()
        with os.fdopen(reply, "w", encoding="ascii") as out:
            for kind, value in found(function, arguments):
                out.write(json.dumps([kind, value]) + "\n")
                out.flush()
    finally:
        os._exit(0)


def found(function, arguments):
    """Yield (kind, value) for each result of a function, and for its end."""
    try:
        for value in function(*arguments):
            yield "found", value
    except Exception as error:
        yield "failed", described(error)
    else:
        yield "done", None


def restrict():
    """Limit the resources and system calls of this process, from here on."""
    import resource

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(3 * SECONDS)
    limits = {"CPU": SECONDS, "AS": MEMORY, "FSIZE": 0, "NOFILE": MOST_FILES, "CORE": 0}
    for name, most in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
    syscalls.refuse_calls()
    syscalls.refuse(ALSO_REFUSED)


def prepare():
    """Import the modules and compute the values that every child needs."""
    for name in PRELOADED:
        importlib.import_module(name)
    for path in (paths.ROOT / "course" / "intake").glob("[!_]*.py"):
        if path.stem != "apart":
            importlib.import_module(f"course.intake.{path.stem}")
    reading = importlib.import_module("course.intake.reading")
    list(reading.read([[str(paths.STARTER), "", "starter"]]))  # what is worked out once, is kept
    importlib.import_module("course.intake.own_notebooks").questions()
    gc.freeze()


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    prepare()
    serve(socket.socket(fileno=int(sys.argv[1])))
