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
    "README.md",
    "course.toml",
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
    for path in sorted((paths.DATA_UTILS / "lessons").glob("*.py")):
        made = codes(path.read_text(encoding="utf-8"))
        asking = [table for table in tables if imports(table, path.stem)]
        reached = {mistake.code for table in asking for mistake in table.mistakes}
        unreached = {code for code in made if not any(is_of(code, other) for other in reached)}
        for code in sorted(unreached) if asking else ():
            sentence = "no wrong answer in tests/mistakes/ gets its message: add one, or delete it"
            yield Finding(f"lessons/{path.name}", f"unreached {code}", sentence)


def is_of(code, reached):
    """Tell whether a diagnosis is that of a code, or of it and another mistake: no-1-and-sum."""
    return f"{reached}-".startswith(f"{code}-")


def imports(table, lesson):
    """Tell whether the notebook of a table imports a lesson; others are shared by lessons."""
    return f"import {lesson} as lesson" in table.path.read_text(encoding="utf-8")


def codes(text):
    """Return the codes of the Mistakes that a lesson makes."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    made = [call for call in calls if "Mistake" in ast.unparse(call.func)]
    firsts = [call.args[0].value for call in made if isinstance(call.args[0], ast.Constant)]
    return set(firsts)
