"""The judge's side of what a check takes as given: the reference, in a process of its own.

A student's process may ask, in the middle of a call, what the reference's affine_forward makes
of some arrays. The judge passes the question on; the reference computes under the same sandbox
and limits as a student, since a stranger chooses its inputs.
"""

import numpy as np

from ..box.wire import WireError
from .errors import CannotRun, RemoteError
from .proxy import Object
from .student import Worker

MAX_OBJECTS = 10_000
"""Objects that a student's process may keep in a run; right answers keep a few caches."""
ANSWERS = ("value", "dicts", "method")


class Reference(Worker):
    """Answers questions by the course's own package, and keeps the objects that it makes.

    config: as of a Worker, with the folder that holds the reference as its `starter`.
    """

    def __init__(self, config):
        super().__init__(config)
        self.handed_out = []

    def request(self, what, owner, name, **rest):
        """Return the reply to one request; what goes wrong shows no line of the reference."""
        try:
            return super().request(what, owner, name, **rest)
        except RemoteError as error:
            raise RemoteError(str(error), error.kind, diagnosis=error.diagnosis) from None

    def answer_student(self, question, given, ends):
        """Return the answer to a student's question, a dict to send; whatever the question is.

        given: {module: names} that may be asked for; ends: when there has to be an answer.
        """
        try:
            what, owner, name, rest = understood(question, given)
            self.cell_ends = ends
            reply = self.request(what, owner, name, **rest)
            return {key: reply[key] for key in ANSWERS if key in reply}
        except RemoteError as error:
            return {"error": f"{called(question)}: {error}"}
        except (CannotRun, ValueError, TypeError, LookupError):
            return {"error": f"{called(question)} is not given in this check, or not so"}
        finally:
            self.cell_ends = None

    def hand_out(self, value):
        """Keep an object of the reference, and return what stands for it in another process."""
        if value._worker is not self:
            raise CannotRun(f"a {value._kind} belongs to another process")
        if len(self.handed_out) >= MAX_OBJECTS:
            raise WireError(f"more than {MAX_OBJECTS:,} of the course's objects")
        self.handed_out.append(value)
        return [-len(self.handed_out), value._kind]

    def forget(self):
        """End the reference's process, and all that it has made."""
        self.handed_out.clear()
        self.stop()


def understood(question, given):
    """Return (what, owner, name, arguments) of a question, or raise what says it is none."""
    what, owner, name = question["op"], question["owner"], question["name"]
    if type(owner) is str and (what != "call" or name not in given[owner]):
        raise ValueError("a name that is not given")
    if type(owner) not in (str, Object) or type(name) is not str or name.startswith("_"):
        raise ValueError("no question")
    wanted = {"call": ("args", "kwargs"), "get": (), "set": ("value",)}[what]
    return what, owner, name, {key: question[key] for key in wanted}


def called(question):
    """Say what a question was about: the name, and what was given to it."""
    if not isinstance(question, dict):
        return "a question"
    args = question.get("args") if isinstance(question.get("args"), tuple) else ()
    return f"{question.get('name')!s:.80}({', '.join(map(described, args[:8]))})"


def described(value):
    """Say what an argument is: an array by its shape, a number by itself."""
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    return f"{value!r:.20}" if isinstance(value, int | float | str) else type(value).__name__
