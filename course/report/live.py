"""The page of the class while a run goes on: written at once, and again as outcomes arrive."""

import time
from dataclasses import dataclass

from . import pages

SECONDS = 10
"""The least time between two writings."""
SHARE = 20
"""A writing takes at most one part in so many of the time."""


@dataclass
class Running:
    """How far a run is: notebooks done, of how many; the page loads itself again after seconds."""

    done: int
    of: int
    at: str
    seconds: int


class LivePage:
    """Writes the page of the class now and then.

    total: how many notebooks are to be run.
    """

    def __init__(self, path, seed, total):
        self.path, self.seed, self.total = path, seed, total
        self.next, self.wait = 0.0, float(SECONDS)

    def show(self, done, rows):
        """Write the page, unless that was done a moment ago.

        done: notebooks that have been run; rows: a function that gives the Rows as they are now.
        """
        begun = time.monotonic()
        if begun < self.next:
            return
        found = [row.without_prints() for row in rows()]
        running = Running(done, self.total, time.strftime("%H:%M:%S"), round(self.wait))
        pages.write_class(self.path, found, self.seed, running=running)
        self.wait = max(SECONDS, SHARE * (time.monotonic() - begun))
        self.next = time.monotonic() + self.wait
