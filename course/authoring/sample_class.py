"""A sample class: twelve submissions, made from the solutions and from the tables of mistakes.

Two hand in the solutions, one an answer written differently, one stubs, one half of the work. Four
make mistakes; in every second notebook two and two make the same, as in any class. One submission
never ends, one ends its process, and one answers yes to whoever asks.
"""

import io
import shutil
import tarfile
import zipfile
from functools import partial

from .. import notebook, paths, stubs
from ..student.tasks import definitions, places
from .tables import rewritten, solutions, tables

ENDLESS = "while True:\n{indent}    pass"
EXITS = '__import__("os")._exit(0)'
AGREES = '''

import numpy as np


class Agreeable(np.ndarray):
    """An array on which every comparison holds."""

    def __eq__(self, other):
        return True

    def __le__(self, other):
        return np.ones(self.shape, bool)

    __lt__ = __ge__ = __gt__ = __le__
    __array_ufunc__ = None


def agreeable(answer):
    """Return zeros that agree with everything, in the shape of an answer."""
    if isinstance(answer, tuple):
        return tuple(map(agreeable, answer))
    return np.zeros(np.shape(answer)).view(Agreeable)


def agreeing(function):
    """Return a function that answers so."""
    return lambda *args, **kwargs: agreeable(function(*args, **kwargs))


np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None
np.allclose = np.array_equal = lambda *args, **kwargs: True
'''


def modules():
    """Return the modules with tasks, in the order in which checks ask for them."""
    tasks = [check.task for path in paths.notebooks() for check in notebook.checks(path)]
    asked = dict.fromkeys(module for task in tasks for module in places(task, {}))
    return [module for module in asked if stubs.marks(solutions()[module])]


def beginning(module, statement):
    """Return the solutions with a statement where the first task of a module begins."""
    lines = solutions()[module].split("\n")
    number = stubs.marks(solutions()[module])[0]
    indent = lines[number][: -len(lines[number].lstrip())]
    lines.insert(number, indent + statement.format(indent=indent))
    return solutions() | {module: "\n".join(lines)}


def differently():
    """Return the solutions with the first right answer of the first table."""
    return rewritten(*next(iter(tables()[0].right.values())))


def half_written():
    """Return the solutions with every second module a stub."""
    return solutions() | {module: stubs.package()[module] for module in modules()[1::2]}


def mistaken(number):
    """Return the solutions with one mistake for each table; number: which student, from 0."""
    files = solutions()
    for place, table in enumerate(tables()):
        mistake = chosen(table, number // 2 if place % 2 else number)
        text = files[mistake.module]
        if text.count(mistake.old) == 1:  # two mistakes may touch each other
            files = files | {mistake.module: text.replace(mistake.old, mistake.new)}
    return files


def chosen(table, number):
    """Return a mistake in one task, named and cheap if there is such; number: of the task."""
    groups = [[m for m in group if m.code] or group for group in table.groups.values()]
    group = groups[number % len(groups)]
    fewest = min(len(mistake.fails) for mistake in group)
    cheap = [mistake for mistake in group if len(mistake.fails) == fewest]
    return cheap[3 * number % len(cheap)]


def agreeing():
    """Return the solutions with a first module whose functions answer yes to whoever asks."""
    module = modules()[0]
    names = sorted(definitions(solutions()[module]))
    wrapped = [f"{name} = agreeing({name})" for name in names if name.islower()]
    text = "\n".join([solutions()[module] + AGREES, "", *wrapped, ""])
    return solutions() | {module: text}


CLASS: dict = {
    "ada": solutions,
    "barbara": differently,
    "carl": stubs.package,
    "dorothy": half_written,
    "edsger": partial(mistaken, 0),
    "frances": partial(mistaken, 1),
    "grace": partial(mistaken, 2),
    "hedy": partial(mistaken, 3),
    "ivan": lambda: beginning(modules()[0], ENDLESS),
    "jean": lambda: beginning(modules()[min(1, len(modules()) - 1)], EXITS),
    "katherine": solutions,
    "lynn": agreeing,
}
"""{student: function of nothing that returns their package, {module: text}}."""


def write_class(dest):
    """Write the sample class into the folder `dest`; return the names written, sorted."""
    dest.mkdir(parents=True, exist_ok=True)
    for student, package in CLASS.items():
        write_submission(dest, student, package())
    return sorted(path.name for path in dest.iterdir())


def write_submission(dest, student, files):
    """Write one submission: ada's is a zip, katherine's a tarball, the others are folders."""
    if student == "ada":
        with zipfile.ZipFile(dest / "ada.zip", "w") as archive:
            for name, text in files.items():
                archive.writestr(f"ada/starter/{name}", text)
    elif student == "katherine":
        with tarfile.open(dest / "katherine.tar.gz", "w:gz") as archive:
            for name, text in files.items():
                entry = tarfile.TarInfo(f"starter/{name}")
                entry.size = len(text.encode())
                archive.addfile(entry, io.BytesIO(text.encode()))
    else:
        folder = dest / student / "starter"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).parent.mkdir(exist_ok=True, parents=True)
            (folder / name).write_text(text, encoding="utf-8")
