"""The judge's side of a call: stand-ins for the student's package, and the worker behind them.

In a graded notebook `starter` is made of stand-ins. `from starter.linear_svm import
svm_loss_naive` gives a Function; calling it sends data to the student's process and waits.
"""

import contextlib
import json
import os
import secrets
import select
import signal
import subprocess
import threading
import time

from .. import notebook
from ..box import wire
from . import sandbox

START_SECONDS = 60
MAX_FRAMES = 12
MAX_DROPPED = 1_000
MAX_LINE = 200
NO_PROCESS = {"process": None, "replies": None, "is_ready": False, "generation": 0}
"""What a worker knows of its process while there is none."""

AGAIN = ("exit", "signal", "frame", "time")


class RemoteError(Exception):
    """What went wrong in the student's process.

    kind: the exception's name there, student_frames: [file, line, function, text] in the
    package, diagnosis: a short code for the cause.
    """

    def __init__(self, message, kind="RemoteError", student_frames=(), diagnosis="raised"):
        super().__init__(message)
        self.kind = kind
        self.student_frames = student_frames
        self.diagnosis = diagnosis


class CannotRun(Exception):
    """The student's process cannot be started, which is not the student's doing."""


class Worker:
    """One student's process, started when needed and again after it ended.

    config: {"package": folder that holds `starter`, "sandbox": kind, "prints": file for what
    the package prints, "call_seconds", "cell_seconds": limits}.
    lender: a course.judge.reference.Lender, who answers for what a check takes as given.
    """

    def __init__(self, config, lender=None):
        self.config = config
        self.lender = lender
        self.given = {}
        self.kept = {}
        self.starts = 0
        self.dropped = []
        self.deadline = None
        self.overdue = False
        self.cell_ends = None
        vars(self).update(NO_PROCESS)
        threading.Thread(target=self.watch, daemon=True).start()

    def new_cell(self, info=None):
        """Start the time that one cell may spend in the student's process.

        info: the cell as IPython announces it. Cells that are given the same share a process.
        """
        self.cell_ends = time.monotonic() + self.config["cell_seconds"]
        given = notebook.given(info.raw_cell) if info and self.lender else {}
        if given != self.given:
            self.kept[str(self.given)] = {name: getattr(self, name) for name in NO_PROCESS}
            vars(self).update(self.kept.pop(str(given), NO_PROCESS))
        self.given = given

    def watch(self):
        """Kill the process whenever its deadline has passed."""
        while True:
            time.sleep(0.05)
            deadline, process = self.deadline, self.process
            if deadline and process and time.monotonic() > deadline:
                self.overdue = True
                process.kill()

    def request(self, what, owner, name, **rest):
        """Send one request and return the answer's content, or raise RemoteError.

        A process that answered before may have been broken by an earlier call, or hold an alarm
        that rings in this one: what ends in it is asked once more of a new process.
        What is given in this cell is the reference's: no student stands between it and the judge.
        """
        if isinstance(owner, str) and name in self.given.get(owner, ()):
            return self.lender.request(what, owner, name, self.cell_ends, **rest)
        limit = self.seconds_left(name)
        if self.process and self.is_ready and self.has_spoken():
            self.stop()
        fresh = self.process is None or not self.is_ready
        message = {"op": what, "owner": owner, "name": name, **rest}
        try:
            reply = self.exchange(message, name, limit)
        except RemoteError as error:
            if fresh or error.diagnosis not in AGAIN:
                raise
            try:
                reply = self.exchange(message, name, self.seconds_left(name))
            except RemoteError as second:
                raise (error if second.diagnosis == "lost" else second) from None
        if "error" in reply:
            raise self.raised(reply["error"], name)
        if "missing" in reply:
            where = f"starter/{owner}.py" if isinstance(owner, str) else f"the {owner._kind}"
            raise RemoteError(
                f"{name} is missing from {where}: keep the names that the stubs have.",
                diagnosis="missing",
            )
        return reply

    def has_spoken(self):
        """Tell whether the process ended, or wrote into its pipe, before it was asked."""
        if os.name != "posix":
            return self.process.poll() is not None
        return bool(select.select([self.process.stdout], [], [], 0)[0])

    def seconds_left(self, name):
        """Return how long the next call may take; raise when the cell has used its time up."""
        limit = self.config["call_seconds"]
        if self.cell_ends is None:
            return limit
        left = self.cell_ends - time.monotonic()
        if left <= 0:
            seconds = self.config["cell_seconds"]
            raise RemoteError(
                f"{name} was not called any more: this cell's calls took more than "
                f"{seconds:g} seconds together. Look for a loop that does more than it needs.",
                diagnosis="time",
            )
        return min(limit, left)

    def start(self):
        """Start the process; it need not be ready before the first request."""
        kind = self.config["sandbox"]
        args, config, environment = sandbox.command(kind, self.config["package"])
        with open(self.config["prints"], "ab") as prints:
            self.process = subprocess.Popen(
                [*args, json.dumps({**config, "given": self.given})],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=prints,
                env=environment,
                cwd=None if kind == "bwrap" else self.config["package"],
            )
        self.replies = self.process.stdout.raw  # type: ignore[attr-defined]
        self.starts += 1
        self.generation = self.starts
        self.is_ready = False

    def await_ready(self):
        """Wait until the process is ready; raise CannotRun if it never is."""
        self.deadline = time.monotonic() + START_SECONDS
        try:
            wire.receive(self.replies)
        except wire.WireError:
            self.stop()
            raise CannotRun("the process for the student's code did not start") from None
        finally:
            self.deadline = None
        self.is_ready = True

    def exchange(self, message, name, limit):
        """Send a message and return the reply, a dict; the process ends if that fails."""
        if self.process is None:
            self.start()
        if not self.is_ready:
            self.await_ready()
        message = {"id": secrets.randbits(62), "drop": self.forgotten(), **message}
        self.overdue = False
        self.deadline = time.monotonic() + limit
        try:
            wire.send(self.process.stdin, message, self.to_handle)
            return self.reply_to(message["id"])
        except (wire.Closed, OSError):
            self.deadline = None
            raise self.ended(name, limit) from None
        except wire.WireError as error:
            self.stop()
            raise RemoteError(
                f"{name} returned what cannot be read: {error}", diagnosis="frame"
            ) from None
        except (RemoteError, CannotRun):
            raise
        except BaseException:
            self.stop()  # a reply that is still to come must not answer the next call
            raise
        finally:
            self.deadline = None

    def reply_to(self, number):
        """Return the reply to the call of that number; answer what is asked before it comes."""
        while True:
            reply = wire.receive(self.replies, self.from_handle, wire.MAX_REPLY)
            if self.overdue:
                raise wire.Closed("the reply came too late")
            if not isinstance(reply, dict) or not is_number(reply.get("id"), number):
                raise wire.WireError("the reply is not to this call")
            if "ask" not in reply:
                return reply
            if not self.given:
                raise wire.WireError("nothing is given in this check")
            answer = self.lender.answer(reply["ask"], self.given, self.deadline)
            wire.send(self.process.stdin, answer, self.to_handle)

    def forgotten(self):
        """Return the numbers of objects that nobody here needs any more, some at a time."""
        dropped, self.dropped = self.dropped[:MAX_DROPPED], self.dropped[MAX_DROPPED:]
        return [key for generation, key in dropped if generation == self.generation]

    def ended(self, name, limit):
        """Return the error that says why the process ended during a call."""
        code = self.stop()
        if self.overdue:
            return RemoteError(
                f"{name} was stopped after {limit:.3g} seconds. Does a loop never end?",
                diagnosis="time",
            )
        number = -code if code < 0 else code - 128
        if number > 0 and number in {s.value for s in signal.Signals}:
            said = signal.Signals(number).name
            return RemoteError(f"{name} crashed its process: signal {said}.", diagnosis="signal")
        return RemoteError(f"{name} ended its process (exit code {code}).", diagnosis="exit")

    def raised(self, error, name):
        """Return the exception for an error that the worker reports, and believe nothing of it."""
        if not isinstance(error, dict):
            return RemoteError(f"{name} failed.")
        kind, message = str(error.get("kind"))[:80], str(error.get("message"))[:2000]
        frames = [f for f in listed(error.get("frames"))[-MAX_FRAMES:] if is_frame(f)]
        if kind == "MemoryError":
            text = f"{name} ran out of memory{place(frames)}. {self.memory_limit()}".strip()
            return RemoteError(text, kind, (), "memory")
        if kind == "SystemExit":
            return RemoteError(f"{name} called exit.", kind, (), "exit")
        if frames:
            return RemoteError(message, kind, frames)
        return RemoteError(f"{name} raised {kind}: {message}", kind)

    def memory_limit(self):
        """Say how much memory there was."""
        most = sandbox.MEMORY // 2**30
        return f"It may use {most} GB." if self.config["sandbox"] != "none" else ""

    def to_handle(self, value):
        """Return what stands for an Object on the wire; nothing else that is no data may cross."""
        if isinstance(value, Object) and value._worker is self:
            return value.handle()
        if isinstance(value, Object) and self.lender:
            return self.lender.to_handle(value)
        raise CannotRun(f"a {type(value).__name__} cannot be given to the student's process")

    def from_handle(self, handle):
        """Return the stand-in for an object that stays in a process; below 0, the reference's."""
        key, kind = handle
        if int(key) < 0 and self.given:
            return self.lender.from_handle(int(key))
        return Object(self, self.generation, int(key), str(kind)[:80])

    def stop(self):
        """End the process and return its exit code."""
        process, self.process = self.process, None
        if process is None:
            return 0
        if self.given:
            self.lender.forget()
        with contextlib.suppress(OSError):
            process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.kill()
        process.stdout.close()
        return process.wait()


def is_number(value, number):
    """Tell whether a value is that very integer, and no array or subclass."""
    return type(value) is int and value == number


def place(frames):
    """Say where the last of some frames is."""
    return f", {frames[-1][0]}, line {frames[-1][1]}" if frames else ""


def listed(value):
    """Return a list, empty if the value is none."""
    return value if isinstance(value, list) else []


def is_frame(frame):
    """Tell whether a value is [file, line, function, text], none of them long."""
    return (
        isinstance(frame, list)
        and [type(part) for part in frame] == [str, int, str, str]
        and all(len(str(part)) <= MAX_LINE for part in frame)
    )


class Function:
    """Stands for a function, a class or a method of the student's package."""

    def __init__(self, worker, owner, name):
        self.worker = worker
        self.owner = owner
        self.name = name

    def __call__(self, *args, **kwargs):
        reply = self.worker.request("call", self.owner, self.name, args=args, kwargs=kwargs)
        returned = listed(reply.get("dicts"))
        for given, now in zip((*args, *kwargs.values()), returned, strict=False):
            if type(given) is dict and type(now) is dict:
                given.clear()
                given.update(now)
        return reply.get("value")


class Object:
    """Stands for an object that is not data: a model, a cache."""

    def __init__(self, worker, generation, key, kind):
        self.__dict__.update(_worker=worker, _generation=generation, _key=key, _kind=kind)

    def handle(self):
        """Return what stands for this object on the wire."""
        if self._generation != self._worker.generation or self._worker.process is None:
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
        self._worker.dropped.append((self._generation, self._key))

    def __repr__(self):
        return f"<a {self._kind} in the student's process>"


def module(worker, name):
    """Return a module's __getattr__ that makes stand-ins for the module `name` of the package."""

    def __getattr__(attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return Function(worker, name, attribute)

    return __getattr__
