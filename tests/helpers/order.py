"""Which tests share a process, and which begin first, where several processes run them."""

import re

from xdist.scheduler import LoadScopeScheduling

SHARED_OUT = ("tests/mistakes/test_tables.py", "tests/releases/test_solutions_branch.py")
"""Files that take minutes: the tests of each notebook are work of their own."""


class ByFile(LoadScopeScheduling):
    """Gives each process a file of tests at a time, so that what a file shares is made once."""

    def __init__(self, config, log):
        super().__init__(config, log)
        config.option.loadscopereorder = False  # as collected: the slow ones come first

    def _split_scope(self, nodeid):
        """Return the name of the work that a test belongs to: its file, or a part of it."""
        file = nodeid.split("::")[0]
        notebook = re.search(r"\[(\d_\w+)", nodeid) if file in SHARED_OUT else None
        return f"{file} {notebook[1]}" if notebook else file
