"""A student's process, started on a few lines of code."""

import json
import textwrap
from types import SimpleNamespace

from course.judge.proxy import Function
from course.judge.reference import Reference
from course.judge.student import Worker

CALM = "def answer():\n    return 42\n"


def write_package(folder, **modules):
    """Write {module name: text} as the package `starter` in a folder; return its path."""
    package = folder / "starter"
    package.mkdir(parents=True)
    for name, text in {"__init__": "", **modules}.items():
        (package / f"{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
    return package


class Student:
    """A package of two modules behind a worker: `task`, the code given, and `calm`."""

    def __init__(self, folder, code, kind="bwrap", reference="", **limits):
        self.package = write_package(folder, task=code, calm=CALM)
        self.prints = folder.with_suffix(".prints")
        config = {
            "package": str(folder),
            "sandbox": kind,
            "prints": str(self.prints),
            **{"call_seconds": 10, "cell_seconds": 60, "cpu_seconds": 60, **limits},
        }
        self.reference = None
        if reference:
            solved = write_package(folder.with_suffix(".reference"), layers=reference)
            self.reference = Reference({**config, "package": str(solved)})
        self.worker = Worker(config, self.reference)

    def give(self, **names):
        """Let the next calls be those of a cell that takes something as given."""
        self.worker.new_cell(SimpleNamespace(raw_cell=f"\n# given {json.dumps(names)}"))

    def call(self, name, *args, **kwargs):
        """Call a function of the module `task`."""
        return Function(self.worker, "task", name)(*args, **kwargs)

    def is_calm(self):
        """Tell whether the next call, of another module, is answered."""
        return Function(self.worker, "calm", "answer")() == 42
