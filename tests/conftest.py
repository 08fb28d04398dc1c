"""What tests share: a student's process, started on a few lines of code, and a browser."""

import os
import sys
from pathlib import Path

import pytest

from course.judge import sandbox
from tests.helpers.student import Student

CHROMIUM = Path("/usr/bin/chromium")

QUICK = ("tests/solutions", "tests/course/report", "tests/course/roster", "tests/course/test_")
"""Beginnings of the paths of the tests that `make quick` runs, beside those marked as quick."""


def pytest_addoption(parser):
    """Offer --quick, for `make quick`."""
    parser.addoption("--quick", action="store_true", help="run what takes a minute together")


@pytest.hookimpl(optionalhook=True)  # only where pytest-xdist is
def pytest_xdist_make_scheduler(config, log):
    """Let each of several processes run a file of tests at a time."""
    from tests.helpers.order import ByFile

    return ByFile(config, log)


def pytest_collection_modifyitems(config, items):
    """Put slow tests first; with --quick, keep units, one seed, one mistake for each diagnosis."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if config.getoption("quick"):
        left_out = [item for item in items if not is_quick(item)]
        items[:] = [item for item in items if is_quick(item)]
        config.hook.pytest_deselected(items=left_out)


def is_quick(item):
    """Tell whether `make quick` runs a test."""
    path = item.path.relative_to(item.config.rootpath).as_posix()
    in_browser = "chromium" in item.fixturenames
    return not in_browser and (path.startswith(QUICK) or bool(item.get_closest_marker("quick")))


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
