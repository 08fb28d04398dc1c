"""The judge's side of the reference, which runs in a process of its own.

A student's process may ask, in the middle of a call, what the reference's affine_forward makes
of some arrays. The judge looks at the question and passes it on; the reference computes under the
same sandbox and limits as a student, since a stranger chooses its inputs. It gets the course's
package as bytecode, and after one question that is not allowed it answers none in that check.
"""

import marshal
import os
from functools import cache
from pathlib import Path

import numpy as np

from ..box.wire import WireError
from .errors import CannotRun, RemoteError
from .proxy import Object
from .student import Worker

MAX_OBJECTS = 10_000
"""Objects that a student's process may keep in a run; right answers keep a few caches."""
MAX_SIDE = 2**27
"""The longest side of an array, even of an empty one; many more numbers may not cross."""

MAX_INTEGER = 2**63 - 1

ANSWERS = ("value", "dicts", "method")
REFUSED = ("PermissionError", "WireError")
"""What the reference's process raises where something is asked, or would come out, that may not."""


class NotAllowed(Exception):
    """A question that may not be asked of the reference; says why."""


class Reference(Worker):
    """Answers questions by the course's own package, and keeps the objects that it makes.

    config: as of a Worker, with the folder of the solved package itself.
    """

    def __init__(self, config):
        super().__init__({**config, "prints": os.devnull})
        self.code = bytecode(Path(config["package"]))
        self.handed_out = []
        self.is_closed = False

    def new_check(self, ends):
        """Answer again, until that time."""
        self.is_closed, self.cell_ends = False, ends

    def request(self, what, owner, name, **rest):
        """Return the reply to one request, the judge's or a student's.

        Raises RemoteError, which shows no line of the reference, for whatever goes wrong.
        """
        try:
            return super().request(what, owner, name, **allowed(rest, self))
        except NotAllowed as error:
            self.is_closed = True
            raise RemoteError(f"{name}: {error}") from None
        except RemoteError as error:
            self.is_closed = error.kind in REFUSED
            said = str(error).removeprefix(f"{name} raised {error.kind}: ")
            raise RemoteError(said, error.kind, diagnosis=error.diagnosis) from None

    def answer_student(self, question, given, ends):
        """Return the answer to a student's question, a dict to send; whatever the question is.

        given: {module: names} that may be asked for; ends: when there has to be an answer.
        """
        if self.is_closed:
            return {"error": "no more questions are answered, after one that is not allowed"}
        cell_ends, self.cell_ends = self.cell_ends, ends
        try:
            what, owner, name, rest = understood(question, given)
            reply = self.request(what, owner, name, **rest)
            return {key: reply[key] for key in ANSWERS if key in reply}
        except RemoteError as error:
            return {"error": f"{called(question)}: {error}"}
        except (CannotRun, ValueError, TypeError, LookupError):
            self.is_closed = True
            return {"error": f"{called(question)} is not given in this check, or not so"}
        finally:
            self.cell_ends = cell_ends

    def hand_out(self, value):
        """Keep an object of the reference, and return its handle for another process."""
        if value._worker is not self:
            raise CannotRun(f"a {value._kind} belongs to another process")
        if len(self.handed_out) >= MAX_OBJECTS:
            raise WireError(f"more than {MAX_OBJECTS:,} of the course's objects")
        self.handed_out.append(value)
        return [-len(self.handed_out), value._kind]

    def forget(self):
        """Let go of all objects that were handed out; the process goes on, and drops them, too."""
        self.handed_out.clear()

    def end(self):
        """End the process, and with it all that it has made."""
        self.forget()
        super().end()


@cache
def bytecode(folder):
    """Return {module: array of bytes} of a package, compiled without docstrings, to be sent."""
    code = {}
    for path in sorted(folder.rglob("*.py")):
        name = ".".join(path.relative_to(folder).with_suffix("").parts)
        text = path.read_text(encoding="utf-8")
        compiled = compile(text, f"{name}.py", "exec", dont_inherit=True, optimize=2)
        code[name] = np.frombuffer(marshal.dumps(compiled), np.uint8)
    return code


def allowed(value, reference):
    """Return a value as the reference may get it: numbers, numeric arrays, texts, lists, dicts.

    A list of numbers becomes an array here, so that the reference makes none of what it is given.
    Raises NotAllowed for anything else that is not an object of the reference.
    """
    if value is None or type(value) in (bool, float, str):
        return value
    if type(value) is int and abs(value) <= MAX_INTEGER:
        return value
    if isinstance(value, np.ndarray | np.generic) and is_plain(value):
        return widened(value)
    if type(value) is list and value and all(map(is_numbers, value)):
        return array_of(value)
    if type(value) in (list, tuple):
        return type(value)(allowed(part, reference) for part in value)
    if type(value) is dict and all(type(key) is str for key in value):
        return {key: allowed(part, reference) for key, part in value.items()}
    if isinstance(value, Object) and value._worker is reference:
        return value
    raise NotAllowed(f"it takes numbers and arrays of them, not {described(value)}")


def is_plain(array):
    """Tell whether an array holds real numbers, and has no endless side."""
    return array.dtype.kind in "biuf" and all(side <= MAX_SIDE for side in array.shape)


def widened(array):
    """Return integers that may be settings in 64 bits, and a single one as an int.

    Those of fewer bits wrap around: 200 pictures twice are 144 in np.uint8.
    """
    if array.dtype.kind not in "iu" or array.ndim > 1:
        return array
    if array.size and array.max() > MAX_INTEGER:
        raise NotAllowed(f"it takes integers up to {MAX_INTEGER}")
    return array.astype(np.int64) if array.ndim else int(array)


def is_numbers(value):
    """Tell whether a value is a number, or a list of such, as deep as you like."""
    is_list = type(value) is list and bool(value)
    return all(map(is_numbers, value)) if is_list else type(value) in (bool, int, float)


def array_of(numbers):
    """Return a list of numbers as an array of 64-bit integers, or else of floats."""
    try:
        array = np.array(numbers)
        return array if array.dtype.kind in "biuf" else np.array(numbers, float)
    except (ValueError, OverflowError):
        raise NotAllowed("it takes lists whose rows are equally long, of finite numbers") from None


def understood(question, given):
    """Return (what, owner, name, arguments) of a question; raise an error if it is malformed."""
    what, owner, name = question["op"], question["owner"], question["name"]
    if type(owner) is str and (what != "call" or name not in given[owner]):
        raise ValueError("a name that is not given")
    if type(owner) not in (str, Object) or type(name) is not str or name.startswith("_"):
        raise ValueError("no question")
    wanted = {"call": ("args", "kwargs"), "get": (), "set": ("value",)}[what]
    return what, owner, name, {key: question[key] for key in wanted}


def called(question):
    """Return the name in a question with its arguments, to describe it."""
    if not isinstance(question, dict):
        return "a question"
    args = question.get("args") if isinstance(question.get("args"), tuple) else ()
    return f"{question.get('name')!s:.80}({', '.join(map(described, args[:8]))})"


def described(value):
    """Describe an argument: an array by its shape, a number by itself."""
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    return f"{value!r:.20}" if isinstance(value, int | float | str) else type(value).__name__
