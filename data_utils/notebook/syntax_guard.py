"""Before a cell runs: can Python read the student's files as they are now?

Otherwise a notebook would go on with the code of before the last save, and judge that.
"""

import ast
import sys
from pathlib import Path

from IPython.core.error import InputRejected

from .. import verdicts


class Unreadable(verdicts.Unreadable, InputRejected):
    """The verdict on a file with a syntax error; IPython then does not run the cell."""


class RefuseUnreadable:
    """Lets a cell run only if every file of the package `starter` can be read."""

    def visit(self, tree):
        """Return the cell's tree as it is, or raise Unreadable."""
        for path in starter_files():
            try:
                ast.parse(path.read_text(encoding="utf-8"))
            except (SyntaxError, ValueError) as error:
                line = getattr(error, "lineno", None) or 1
                text = (getattr(error, "text", None) or "").strip()
                where = f"starter/{path.name}, line {line}"
                message = getattr(error, "msg", str(error))
                raise Unreadable(
                    f"Python cannot read {where}: {message}\n    {text}", "syntax"
                ) from None
        return tree


def starter_files():
    """Return the paths of the package's files, none before it is imported."""
    package = sys.modules.get("starter")
    folders = getattr(package, "__path__", ())
    return [path for folder in folders for path in sorted(Path(folder).glob("*.py"))]


def register(shell):
    """Have an IPython shell refuse cells while a file cannot be read; once is enough."""
    others = [t for t in shell.ast_transformers if type(t).__name__ != "RefuseUnreadable"]
    shell.ast_transformers[:] = [*others, RefuseUnreadable()]
