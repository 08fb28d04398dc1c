"""Two submissions side by side: which lines are the same, whatever the names in them."""

import keyword
import re
from difflib import SequenceMatcher
from itertools import zip_longest

from .. import stubs
from ..intake.submission import files_of
from ..text import legible

MAX_LINES = 1_500
MAX_LINE = 160
"""Of a module, lines, and characters of a line, that are compared and shown."""
NAME = re.compile(r"[^\W\d]\w*")
COMMENT = re.compile(r"#[^'\"]*$")


def modules(one, other):
    """Return what two Submissions wrote into each module, as dicts, the most alike first.

    The keys are module, same (how many of the lines that are no stub's are the same), of (how many
    there are in the longer one) and rows: (kind, text, text). A kind is "stub", "same", "renamed"
    (the same but for names) or "other"; a text is None where the other side has one line more.
    """
    mine, theirs = texts(one), texts(other)
    found = [compared(name, mine[name], theirs[name]) for name in mine.keys() & theirs.keys()]
    return sorted((each for each in found if each["same"]), key=lambda m: (-m["same"], m["module"]))


def texts(submission):
    """Return {module: its lines} of what a student wrote or changed."""
    given, tasks = stubs.package(), stubs.task_modules()
    files = {name: text.decode("utf-8", "replace") for name, text in files_of(submission).items()}
    return {
        name: [legible(line)[:MAX_LINE] for line in text.split("\n")[:MAX_LINES]]
        for name, text in files.items()
        if (name in tasks or name not in given) and text != given.get(name)
    }


def compared(name, mine, theirs):
    """Return one module of two packages, see modules."""
    stub = {line.strip() for line in stubs.package().get(name, "").split("\n")} | {""}
    rows = list(rows_of(mine, theirs, stub))
    same = sum(kind in ("same", "renamed") for kind, _, _ in rows)
    own = max(sum(line.strip() not in stub for line in lines) for lines in (mine, theirs))
    return {"module": name, "same": same, "of": own, "rows": rows}


def rows_of(mine, theirs, stub):
    """Yield (kind, text, text) of two modules' lines; stub: the lines that were given."""
    left_keys, right_keys = (list(map(without_names, lines)) for lines in (mine, theirs))
    for tag, a, b, c, d in SequenceMatcher(None, left_keys, right_keys, False).get_opcodes():
        for left, right in zip_longest(mine[a:b], theirs[c:d]):
            yield kind_of(tag, left, right, stub), left, right


def kind_of(tag, left, right, stub):
    """Return the kind of a row; tag: whether the lines are equal but for names."""
    if all(line is None or line.strip() in stub for line in (left, right)):
        return "stub"
    if tag != "equal":
        return "other"
    return "same" if left.split() == right.split() else "renamed"


def without_names(line):
    """Return a line in which every name is the same, without a comment and its spaces."""
    plain = COMMENT.sub("", line)
    return "".join(NAME.sub(lambda n: n[0] if keyword.iskeyword(n[0]) else "n", plain).split())
