"""NumPy's warnings in a check: they stand below its sentence, or not at all where that says why."""

import os
import sys
import warnings

from ..headings import first_line
from ..record import COURSE
from ..verdicts import CheckFailed
from .progress import is_check


class Held:
    """What was warned of in the check that runs: found holds (text, file, line), each once."""

    def __init__(self):
        self.found = []
        self.shown = None

    def hold(self, info):
        """Hold warnings back if a cell is a check: IPython calls this before each."""
        if is_check(first_line(info.raw_cell).rstrip()):
            self.shown, warnings.showwarning = warnings.showwarning, self.keep

    def keep(self, message, category, filename, lineno, file=None, line=None):
        """Keep a RuntimeWarning, which is how NumPy warns, and show any other."""
        file_in_course = os.path.normpath(filename).removeprefix(f"{COURSE}{os.sep}")
        warning = (str(message), file_in_course, lineno)
        if not issubclass(category, RuntimeWarning):
            self.shown(message, category, filename, lineno, file, line)
        elif warning not in self.found:
            self.found.append(warning)

    def tell(self, result):
        """Say what was held back, unless the check has named the cause: IPython calls this after.

        It has to be registered before what takes the error out of the result.
        """
        if self.shown:
            warnings.showwarning, self.shown = self.shown, None
        error, found = result.error_in_exec, self.found
        self.found = []
        if not (isinstance(error, CheckFailed) and error.explained):
            for text, file, line in found:
                print(f"NumPy warns of this: {text}, in {file}, line {line}", file=sys.stderr)


HELD = Held()


def register(shell):
    """Have an IPython shell hold back what NumPy warns of in a check; once is enough."""
    shell.events.register("pre_run_cell", HELD.hold)
    shell.events.register("post_run_cell", HELD.tell)
