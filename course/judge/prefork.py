"""Start judges: by fork from a process that has everything imported, where there is fork.

A judge needs pytest, nbval, IPython and NumPy, a third of a second's work to import. Here one
process imports them once, lets pytest get ready, and then makes each judge by fork. It has read no
submission, and runs nothing of one; students' processes are started apart from it (process.py). A
notebook that is run in full imports Matplotlib and the data sets when it comes to them.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path

from .. import paths
from . import scratch

STEERING = ("PYTHON", "PYTEST", "JUPYTER", "IPYTHON", "COURSE", "NBVAL", "JPY")
"""The beginnings of variables that could steer Python, pytest or Jupyter; no judge gets them."""

NEEDED = (
    "nbval.plugin",
    "ipykernel.debugger",
    "ipykernel.inprocess.ipkernel",
    "IPython.core.completerlib",
    "IPython.core.application",
    "numpy.random",
    "psutil",
    "course.judge.session",
)
"""Modules that a judge imports late, or by name."""

MAX_MESSAGE = 2**20
"""Bytes of arguments and variables for one judge; they hold paths and settings."""


def environment():
    """Return every judge's environment: this process's, without variables that could steer it."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(STEERING)}
    fixed = {"PYTHONPATH": str(paths.ROOT), "MPLBACKEND": "agg", "OPENBLAS_NUM_THREADS": "1"}
    return {**inherited, **fixed}


class Fresh:
    """Starts each judge as a new Python."""

    def __init__(self):
        self.running = set()

    def start(self, arguments, variables, log):
        """Start a judge; return a stream of the lines it prints.

        arguments: of plugin.py; variables: of its environment, beside the usual; log: file
        for all else that it says.
        """
        process = subprocess.Popen(
            [sys.executable, "-m", "course.judge.plugin", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            env={**environment(), **variables},
        )
        self.running.add(process)
        return process.stdout

    def close(self):
        """End all judges."""
        for process in self.running:
            process.kill()
            process.wait()


class Forked:
    """Starts each judge as a child of one process that has everything imported."""

    def __init__(self):
        self.control, other_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with other_end:
            self.parent = subprocess.Popen(
                [sys.executable, "-m", "course.judge.prefork", str(other_end.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[other_end.fileno()],
                env=environment(),
                start_new_session=True,
            )

    def start(self, arguments, variables, log):
        """Start a judge; return a stream of the lines it prints. As Fresh.start."""
        read_end, write_end = os.pipe()
        message = json.dumps([arguments, {**environment(), **variables}]).encode()
        try:
            socket.send_fds(self.control, [message], [write_end, log.fileno()])
        finally:
            os.close(write_end)
        return os.fdopen(read_end, "rb")

    def close(self):
        """End all judges, and their parent."""
        self.control.close()
        self.parent.wait()


def judges():
    """Return an object that starts judges on this machine: Forked or Fresh.

    What runs that were killed have left behind is removed.
    """
    scratch.remove_left_over()
    return Forked() if sys.platform == "linux" else Fresh()


def serve(control):
    """Fork a judge for every message, until the other side closes; then end them all.

    Returns in a judge alone: what its run begins with, see plugin.Notebook.
    """
    gc.freeze()
    signal.signal(signal.SIGCHLD, reap)
    while True:
        message, fds, *_ = socket.recv_fds(control, MAX_MESSAGE, 2)
        if not message:
            os.killpg(0, signal.SIGKILL)
        if os.fork() == 0:
            control.close()
            return become_judge(*json.loads(message), *fds)
        for fd in fds:
            os.close(fd)


def reap(*_):
    """Wait for the judges that have ended, so that none stays a zombie."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def become_judge(arguments, variables, out, log):
    """Be the judge that a message describes; return what its run begins with."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for stream in (1, 2):
        os.dup2(log, stream)
    os.environ.clear()
    os.environ.update(variables)
    path, prints, seconds = arguments
    return Path(path), os.fdopen(out, "w", encoding="utf-8"), Path(prints), float(seconds)


def become_parent(control):
    """Be the process that forks judges, and in each of them the judge; end as it ends."""
    from .plugin import run

    os.dup2(2, 1)
    import_everything()
    code = 1
    try:
        code = int(run(partial(serve, control)))
    finally:
        os._exit(code)


def import_everything():
    """Import the modules of a judge, and compute once the values that all judges need."""
    from . import plugin as judge

    judge.import_nbval()
    plugins = importlib.import_module("_pytest.config").default_plugins
    for name in (*NEEDED, *(f"_pytest.{plugin}" for plugin in plugins)):
        importlib.import_module(name)
    for path in sorted(paths.DATA_UTILS.rglob("*.py")):
        name = ".".join(path.relative_to(paths.ROOT).with_suffix("").parts)
        if "datasets" not in path.parts:
            importlib.import_module(name.removesuffix(".__init__"))
    if paths.SOLUTIONS.is_dir():
        importlib.import_module("course.judge.reference").bytecode(paths.SOLUTIONS)
    importlib.import_module("nbformat").read(paths.notebooks()[0], 4)  # compiles its schema


if __name__ == "__main__":
    become_parent(socket.socket(fileno=int(sys.argv[1])))
