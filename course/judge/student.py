"""The worker of a package: it starts a process when a cell needs one, and keeps it."""

import time

from .. import notebook
from ..box.wire import WireError
from . import errors, sandbox
from .errors import CannotRun, RemoteError
from .process import Process
from .proxy import Object

AGAIN = ("exit", "signal", "frame", "time")

SHARE_AFTER_STOP = 0.2
"""Of a call's seconds: what a function gets after it was stopped, until it answers. So a loop that
never ends takes a whole limit once, not once for each check that calls it."""

OUT_OF_TIME = (
    "Out of time: this submission's code has used more than {:g} seconds of the processor in this "
    "notebook. What was checked before keeps its points."
)


class Worker:
    """Answers calls on one package, by a process that is started again after it ended.

    config: {"package": folder that holds `starter`, "sandbox": kind, "prints": file for what
    the package prints, "call_seconds", "cell_seconds": limits, "cpu_seconds": how many the
    package's processes, and the reference's for it, may use in all}.
    reference: a course.judge.reference.Reference, which answers for what a check is given.
    """

    code = None
    """Files for a process that has no folder to read, see process.Process."""

    def __init__(self, config, reference=None):
        self.config = config
        self.reference = reference
        self.given = {}
        self.processes = {}
        self.cell_ends = None
        self.overdue = set()
        self.stopped = set()
        self.cpu_seconds_before = 0.0
        self.is_out_of_time = False

    def new_cell(self, info=None):
        """Begin a new cell: from now, it may spend its time in the student's process.

        info: the cell as IPython announces it. Cells that are given the same share a process.
        """
        self.cell_ends = time.monotonic() + self.config["cell_seconds"]
        self.given = notebook.given(info.raw_cell) if info and self.reference else {}
        if self.reference:
            self.reference.new_check(self.cell_ends)
        if self.cpu_seconds() > self.config["cpu_seconds"]:
            self.is_out_of_time = True
            self.end()

    def cpu_seconds(self):
        """Return how many CPU seconds the package has used, and the reference for it."""
        own = self.cpu_seconds_before + sum(p.cpu_seconds for p in self.processes.values())
        return own + (self.reference.cpu_seconds() if self.reference else 0)

    def clock(self):
        """Return the CPU seconds of the judge, the package and the reference, up to now.

        Unlike the time on the wall, they do not pass faster while others crowd the machine. Nothing
        of the package still works when it returns, so that what the judge does next is undisturbed.
        """
        self.settle()
        return time.process_time() + self.cpu_seconds()

    def settle(self):
        """Wait until no process of the package, or of the reference, works any more."""
        for process in self.processes.values():
            process.settle()
        if self.reference:
            self.reference.settle()

    @property
    def process(self):
        """The living process that serves the present cell, or None."""
        process = self.processes.get(str(self.given))
        return process if process and process.is_alive else None

    def request(self, what, owner, name, **rest):
        """Send one request and return the answer's content, or raise RemoteError.

        What is given in this cell is the reference's: no student stands between it and the judge.
        """
        if self.is_out_of_time:
            raise CannotRun(OUT_OF_TIME.format(self.config["cpu_seconds"]))
        if isinstance(owner, str) and name in self.given.get(owner, ()):
            return self.reference.request(what, owner, name, **rest)
        reply = self.answered({"op": what, "owner": owner, "name": name, **rest})
        error = errors.of_reply(reply, owner, name, self.memory_limit())
        if error:
            self.overdue |= {error.student_frames[0][0]} if error.kind == "Overdue" else set()
            raise error
        return reply

    def answered(self, message):
        """Return the reply to a message.

        A process that answered before may have been broken by an earlier call, or hold an alarm
        that rings in this one: what ends in it is asked once more of a new process.
        """
        seconds = self.seconds_left(message)
        if self.process and not self.process.is_quiet():
            self.stop()
        is_fresh = not (self.process and self.process.is_ready)
        try:
            return self.ask(message, seconds)
        except RemoteError as error:
            if is_fresh or error.diagnosis not in AGAIN:
                raise
            first = error
        try:
            return self.ask(message, self.seconds_left(message))
        except RemoteError as second:
            raise errors.of_two(first, second) from None

    def ask(self, message, seconds):
        """Ask the present cell's process; if it ends, drop the reference's objects, too."""
        process = self.process or self.start()
        try:
            reply = process.ask(message, seconds, self)
            self.stopped.discard(asked_of(message))
            return reply
        except RemoteError as error:
            if error.diagnosis == "time" and seconds == self.config["call_seconds"]:
                self.stopped.add(asked_of(message))
            raise
        finally:
            if not process.is_alive:
                self.stop()

    def start(self):
        """Start a process for cells like the present; it need not be ready yet.

        At most two live: one for what the package does alone, one for the latest that is given.
        """
        present, alone = str(self.given), str({})
        for key in {*self.processes} - {alone} if self.given else ():
            self.end_process(key)
            self.reference.forget()
        process = Process(self.config, self.given, self.overdue, self.code)
        self.processes[present] = process
        return process

    def stop(self):
        """End the process of the present cell, and the reference's, which made objects for it."""
        if self.end_process(str(self.given)) and self.given:
            self.reference.end()

    def end(self):
        """End all processes, the reference's too."""
        for key in [*self.processes]:
            self.end_process(key)
        if self.reference:
            self.reference.end()

    def end_process(self, key):
        """End the process for cells of one kind, and tell whether there was one."""
        process = self.processes.pop(key, None)
        if process:
            if process.is_alive:
                process.stop()
            self.cpu_seconds_before += process.cpu_seconds
        return process is not None

    def seconds_left(self, message):
        """Return the seconds that the next call may take; raise if the cell has used all."""
        was_stopped = asked_of(message) in self.stopped
        limit = self.config["call_seconds"] * (SHARE_AFTER_STOP if was_stopped else 1)
        if self.cell_ends is None:
            return limit
        left = self.cell_ends - time.monotonic()
        if left <= 0:
            raise errors.of_cell(message["name"], self.config["cell_seconds"])
        return min(limit, left)

    def memory_limit(self):
        """Return a sentence about the limit of memory."""
        most = sandbox.MEMORY // 2**30
        return f"It may use {most} GB." if self.config["sandbox"] != "none" else ""

    def answer(self, question, ends):
        """Return the answer to a question that the student's process asks before it replies."""
        if not self.given:
            raise WireError("nothing is given in this check")
        return self.reference.answer_student(question, self.given, ends)

    def to_handle(self, value):
        """Return the handle of an Object; other values that are not data may not cross."""
        if isinstance(value, Object) and value._worker is self:
            return value.handle()
        if isinstance(value, Object) and self.reference:
            return self.reference.hand_out(value)
        raise CannotRun(f"a {type(value).__name__} cannot be given to the student's process")

    def from_handle(self, handle):
        """Return the proxy of an object that stays in a process; below 0, in the reference's."""
        key, kind = handle
        if int(key) < 0 and self.given:
            return self.reference.handed_out[-int(key) - 1]
        return Object(self, self.process, int(key), str(kind)[:80])


def asked_of(message):
    """Return the module, or the kind of object, and the name that a message asks for."""
    owner = message["owner"]
    return owner if isinstance(owner, str) else owner._kind, message["name"]
