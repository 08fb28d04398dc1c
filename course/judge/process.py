"""One process for a package's code: start it, ask it within a time, stop it."""

import contextlib
import json
import os
import secrets
import select
import subprocess
import threading
import time

from ..box import wire
from . import errors, sandbox
from .errors import CannotRun, RemoteError
from .family import Family

START_SECONDS = 60
"""A worker starts within a second; a machine under heavy load may take many times as long."""
STILL_SECONDS = 5
"""A process stops at once, but for what the kernel is doing for it."""
MAX_DROPPED = 1_000
"""Numbers of objects that one request may carry."""


class Late(wire.WireError):
    """A process did not read, or did not answer, in time."""


class Pipes:
    """The two pipes to a process; each read and write ends at the time `ends`, or raises Late."""

    def __init__(self, process):
        self.to, self.back = process.stdin.fileno(), process.stdout.fileno()
        self.ends = 0.0
        for fd in (self.to, self.back):
            os.set_blocking(fd, False)

    def until(self, ends):
        """Set the time at which reads and writes end, as of time.monotonic."""
        self.ends = ends

    def readinto(self, buffer):
        """Read into a buffer; return the number of bytes, 0 at the end."""
        return self.tried(lambda: os.readv(self.back, [buffer]), [self.back], [])

    def write(self, data):
        """Write all bytes of the data."""
        left = memoryview(data)
        while left:
            left = left[self.tried(lambda rest=left: os.write(self.to, rest), [], [self.to]) :]

    def flush(self):
        """Do nothing: write has already handed over its bytes."""

    def tried(self, act, reads, writes):
        """Call act once the pipe is ready, and return its result."""
        while True:
            left = self.ends - time.monotonic()
            if left <= 0:
                raise Late("there is no time left")
            try:
                return act()
            except BlockingIOError:
                select.select(reads, writes, [], left)

    def has_spoken(self):
        """Tell whether the process wrote something, or closed its pipe, without being asked."""
        return bool(select.select([self.back], [], [], 0)[0])


class TimedPipes:
    """As Pipes, on Windows, where nothing can wait for a pipe: a timer ends the process."""

    def __init__(self, process):
        self.process = process
        self.timer = threading.Timer(0, process.kill)
        self.readinto = process.stdout.raw.readinto
        self.write, self.flush = process.stdin.write, process.stdin.flush

    def until(self, ends):
        """Set the time at which reads and writes end, as of time.monotonic."""
        self.timer.cancel()
        self.timer = threading.Timer(ends - time.monotonic(), self.process.kill)
        self.timer.daemon = True
        self.timer.start()

    def has_spoken(self):
        """Tell whether the process has ended."""
        return self.process.poll() is not None


class Process:
    """A process that answers calls until it ends, which it does once.

    config: see student.Worker; given: {module: names} that it asks the judge for;
    overdue: files that took too long to be imported before, and get less time now; code: what to
    send to it before it is ready, {module: array of bytes}, where it has no folder to read.
    """

    def __init__(self, config, given, overdue=(), code=None):
        self.code = code
        self.dropped: list[int] = []
        self.family = None
        self.is_alive = True
        self.seconds_asked = 0.0
        self.counted = 0.0, 0.0
        kind, folder = config["sandbox"], None if code else config["package"]
        args, known, environment = sandbox.command(kind, folder)
        with open(config["prints"], "ab") as prints:
            self.popen = subprocess.Popen(
                [*args, json.dumps({**known, "given": given, "overdue": sorted(overdue)})],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=prints,
                env=environment,
                cwd=None if kind == "bwrap" else folder or "/",
                start_new_session=kind == "user",  # in one session, one could continue another
            )
        self.pipes = (Pipes if os.name == "posix" else TimedPipes)(self.popen)

    def await_ready(self):
        """Wait until the process can be asked; raise CannotRun if it never can."""
        if self.is_ready:
            return
        self.pipes.until(time.monotonic() + START_SECONDS)
        try:
            if self.code:
                wire.send(self.pipes, {"code": self.code})
            wire.receive(self.pipes)
        except (wire.WireError, OSError):
            self.stop()
            raise CannotRun("the process for the student's code did not start") from None
        self.family = Family(self.popen.pid)

    @property
    def is_ready(self):
        """Whether the process has been ready to be asked."""
        return self.family is not None

    @property
    def cpu_seconds(self):
        """The CPU seconds that the process has used.

        Of one that has ended, nobody can tell any more: what it was asked since it was last looked
        at counts whole. It has one thread, so that it cannot have used more.
        """
        now = self.family.cpu_seconds() if self.is_alive and self.is_ready else 0.0
        if now:
            self.counted = now, self.seconds_asked
        known, asked = self.counted
        return known + self.seconds_asked - asked

    def settle(self):
        """Wait until the process has stopped; end it if it does not."""
        ends = time.monotonic() + STILL_SECONDS
        while self.is_alive and self.is_ready and not self.family.is_still():
            time.sleep(0.0001)
            if time.monotonic() > ends:
                self.stop()

    def is_quiet(self):
        """Tell whether the process lives, and wrote only replies."""
        return self.is_alive and not (self.is_ready and self.pipes.has_spoken())

    def ask(self, message, seconds, codec):
        """Send a request and return the reply, a dict. The process ends if that fails.

        From the reply to the next request it is stopped, with all that it has started.

        message: {"op", "owner", "name", …}; codec: has to_handle and from_handle, see wire, and
        answer(question, ends), for what the process asks before it replies.
        """
        self.await_ready()
        self.family.go_on()
        started, number = time.monotonic(), secrets.randbits(62)
        ends = started + seconds
        self.pipes.until(ends)
        try:
            wire.send(
                self.pipes, {"id": number, "drop": self.forgotten(), **message}, codec.to_handle
            )
            return self.reply_to(number, ends, codec)
        except (RemoteError, CannotRun):
            raise
        except BaseException as error:  # a reply that is still to come must answer no other call
            late = isinstance(error, Late) or time.monotonic() > ends
            self.seconds_asked += time.monotonic() - started
            code = self.stop(wait=isinstance(error, wire.Closed | OSError))
            raise described(error, message["name"], seconds if late else None, code) from None
        finally:
            if self.is_alive:
                self.family.stop()
                self.seconds_asked += time.monotonic() - started

    def reply_to(self, number, ends, codec):
        """Return the reply to the request with that number; until then, answer its questions."""
        while True:
            reply = wire.receive(self.pipes, codec.from_handle, wire.MAX_REPLY)
            if not isinstance(reply, dict) or not is_number(reply.get("id"), number):
                raise wire.WireError("the reply is not to this call")
            if "ask" not in reply:
                return reply
            wire.send(self.pipes, codec.answer(reply["ask"], ends), codec.to_handle)

    def forgotten(self):
        """Return the numbers of some objects that the judge no longer needs."""
        gone, self.dropped = self.dropped[:MAX_DROPPED], self.dropped[MAX_DROPPED:]
        return gone

    def stop(self, wait=False):
        """End the process and return its exit code; wait: it is about to end by itself."""
        self.counted = self.cpu_seconds, self.seconds_asked
        self.is_alive = False
        with contextlib.suppress(OSError):
            self.popen.stdin.close()
        if wait:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.popen.wait(0.5)
        if self.family:
            self.family.send("SIGKILL")
            self.family.close()
        self.popen.kill()
        self.popen.stdout.close()
        return self.popen.wait()


def described(error, name, seconds, code):
    """Return the exception to raise for an error during a request.

    seconds: after which it was stopped, None if it was not late; code: with which it ended.
    """
    if isinstance(error, wire.WireError | OSError) and seconds is not None:
        return errors.of_time(name, seconds)
    if isinstance(error, wire.Closed | OSError):
        return errors.of_end(code, name)
    if isinstance(error, wire.WireError):
        return RemoteError(f"{name} returned what cannot be read: {error}", diagnosis="frame")
    return error


def is_number(value, number):
    """Tell whether a value is that int, not an equal array or an instance of a subclass."""
    return type(value) is int and value == number
