"""Two lines that checks and the command `course` both read: a heading, and a stub's raise.

A check cell opens with `# Check 3 (4 points): softmax_loss, given affine and relu`; a task that
is still to be written raises NotImplementedError("softmax_loss is yours to write").
"""

import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

HEADING = re.compile(
    r"# (Check|(?P<bonus>Bonus)) (?P<number>\d+) \((?(bonus)up to )(?P<points>\d+) points?\): "
    r"(?P<task>.+?)(, given (?P<given>.+?))?(?P<beyond>, beyond CS231n)?"
)
BEYOND = ", beyond CS231n"
STUB = "{task} is yours to write"
UNWRITTEN = re.compile(STUB.format(task=r"(\S+)"))
RAISED = re.compile(rf'^\s*raise NotImplementedError\("{UNWRITTEN.pattern}"\)', re.MULTILINE)


@dataclass(frozen=True)
class Check:
    """One check cell's first line: its number, points, task and what it takes as given.

    A bonus is a check that is run only in full. How many of its points an answer earns, it says
    itself: see data_utils.check.award.
    """

    number: int
    points: int
    task: str
    given: tuple[str, ...] = ()
    bonus: bool = False

    @property
    def beyond(self):
        """Tell whether it asks what an answer that is right for CS231n need not do."""
        return self.task.endswith(BEYOND)

    @property
    def trains(self):
        """Tell whether settings are asked for, by which we train a net.

        Where it is graded, all that trains is the reference's: the student's could lie about it.
        """
        return self.bonus or "Solver" in self.given

    @property
    def max_points(self):
        """Return the points that count in a student's maximum."""
        return 0 if self.bonus else self.points


def first_line(source):
    """Return the first line of a cell's source, a string or a list of lines."""
    return "".join(source).split("\n", 1)[0]


def heading(source):
    """Return the Check that a cell's first line announces, or None."""
    match = HEADING.fullmatch(first_line(source).strip())
    if not match:
        return None
    given = tuple(re.split(", | and ", match["given"])) if match["given"] else ()
    bonus = bool(match["bonus"])
    task = match["task"] + (match["beyond"] or "")
    return Check(int(match["number"]), int(match["points"]), task, given, bonus)


def names(task):
    """Return the names in a task: Affine and ReLU for "Affine and ReLU, the caches".

    A name may stand for several, as affine_* for affine_forward and affine_backward: see is_named.
    """
    return task.split(",")[0].split(" and ")


def is_named(one, task):
    """Tell whether a function or a class is among those that a task names."""
    return any(fnmatchcase(one, name) for name in names(task))


def titles(task):
    """Return the titles that hints for a task may have, nearest first: the task, and its subject.

    The subject is what follows the names: float32 for "f and g, float32, beyond CS231n".
    """
    task = task.removesuffix(BEYOND)
    return [task, task.partition(", ")[2]]


def stub_line(task):
    """Return the statement that a stub has in the place of a task's code."""
    return f'raise NotImplementedError("{STUB.format(task=task)}")'


def unwritten_tasks(text):
    """Return the tasks that a module's text still leaves to be written, one for each stub."""
    return RAISED.findall(text)


def task_of(message):
    """Return the task that a stub's message names, or None if it is not a stub's message."""
    found = UNWRITTEN.fullmatch(message)
    return found and found[1]
