"""Wrong answers and right ones, as a course keeps them: a table for each notebook.

A table is a file tests/mistakes/NAME_mistakes.py. It has
    NOTEBOOK: the name of a notebook;
    GROUPS: {task: [Mistake, ...]};
    RIGHT: {how it is written: (module, code)}, right answers, which have to pass;
    TRAINING: numbers of checks that train a net, if any; they take long and are run only for
        the mistakes that they must refuse, and for right answers.
"""

import runpy
from dataclasses import dataclass
from functools import cache

from .. import paths
from ..stubs import package_texts


@dataclass(frozen=True)
class Table:
    """What a table holds, see above."""

    notebook: str
    groups: dict
    right: dict
    training: frozenset = frozenset()

    @property
    def path(self):
        """The path of the notebook."""
        return paths.ASSIGNMENTS / f"{self.notebook}.ipynb"

    @property
    def mistakes(self):
        """All Mistakes, in the order of the table."""
        return [mistake for group in self.groups.values() for mistake in group]


def tables():
    """Return the Tables of this course, in the order of its notebooks."""
    files = (paths.ROOT / "tests" / "mistakes").glob("*_mistakes.py")
    found = [read(path) for path in files]
    order = [path.stem for path in paths.notebooks()]
    return sorted(found, key=lambda table: order.index(table.notebook))


def read(path):
    """Return the Table in a file."""
    found = runpy.run_path(str(path))
    training = frozenset(found.get("TRAINING", ()))
    return Table(found["NOTEBOOK"], found["GROUPS"], found["RIGHT"], training)


@dataclass(frozen=True)
class Mistake:
    """A wrong answer: the solution with one piece of text replaced.

    what: a sentence about it; module: where; old, new: the replacement.
    fails: the numbers of the checks that must fail, and no others.
    code: the diagnosis of the first of them, None where it cannot say more than "wrong".
    """

    what: str
    module: str
    old: str
    new: str
    fails: frozenset[int]
    code: str | None

    def package(self):
        """Return the solutions with this mistake; `old` must stand there exactly once."""
        files = solutions()
        assert files[self.module].count(self.old) == 1, f"{self.old!r} in {self.module}"
        return files | {self.module: files[self.module].replace(self.old, self.new)}


def both(one, other):
    """Return the solutions with two mistakes of one module, None where they touch each other."""
    files = one.package()
    text = files[one.module]
    changed = text.replace(other.old, other.new)
    apart = text.count(other.old) == 1 and other.old not in one.new and one.new in changed
    return files | {one.module: changed} if one.module == other.module and apart else None


def mistakes(module, *rows):
    """Return the Mistakes of one module: (what, old, new, checks that fail, code)."""
    return [
        Mistake(what, module, old, new, frozenset(fails), code)
        for what, old, new, fails, code in rows
    ]


def solutions():
    """Return {file name: text} of the solved package, a dict of one's own."""
    return dict(solved())


@cache
def solved():
    """Return {file name: text} of the solved package, read once; nobody may change it."""
    return package_texts(paths.SOLUTIONS)


def rewritten(module, code):
    """Return the solutions with functions of a module defined anew: the last definition counts."""
    files = solutions()
    return files | {module: f"{files[module]}\n\n{code}"}
