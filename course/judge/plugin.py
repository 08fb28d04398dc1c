"""Run one staged notebook under pytest --nbval, and print the Outcome of each check as JSON.

Started as `python -m course.judge.plugin NOTEBOOK PRINTS SECONDS`, a process for each run. pytest's
own report goes to stderr; stdout carries the outcomes.
"""

import importlib
import os
import re
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from ..notebook import given, heading, is_set_up
from ..outcome import Outcome
from ..text import legible

CODE = re.compile(r"^(?P<sentence>.*) \[(?P<code>[a-z0-9A-Z-]+)\]$", re.DOTALL)
AWARD = re.compile(r"^★ (?P<sentence>(?P<points>\d+) of \d+ bonus points: .*)$", re.MULTILINE)
UNUSED = ("rfc3987_syntax", "rfc3986_validator", "isoduration", "debugpy")
"""Modules that are imported where they can be, for formats that no notebook uses and for a debugger
that no kernel here starts: 0.9 s."""
MAX_PRINTS = 20_000
"""Characters of the output of a student's code: several screens."""
MAX_MESSAGE = 4_000
"""Characters of a message: the course's longest, with a traceback, has fewer."""


class Judge:
    """A pytest plugin that turns nbval's result of each check cell into an outcome.

    out: stream for the outcomes, prints: file of what the package prints, seconds: how long a
    cell may take; not the student's code, whose calls have limits of their own.
    """

    def __init__(self, out, prints, seconds):
        self.out = out
        self.prints = prints
        self.seconds = seconds
        self.printed = 0
        self.broken = None
        self.again = False
        self.held = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        """Run a check on the reference's layers only if it failed on the student's own."""
        self.started = time.monotonic()
        set_alarm(self.seconds)
        self.again = bool(nextitem and is_second(nextitem.cell.source))
        if is_second(item.cell.source) and not self.held:
            return True
        return None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        """Record the outcome of a check, or the failure of a set-up cell."""
        if call.when == "setup" and call.excinfo:
            self.broken = f"the notebook's kernel did not start: {call.excinfo.value}"
        elif call.when != "call":
            return
        found = ("not run", None, self.broken) if self.broken else verdict(item, call)
        check = heading(item.cell.source)
        if check:
            earned, found = award(check, found, item)
            self.record(check, found, time.monotonic() - self.started, earned)
        elif call.excinfo and is_set_up(item.cell.source):
            self.broken = self.broken or f"a set-up cell failed: {found[2]}"

    def record(self, check, found, seconds, earned):
        """Print one outcome as a line of JSON; hold it back if the check is to be run again."""
        outcome = outcome_of(check, found, earned)
        outcome = replace(outcome, seconds=round(seconds, 3), prints=self.new_prints())
        if self.held:
            outcome = second_outcome(self.held, outcome)
        self.held = outcome if self.again and outcome.verdict != "passed" else None
        if not self.held:
            print(outcome.to_json(), file=self.out, flush=True)

    def new_prints(self):
        """Return the output of the student's code since the last check."""
        if not self.prints.exists():
            return ""
        with self.prints.open("rb") as stream:
            stream.seek(self.printed)
            text = stream.read(MAX_PRINTS)
            self.printed = stream.seek(0, os.SEEK_END)
        return text.decode("utf-8", "replace")


def is_second(source):
    """Tell whether a cell runs a check again, on the reference's layers."""
    return bool(given(source)) and not heading(source).trains


def award(check, found, item):
    """Return (points earned, found). A bonus that passed says itself how many points it earned.

    found: (verdict, diagnosis, message), item: the cell; only we print there.
    """
    verdict, diagnosis, message = found
    if verdict != "passed" or not check.bonus:
        return check.points * (verdict == "passed"), found
    printed = "".join(out["text"] for out in item.test_outputs if out.output_type == "stream")
    award = AWARD.search(printed)
    if not award:
        return 0, ("not run", None, "The bonus does not say how many points it is worth.")
    return min(int(award["points"]), check.points), (verdict, diagnosis, award["sentence"])


def outcome_of(check, found, earned):
    """Return the Outcome of a check; found: (verdict, diagnosis, message)."""
    verdict, diagnosis, message = found
    message = legible(message[:MAX_MESSAGE])
    return Outcome.of_check(
        check, points=earned, verdict=verdict, diagnosis=diagnosis, message=message
    )


def second_outcome(first, second):
    """Return the Outcome of a check that was run twice: the second run's, if there was one."""
    chosen = first if second.verdict == "not run" else second
    together = round(first.seconds + second.seconds, 3)
    return replace(chosen, seconds=together, prints=first.prints)


def verdict(item, call):
    """Return (verdict, diagnosis, message) of one cell."""
    if call.excinfo is None:
        return "passed", None, ""
    errors = [out for out in item.test_outputs or () if out.output_type == "error"]
    if not errors:
        return "not run", None, f"{call.excinfo.value} The student did not cause this."
    name, text = errors[-1]["ename"], errors[-1]["evalue"]
    coded = CODE.match(text)
    sentence, code = (coded["sentence"], coded["code"]) if coded else (text, None)
    if name == "CannotRun":
        return "not run", None, text
    if name == "NotWritten":
        return "not written", code, sentence
    if name in ("CheckFailed", "Unreadable"):
        return "failed", code, sentence
    return "failed", "error", f"The check stopped with {name}: {text}"


class CannotRun(Exception):
    """The check itself does not end."""


def set_alarm(seconds):
    """Stop the present cell after some seconds, where the system can."""

    def ring(*_):
        raise CannotRun(f"The check was stopped after {seconds:g} seconds.")

    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, ring)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def import_nbval():
    """Import nbval, and let it use our kernel."""
    for name in UNUSED:
        sys.modules[name] = None  # type: ignore[assignment]
    unasked = ModuleType("nbval.cover")  # it imports coverage, for an option that is not given
    unasked.setup_coverage = unasked.teardown_coverage = None  # type: ignore[attr-defined]
    sys.modules[unasked.__name__] = unasked
    from . import kernel

    kernel.replace_nbvals()


class Notebook:
    """A pytest plugin that collects the cells of one notebook, and no folder around it.

    begin: called when pytest is ready, which takes it longer than to run many a notebook; returns
    the notebook's path, and the arguments of a Judge. A process that forks does so in there.
    """

    def __init__(self, begin):
        self.begin = begin
        self.end = lambda: None

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        """Begin the run: let the student's process start, and read the notebook meanwhile."""
        path, *arguments = self.begin()
        self.end = importlib.import_module("course.judge.session").worker().end
        session.config.pluginmanager.register(Judge(*arguments))
        file = importlib.import_module("nbval.plugin").IPyNbFile.from_parent(session, path=path)
        session.items = list(file.collect())
        session.testscollected = len(session.items)
        return True


def run(begin):
    """Run a notebook under pytest and return its exit code; begin: see Notebook."""
    import_nbval()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ.pop("PYTEST_ADDOPTS", None)
    without = ("cacheprovider", "unraisableexception", "threadexception", "faulthandler")
    options = [
        *("-p", "nbval.plugin", "--nbval", "--nbval-current-env", "--noconftest"),
        *("--nbval-sanitize-with", str(Path(__file__).with_name("remarks.cfg"))),
        *(word for plugin in without for word in ("-p", f"no:{plugin}")),
        *("-c", os.devnull, "--rootdir", str(Path(__file__).parent)),
        *("--capture=no", "--color=no", "-q", "--tb=short"),
    ]
    notebook = Notebook(begin)
    try:
        return pytest.main(options, [notebook])
    finally:
        notebook.end()


def main(path, prints, seconds):
    """Run the notebook at a path; stdout carries the outcomes and nothing else."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return run(lambda: (Path(path), out, Path(prints), float(seconds)))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
