"""Say why a module of the student's package cannot be imported.

Its lines outside of functions run when it is imported; what one of them raises costs the module.
"""

import re
import sys
from pathlib import Path

PATH = re.compile(r" \([^()]*\.py\)$")
NOT_FOUND = re.compile(r"No module named '(?P<name>\w+)'")
NOT_DEFINED = re.compile(r"name '\w+' is not defined")
GIVEN = re.compile(r"'starter\.(?P<name>given\.[\w.]+|fast_layers|layer_utils|solver)'")


def sentence(kind, message, frames):
    """Return why a module cannot be imported.

    kind, message: of what was raised; frames: its way through the package, outermost first.
    """
    if kind == "Overdue":
        return f"{frames[0].file} cannot be imported: {OVERDUE}{trace(frames)}"
    message, hint = PATH.sub("", message), hint_on(message)
    raised = "called exit" if kind == "SystemExit" else f"raises {kind}: {message}"
    said = f"it {raised}" + (f". {hint}" if hint else "")
    return f"{frames[0].file} cannot be imported, {said}{trace(frames)}"


OVERDUE = (
    "its code outside of functions does not end. That runs whenever the file is imported: is there "
    "a loop that goes on for ever, or does it wait?"
)


def hint_on(message):
    """Return advice about an exception of an import, or None."""
    if found := NOT_FOUND.search(message):
        name = found["name"]
        if any(lines_of(f"starter/{name}.py")):
            return f"A module of this package is imported with a dot: from .{name} import …"
        return f"{name} is not among what the course rests on: NumPy does for every task"
    if found := GIVEN.search(message):
        return (
            f"starter/{found['name'].replace('.', '/')}.py is given: grading uses the course's own "
            "in the place of a changed one. Keep what you add in a file of your own"
        )
    if NOT_DEFINED.search(message):
        return (
            "What stands outside of functions runs when the file is imported, and a notebook's "
            "variables are not known there: does that line belong into a cell?"
        )
    return None


def lines_of(file):
    """Return [(number, line)] of a file such as starter/optim.py, [] if it is not there."""
    folders = getattr(sys.modules.get("starter"), "__path__", ())
    for path in [Path(folder).parent / file for folder in folders]:
        if path.exists():
            text = path.read_text(encoding="utf-8", errors="replace")
            return list(enumerate(text.splitlines(), 1))
    return []


def trace(frames):
    """Return the way of an exception through the student's files, as indented lines."""
    return "".join(f"\n  {f.file}, line {f.line}, in {f.function}\n    {f.text}" for f in frames)
