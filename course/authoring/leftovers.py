"""What an author has left: TODOs, and messages that no wrong answer in the tables gets."""

import ast
import re

from .. import paths
from .finding import Finding

PLACES = (
    "solutions/*.py",
    "solutions/hints/*.toml",
    "data_utils/lessons/*.py",
    "tests/mistakes/*_mistakes.py",
    "assignments/*.ipynb",
)
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def findings(tables):
    """Yield a Finding for each TODO, and for each message that nobody reaches."""
    for place in PLACES:
        for path in sorted(paths.ROOT.glob(place)):
            number = path.read_text(encoding="utf-8").count("TODO: ")
            if number:
                where = path.relative_to(paths.ROOT).as_posix()
                yield Finding(where, "todo", f"{number} TODOs are left in it")
    reached = {mistake.code for table in tables for mistake in table.mistakes}
    for path in lessons():
        for code in sorted(codes(path.read_text(encoding="utf-8")) - reached):
            sentence = "no wrong answer in tests/mistakes/ gets its message: add one, or delete it"
            yield Finding(f"lessons/{path.name}", f"unreached {code}", sentence)


def lessons():
    """Return the paths of the lessons that notebooks import."""
    texts = [path.read_text(encoding="utf-8") for path in paths.notebooks()]
    found = sorted((paths.DATA_UTILS / "lessons").glob("*.py"))
    return [path for path in found if any(f"import {path.stem} as lesson" in t for t in texts)]


def codes(text):
    """Return the codes of the Mistakes that a lesson makes."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    made = [call for call in calls if "Mistake" in ast.unparse(call.func)]
    firsts = [call.args[0].value for call in made if isinstance(call.args[0], ast.Constant)]
    return set(firsts)
