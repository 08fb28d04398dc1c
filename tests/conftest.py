"""What tests share: a student's process, started on a few lines of code, and a browser."""

import json
import os
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import pytest

from course.judge import sandbox
from course.judge.proxy import Function
from course.judge.reference import Reference
from course.judge.student import Worker

CHROMIUM = Path("/usr/bin/chromium")
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
            **{"call_seconds": 10, "cell_seconds": 60, **limits},
        }
        self.reference = None
        if reference:
            place = folder.with_suffix(".reference")
            write_package(place, layers=reference)
            theirs = {**config, "package": str(place), "prints": os.devnull}
            self.reference = Reference(theirs)
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


@pytest.fixture(scope="module")  # its event loop is in the way of other modules' tests
def chromium():
    """Chromium, as Debian packages it; where NEEDS_BROWSER is set (.ci/run), it must be there."""
    if not CHROMIUM.exists():
        missing = pytest.fail if "NEEDS_BROWSER" in os.environ else pytest.skip
        missing(f"{CHROMIUM} is not there; on Debian: apt install chromium")
    from playwright.sync_api import sync_playwright  # tools.other_versions do without it

    # Chromium's own sandbox does not start for root, as in many containers.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()
