"""What the tests of the sandbox share: a student's process, started on a few lines of code."""

import sys
import textwrap

import pytest

from course import sandbox
from course.remote import Function, Worker

CALM = "def answer():\n    return 42\n"


class Student:
    """A package of two modules behind a worker: `task`, the code given, and `calm`."""

    def __init__(self, folder, code, kind="bwrap", call_seconds=10, cell_seconds=60):
        self.package = folder / "starter"
        self.package.mkdir(parents=True)
        files = {"__init__": "", "task": textwrap.dedent(code), "calm": CALM}
        for name, text in files.items():
            (self.package / f"{name}.py").write_text(text, encoding="utf-8")
        self.prints = folder.with_suffix(".prints")
        self.worker = Worker(
            {
                "package": str(folder),
                "sandbox": kind,
                "prints": str(self.prints),
                "call_seconds": call_seconds,
                "cell_seconds": cell_seconds,
            }
        )

    def call(self, name, *args, **kwargs):
        """Call a function of the module `task`."""
        return Function(self.worker, "task", name)(*args, **kwargs)

    def is_calm(self):
        """Tell whether the next call, of another module, is answered."""
        return Function(self.worker, "calm", "answer")() == 42


@pytest.fixture(scope="session")
def bubblewrap():
    """Fail, never skip, where the sandbox should be and is not."""
    if sys.platform == "linux":
        sandbox.require("bwrap")
    else:
        pytest.skip("bubblewrap is for Linux")


@pytest.fixture
def student(tmp_path, bubblewrap):
    """A function that starts a Student on some code, in the sandbox."""
    started = []

    def start(code, **limits):
        started.append(Student(tmp_path / f"package{len(started)}", code, **limits))
        return started[-1]

    yield start
    for each in started:
        each.worker.stop()
