"""Errors in a student's process, and their sentences.

A process says itself what its code raised. It may lie: of what it says only short texts and
numbers are taken, and no more of them than a page can show.
"""

import signal

MAX_FRAMES = 12
MAX_LINE = 200
MAX_KIND = 80
MAX_MESSAGE = 2_000
"""Of an error in the student's process: frames, and characters of a line, a kind, a message."""


class RemoteError(Exception):
    """An error in the student's process.

    kind: the exception's name there, student_frames: [file, line, function, text] in the
    package, diagnosis: a short code for the cause.
    """

    def __init__(self, message, kind="RemoteError", student_frames=(), diagnosis="raised"):
        super().__init__(message)
        self.kind = kind
        self.student_frames = student_frames
        self.diagnosis = diagnosis


class CannotRun(Exception):
    """A call could not be made, for a reason that is not the student's."""


def of_reply(reply, owner, name, memory=""):
    """Return the error that a reply reports, None if it reports none.

    owner: a module's name or an object, name: what was asked of it, memory: a sentence on how
    much of it there was.
    """
    if "error" in reply:
        return of_raised(reply["error"], name, memory)
    if "missing" not in reply:
        return None
    where = f"starter/{owner}.py" if isinstance(owner, str) else f"the {owner._kind}"
    said = f"{name} is missing from {where}: keep the names that the stubs have."
    return RemoteError(said, diagnosis="missing")


def of_raised(error, name, memory):
    """Return the error for an exception that a process describes."""
    if not isinstance(error, dict):
        return RemoteError(f"{name} failed.")
    kind, message = str(error.get("kind"))[:MAX_KIND], str(error.get("message"))[:MAX_MESSAGE]
    frames = [f for f in listed(error.get("frames"))[-MAX_FRAMES:] if is_frame(f)]
    if kind == "MemoryError":
        text = f"{name} ran out of memory{place(frames)}. {memory}".strip()
        return RemoteError(text, kind, (), "memory")
    if kind == "SystemExit" and not (frames and frames[0][2] == "<module>"):
        return RemoteError(f"{name} called exit.", kind, (), "exit")
    if frames:
        return RemoteError(message, kind, frames)
    return RemoteError(f"{name} raised {kind}: {message}", kind)


def of_end(code, name):
    """Return the error for a process that ended during a call, with that exit code."""
    number = -code if code < 0 else code - 128
    if number > 0 and number in {s.value for s in signal.Signals}:
        known = signal.Signals(number).name
        return RemoteError(f"{name} crashed its process: signal {known}.", diagnosis="signal")
    return RemoteError(f"{name} ended its process (exit code {code}).", diagnosis="exit")


def of_time(name, seconds):
    """Return the error for a call that took too long."""
    said = f"{name} was stopped after {seconds:.3g} seconds. Does a loop never end?"
    return RemoteError(said, diagnosis="time")


def of_cell(name, seconds):
    """Return the error for a call that was not made: its cell has used all its time."""
    return RemoteError(
        f"{name} was not called any more: this cell's calls took more than {seconds:g} seconds "
        "together. Look for a loop that does more than it needs.",
        diagnosis="time",
    )


def of_two(first, second):
    """Return the error for a call that failed in a process that had answered, and in a new one."""
    if second.diagnosis == "lost" or first.diagnosis == second.diagnosis == "time":
        return first
    if second.diagnosis == "time":
        return RemoteError(f"{second} Before, after earlier calls: {first}", diagnosis="time")
    return second


def place(frames):
    """Return the place of the last frame, as a phrase."""
    return f", {frames[-1][0]}, line {frames[-1][1]}" if frames else ""


def listed(value):
    """Return the value if it is a list, else an empty list."""
    return value if isinstance(value, list) else []


def is_frame(frame):
    """Tell whether a value is [file, line, function, text], none of them long."""
    return (
        isinstance(frame, list)
        and [type(part) for part in frame] == [str, int, str, str]
        and all(len(str(part)) <= MAX_LINE for part in frame)
    )
