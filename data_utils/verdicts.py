"""Turn an exception in a cell into the sentence that a student reads."""

import re
import traceback
from dataclasses import dataclass

from . import import_sentences, partial_import
from .headings import task_of
from .pointers import pointer

READ_ONLY = re.compile("read-only")
IN_CELL = re.compile(r"<ipython-input|ipykernel_|<cell>")
DEBUGGERS = ("BdbQuit", "StdinNotImplementedError")
DEBUGGER = re.compile(r"set_trace\(|breakpoint\(")
NOT_THERE = re.compile(r"cannot import name '(?P<name>\w+)' from '(?P<module>starter[\w.]*)'")
PLACE = re.compile(r"\s*\([^()]+, line \d+\)$")


class CheckFailed(AssertionError):
    """A check's verdict: one sentence, and a short code for the kind of mistake.

    IPython shows the sentence alone; str() adds the code, as linters do.
    differ: the two arrays (got, expected) that a picture may show, or None.
    explained: whether the diagnosis is a cause that accounts for every number of a wrong answer.
    """

    def __init__(self, sentence, diagnosis="wrong", differ=None, explained=False):
        super().__init__(sentence, diagnosis)
        self.sentence = sentence
        self.diagnosis = diagnosis
        self.differ = differ
        self.explained = explained

    def __str__(self):
        return f"{self.sentence} [{self.diagnosis}]"

    def _render_traceback_(self):
        return [f"✗ {self.sentence}"]


class NotWritten(CheckFailed):
    """The verdict on a stub that still raises NotImplementedError; task: the stub's."""

    def __init__(self, sentence, diagnosis="not-written", task=""):
        super().__init__(sentence, diagnosis)
        self.task = task


class Unreadable(CheckFailed):
    """The verdict on a module that Python cannot read, or cannot import."""


@dataclass
class Frame:
    """A place in the student's package: file, line number, function and the line itself."""

    file: str
    line: int
    function: str
    text: str


def student_frames(error):
    """Return (the error to tell of, its frames that lie in the student's package, outermost first).

    Where the package runs in a process of its own, the exception brings the frames along.
    """
    if hasattr(error, "student_frames"):
        return error, [Frame(*frame) for frame in error.student_frames]
    error, frames = partial_import.cause_of(error, "starter")
    return error, [Frame(*frame) for frame in frames]


def verdict(error):
    """Return the CheckFailed that tells a student about any exception, or None.

    None means: nothing of the student's package is involved, show it as Python does.
    """
    if isinstance(error, CheckFailed):
        return error
    error, frames = student_frames(error)
    kind, message = getattr(error, "kind", type(error).__name__), str(error)
    if frames:
        return of_raised(kind, message, frames)
    if hasattr(error, "student_frames"):
        return CheckFailed(message, error.diagnosis)
    if found := NOT_THERE.search(message):
        file = found["module"].replace(".", "/") + ".py"
        return CheckFailed(
            f"{found['name']} is missing from {file}: keep the names that the stubs have.",
            "missing",
        )
    return of_cell(error, kind, message)


def of_raised(kind, message, frames):
    """Tell about an exception that the student's own code raised."""
    first, last = frames[0], frames[-1]
    where = f"{last.file}, line {last.line}"
    if kind == "RestsOn":
        who = first.file if first.function == "<module>" else first.function
        return Unreadable(f"{who} rests on {message}", "import")
    if kind in ("SyntaxError", "IndentationError", "TabError"):
        message = PLACE.sub("", message)
        return Unreadable(f"Python cannot read {where}: {message}\n    {last.text}", "syntax")
    if first.function == "<module>":
        return Unreadable(import_sentences.sentence(kind, message, frames), "import")
    if kind == "NotImplementedError":
        task = task_of(message) or last.function
        return NotWritten(f"{task} is not written yet: {where}", task=task)
    if kind == "ValueError" and READ_ONLY.search(message):
        return CheckFailed(
            f"{last.function} writes into an array that it was given: {where}: `{last.text}`. "
            "The caller still needs those numbers; work on a copy.",
            "in-place",
        )
    if kind in DEBUGGERS:
        return of_debugger(last)
    hint = pointer(message, last.text)
    message += f". {hint}" if hint else ""
    trace = import_sentences.trace(frames)
    return CheckFailed(f"{first.function} raised {kind}: {message}{trace}", "raised")


def of_debugger(frame):
    """Tell about a debugger's call; it raises at the line after that, or at the loop's head."""
    found = (frame.line, frame.text)
    if not DEBUGGER.search(frame.text):
        lines = import_sentences.lines_of(frame.file)
        calls = [(number, text) for number, text in lines if DEBUGGER.search(text)]
        found = min(calls, key=lambda call: abs(call[0] - frame.line), default=found)
    return CheckFailed(
        f"{frame.function} calls a debugger: {frame.file}, line {found[0]}: `{found[1].strip()}`. "
        "It waits for an answer, and where answers are checked nobody gives one: take it out.",
        "debugger",
    )


def of_cell(error, kind, message):
    """Return the verdict on an exception caused by the result of a function, or None."""
    summary = traceback.extract_tb(error.__traceback__)
    lines = [f.line for f in summary if f.line and IN_CELL.search(f.filename)]
    if not lines:
        return None
    for kinds, pattern, says, code in IN_A_CELL:
        if kind in kinds and (found := re.search(pattern, message)):
            known = {"line": lines[-1], "message": message, "name": getattr(error, "name", None)}
            return CheckFailed(says.format(**known, **found.groupdict()), code)
    return None


IN_A_CELL = (
    (
        ("TypeError", "AttributeError"),
        "NoneType",
        "`{line}` got None where a result was expected: does the function end with `return` "
        "and what its docstring promises?",
        "returned-none",
    ),
    (
        ("TypeError", "IndexError"),
        "cannot unpack|not subscriptable|invalid index to scalar",
        "`{line}` got one value where several are due: does the function return all that its "
        "docstring promises, in its order?",
        "returned-count",
    ),
    (
        ("ValueError",),
        r"values to unpack \(expected (?P<due>\d+)",
        "`{line}` wants {due} results and got another number of them: which does the docstring "
        "promise, in which order?",
        "returned-count",
    ),
    (
        ("TypeError",),
        "positional argument|keyword argument",
        "`{line}`: {message}. Keep the arguments that the stub has.",
        "arguments",
    ),
    (
        ("NameError",),
        "is not defined",
        "`{name}` is not there yet: a cell further up makes it, so run that one first.",
        "cell-order",
    ),
)
"""(kinds, pattern in the message, what to say, code) of errors in a cell that can be explained."""
