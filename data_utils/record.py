"""What each check said when it last ran, in a notebook or by `course`: a line of JSON in a file.

The file lies beside the package. It is not handed in, and grading neither reads nor writes it.
"""

import ast
import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .headings import is_named, names, unwritten_tasks

COURSE = Path(__file__).resolve().parents[1]
FILE = COURSE / ".progress"
STARTER = COURSE / "starter"
VERDICTS = ("passed", "failed", "not written")


@dataclass(frozen=True)
class Said:
    """What a check said: a verdict, a sentence if it failed, and a digest of what was judged."""

    verdict: str
    message: str
    digest: str


def add(heading, task, verdict, message=""):
    """Add what a check said; heading: its first line, by which it is found again."""
    said = {"check": heading, "verdict": verdict, "message": message, "digest": digest(task)}
    with suppress(OSError), FILE.open("a", encoding="utf-8") as record:
        record.write(json.dumps(said) + "\n")


def last():
    """Return {heading: Said} of all checks that have run; a line that was cut short is left out."""
    found = {}
    text = FILE.read_text(encoding="utf-8", errors="replace") if FILE.exists() else ""
    for line in text.split("\n"):
        with suppress(ValueError, KeyError, TypeError):
            kept = json.loads(line)
            if kept["verdict"] in VERDICTS:
                said = Said(kept["verdict"], str(kept["message"]), kept["digest"])
                found[str(kept["check"])] = said
    return found


def state(task, said, left):
    """Return how a task stands: what its check said if that still holds, else why it does not.

    said: a Said or None; left: the tasks that are still stubs. "not run" is what was written, or
    edited, since the check ran.
    """
    if stubs(task, said, left):
        return "not written"
    return said.verdict if said and said.digest == digest(task) else "not run"


def stubs(task, said, left):
    """Return which of the tasks that are still stubs a check waits for.

    Of a class whose check has said nothing yet, each method counts.
    """
    own = stubs_of(task, left)
    return own or ([] if said else [one for one in left if is_named(one.split(".")[0], task)])


def stubs_of(task, left):
    """Return which of the names in a check's task are among the tasks that are still stubs."""
    return [one for one in left if is_named(one, task)]


def unwritten():
    """Return the tasks in starter/ that are still stubs."""
    texts = (path.read_text("utf-8", "replace") for path in sorted(STARTER.glob("*.py")))
    return [task for text in texts for task in unwritten_tasks(text)]


def digest(task):
    """Return a digest of the code that a task is written in, and of what that uses beside it."""
    found = [
        own_code(STARTER.joinpath(module).read_text("utf-8", "replace"), task)
        for module in places(task)
    ]
    return hashlib.sha256("\0".join(found).encode()).hexdigest()[:16]


@cache
def own_code(text, task):
    """Return the syntax trees of a task's functions in a module's text, and of all they use.

    Comments and layout are left out. A text that Python cannot read stays as it is.
    """
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return text
    owners = " and ".join(name.split(".")[0] for name in names(task))
    kept = reached(
        [without_others(node, names(task)) for node in body],
        {one for node in body for one in made(node) if is_named(one, owners)},
        lambda one: one.id if isinstance(one, ast.Name) else None,
    )
    return "\n".join(sorted(map(ast.dump, kept)))


def without_others(node, wanted):
    """Return a class of which methods are wanted without those methods that they do not use."""
    methods = {name.partition(".")[2] for name in wanted if name.split(".")[0] in made(node)}
    if not isinstance(node, ast.ClassDef) or not all(methods) or not methods:
        return node
    used = reached(
        node.body,
        methods | {"__init__"},
        lambda one: one.attr if isinstance(one, ast.Attribute) else None,
    )
    return ast.ClassDef(node.name, node.bases, node.keywords, used, node.decorator_list)


def reached(nodes, used, use_of):
    """Return those of a body's statements that make what is used, there or in one another.

    use_of: function of a node in a syntax tree that returns the name it uses, or None.
    """
    kept: list[ast.stmt] = []
    while more := [node for node in nodes if used & set(made(node))]:
        kept += more
        nodes = [node for node in nodes if node not in more]
        used = {use_of(one) for node in more for one in ast.walk(node)}
    return kept


def made(node):
    """Return the names that a statement of a module makes."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    return [one.id for one in ast.walk(node) if isinstance(one, ast.Name)]


def places(task):
    """Return {module: line} of where the names in a task are defined, as far as they are."""
    found: dict[str, int] = {}
    for path in sorted(STARTER.glob("*.py")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for name in names(task):
            if (line := line_of(name, text)) and path.name not in found:
                found[path.name] = line
    return found


def line_of(name, text):
    """Return the line of a function, a class or a method, written `A.f`, in a module's text."""
    owner, _, own = name.rpartition(".")
    inside = re.search(rf"^class {re.escape(owner)}\b", text, re.MULTILINE) if owner else None
    if owner and not inside:
        return None
    called = re.escape(own).replace(r"\*", r"\w*")
    pattern = rf"^{'    ' if owner else ''}(?:def|class) {called}\b"
    found = re.compile(pattern, re.MULTILINE).search(text, inside.end() if inside else 0)
    return text.count("\n", 0, found.start()) + 1 if found else None
