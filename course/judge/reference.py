"""The judge's side of what a check takes as given: the reference, in a process of its own.

A student's process may ask, in the middle of a call, what the reference's affine_forward makes
of some arrays. The judge passes the question on; the reference computes under the same sandbox
and limits as a student, since a stranger chooses its inputs.
"""

import numpy as np

from ..box.wire import WireError
from .student import CannotRun, Object, RemoteError, Worker

MAX_LENT = 10_000
ANSWERS = ("value", "dicts", "method")


class Reference(Worker):
    """The process of the reference; what goes wrong there shows no line of it."""

    def raised(self, error, name):
        """Return the exception for an error, without its place."""
        told = super().raised(error, name)
        return RemoteError(str(told), told.kind, diagnosis=told.diagnosis)


class Lender:
    """Answers questions by asking the reference, and keeps the objects that it makes.

    config: as of a Worker, with the folder that holds the reference as its `starter`.
    """

    def __init__(self, config):
        self.reference = Reference(config)
        self.lent = []

    def request(self, what, owner, name, ends, **rest):
        """Return what the reference replies to the judge himself; ends: when it has to."""
        self.reference.cell_ends = ends
        return self.reference.request(what, owner, name, **rest)

    def answer(self, ask, given, ends):
        """Return the answer to a question, a dict to send; whatever the question is.

        given: {module: names} that may be asked for; ends: when there has to be an answer.
        """
        try:
            what, owner, name, rest = understood(ask, given)
            self.reference.cell_ends = ends
            reply = self.reference.request(what, owner, name, **rest)
            return {key: reply[key] for key in ANSWERS if key in reply}
        except RemoteError as error:
            return {"error": f"{called(ask)}: {error}"}
        except (CannotRun, ValueError, TypeError, LookupError):
            return {"error": f"{called(ask)} is not given in this check, or not so"}
        finally:
            self.reference.cell_ends = None

    def to_handle(self, value):
        """Keep an object of the reference, and return what stands for it on the wire."""
        if value._worker is not self.reference:
            raise CannotRun(f"a {value._kind} belongs to another process")
        if len(self.lent) >= MAX_LENT:
            raise WireError(f"more than {MAX_LENT:,} of the course's objects")
        self.lent.append(value)
        return [-len(self.lent), value._kind]

    def from_handle(self, key):
        """Return the object of the reference that the number `key`, below 0, stands for."""
        return self.lent[-key - 1]

    def forget(self):
        """End the reference's process, and all that it has made."""
        self.lent.clear()
        self.reference.stop()


def understood(ask, given):
    """Return (what, owner, name, arguments) of a question, or raise what says it is none."""
    what, owner, name = ask["op"], ask["owner"], ask["name"]
    if type(owner) is str and (what != "call" or name not in given[owner]):
        raise ValueError("a name that is not given")
    if type(owner) not in (str, Object) or type(name) is not str or name.startswith("_"):
        raise ValueError("no question")
    wanted = {"call": ("args", "kwargs"), "get": (), "set": ("value",)}[what]
    return what, owner, name, {key: ask[key] for key in wanted}


def called(ask):
    """Say what a question was about: the name, and what was given to it."""
    if not isinstance(ask, dict):
        return "a question"
    args = ask.get("args") if isinstance(ask.get("args"), tuple) else ()
    return f"{ask.get('name')!s:.80}({', '.join(map(described, args[:8]))})"


def described(value):
    """Say what an argument is: an array by its shape, a number by itself."""
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    return f"{value!r:.20}" if isinstance(value, int | float | str) else type(value).__name__
